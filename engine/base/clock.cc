#include "engine/base/clock.h"

#include <sys/random.h>

#include "engine/base/check.h"

namespace trede {

Moment SystemClock::now() const {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

Uuid RandomSource::uuid7(Moment now) {
  Uuid id = uuid4();
  const auto ms = static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()).count());
  for (int i = 0; i < 6; ++i) {
    id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  }
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x70);
  return id;
}

Uuid SystemRandom::uuid4() {
  Uuid id;
  const auto got = getrandom(id.bytes.data(), id.bytes.size(), 0);
  TREDE_CHECK(got == static_cast<ssize_t>(id.bytes.size()), "getrandom gave no bytes");
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x40);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
  return id;
}

}  // namespace trede
