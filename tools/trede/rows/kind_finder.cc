#include "tools/trede/rows/kind_finder.h"

#include <algorithm>

namespace trede::tool {

Result<std::optional<Soort>> look_up_kind(const EventId& id, std::span<const pb::Event> pending,
                                          const EventStore& store) {
  for (const auto& event : pending) {
    if (id_of(event) == id) return std::optional(event.body().soort_case());
  }
  const auto position = store.find_event(id);
  if (!position) return std::unexpected(position.error());
  if (!*position) return std::optional<Soort>();
  const auto stored = store.load(**position);
  if (!stored) return std::unexpected(stored.error());
  const auto event = decode_event(stored->bytes);
  if (!event) return std::unexpected(event.error());
  return std::optional(event->body().soort_case());
}

void RecentKinds::note(const EventId& id, Soort soort) {
  Entry& waiting = waiting_[noted_ % kWaiting];
  if (noted_ >= kWaiting) put(waiting);
  ++noted_;
  waiting = {id, soort};
  if (!places_.empty()) __builtin_prefetch(&places_[place_of(id)], 1);
}

void RecentKinds::put(const Entry& entry) {
  if (put_ == places_.size() / 2 && places_.size() < kMostPlaces) grow();
  ++put_;
  places_[place_of(entry.id)] = entry;
}

std::optional<Soort> RecentKinds::find(const EventId& id) const {
  const Entry* found = nullptr;
  if (!places_.empty()) found = &places_[place_of(id)];
  if (found != nullptr && found->id != id) found = nullptr;
  for (std::size_t i = noted_ - std::min(noted_, kWaiting); i < noted_; ++i) {
    if (waiting_[i % kWaiting].id == id) found = &waiting_[i % kWaiting];
  }
  if (found == nullptr || found->soort == Soort::SOORT_NOT_SET) return std::nullopt;
  return found->soort;
}

// Some bits of a UUID are the same in all of them: every bit has a say.
std::size_t RecentKinds::place_of(const EventId& id) const {
  const std::size_t hash = std::hash<EventId>{}(id);
  return (((hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15U) >> 32) & (places_.size() - 1);
}

void RecentKinds::grow() {
  std::vector<Entry> before(places_.empty() ? kFirstPlaces : 2 * places_.size());
  before.swap(places_);
  for (const Entry& entry : before) {
    if (entry.soort != Soort::SOORT_NOT_SET) places_[place_of(entry.id)] = entry;
  }
}

}  // namespace trede::tool
