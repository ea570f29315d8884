#include "engine/dossier/stream_cache.h"

#include <utility>
#include <vector>

namespace trede {

namespace {

// An empty history takes room as well: an entry counts as so many events more than it has.
constexpr std::size_t kEntryCost = 4;

}  // namespace

std::shared_ptr<CachedStream> StreamCache::acquire(const StreamId& id) {
  const std::lock_guard lock(mutex_);
  const auto [found, added] = slots_.try_emplace(id);
  Slot& slot = found->second;
  if (added) {
    slot.cached = std::make_shared<CachedStream>(id);
    slot.place = recent_.insert(recent_.begin(), id);
    slot.events = kEntryCost;
    events_ += kEntryCost;
  } else {
    recent_.splice(recent_.begin(), recent_, slot.place);
  }
  return slot.cached;
}

void StreamCache::account(const StreamId& id, std::size_t events) {
  std::vector<std::shared_ptr<CachedStream>> dropped;  // freed when the mutex is not held
  const std::lock_guard lock(mutex_);
  const auto found = slots_.find(id);
  if (found == slots_.end()) return;
  events_ += events + kEntryCost - found->second.events;
  found->second.events = events + kEntryCost;
  for (auto place = recent_.end(); events_ > max_events_ && place != recent_.begin();) {
    --place;
    const auto slot = slots_.find(*place);
    // Copies are made under the mutex only, so a sole owner stays one.
    if (slot->second.cached.use_count() > 1) continue;
    events_ -= slot->second.events;
    dropped.push_back(std::move(slot->second.cached));
    slots_.erase(slot);
    place = recent_.erase(place);
  }
}

std::size_t StreamCache::events() const {
  const std::lock_guard lock(mutex_);
  return events_;
}

}  // namespace trede
