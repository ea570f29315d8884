#include "tools/server/access/lockout.h"

#include <algorithm>

namespace trede::server {

std::chrono::seconds Lockout::wait(const std::string& key, Moment now) {
  const Failures* const found = failures_.find(key);
  if (found == nullptr || found->until <= now) return std::chrono::seconds{0};
  const auto left = std::chrono::ceil<std::chrono::seconds>(found->until - now);
  return std::min(left, rule_.most);  // also when the clock stepped back
}

std::chrono::seconds Lockout::fail(const std::string& key, Moment now) {
  Failures& failures = failures_.at(key);
  if (now - failures.last > rule_.forget) failures = {};
  ++failures.count;
  failures.last = now;
  if (failures.count < rule_.free_failures) return std::chrono::seconds{0};
  const unsigned doublings = std::min(failures.count - rule_.free_failures, 20U);
  const auto wait = std::min(rule_.first * (1 << doublings), rule_.most);
  failures.until = now + wait;
  return wait;
}

}  // namespace trede::server
