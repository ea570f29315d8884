#include "engine/base/clock.h"

#include <sys/random.h>

#include <cerrno>

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
  fill(id.bytes);
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x40);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
  return id;
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    TREDE_CHECK(got > 0, "getrandom gave no bytes");
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace trede
