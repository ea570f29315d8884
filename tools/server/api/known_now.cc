#include "tools/server/api/known_now.h"

namespace trede::server {

tool::Outcome<tool::Known> KnownNow::find() {
  const Position last = log_.last_position();
  {
    const std::lock_guard lock(mutex_);
    if (latest_.position == last) return latest_;
  }
  auto known = tool::resolve_known({}, "", log_, clock_);
  if (!known) return known;
  const std::lock_guard lock(mutex_);
  if (latest_.position < known->position) latest_ = *known;
  return known;
}

}  // namespace trede::server
