#include "tools/server/api/pace.h"

#include <algorithm>
#include <limits>

namespace trede::server {

namespace {

// Longer than this others on the same thread would notice.
constexpr std::uint32_t kQuickMicros = 500;
// After a slow answer some quick ones are needed to trust it again: an eighth is forgotten by each.
constexpr std::uint32_t kForgetting = 8;

}  // namespace

bool Paces::is_quick(std::size_t shape) const {
  const std::uint32_t lately = lately_[shape % kPlaces].load(std::memory_order_relaxed);
  return lately != 0 && lately <= kQuickMicros;
}

void Paces::learn(std::size_t shape, Duration took) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
  const auto now = static_cast<std::uint32_t>(std::clamp<std::int64_t>(micros, 1, kMost));
  auto& place = lately_[shape % kPlaces];
  const std::uint32_t before = place.load(std::memory_order_relaxed);
  // Two at once: one of them is forgotten, which the next makes good.
  place.store(std::max(now, before - before / kForgetting), std::memory_order_relaxed);
}

}  // namespace trede::server
