#include "engine/dossier/history.h"

#include <algorithm>
#include <utility>

namespace trede {

namespace {

const std::string& vervangt_of(const pb::Body& body) {
  return body.has_correctie() ? body.correctie().vervangt() : body.intrekking().vervangt();
}

}  // namespace

bool is_vervanging(const pb::Event& event) {
  return event.body().has_correctie() || event.body().has_intrekking();
}

std::optional<EventId> vervangt_of(const pb::Event& event) {
  if (!is_vervanging(event)) return std::nullopt;
  const auto uuid = decode_uuid(vervangt_of(event.body()));
  if (!uuid) return std::nullopt;
  return EventId{*uuid};
}

void History::add(std::shared_ptr<const pb::Event> event) {
  const pb::Event& added = *event;
  const EventId id = id_of(added);
  index_of_.emplace(id, events_.size());
  events_.push_back(std::move(event));
  if (is_vervanging(added)) {
    resolve(added);
    return;
  }
  const Position position = position_of(added);
  acting_.push_back(ActingEvent{.order = position,
                                .source = position,
                                .id = id,
                                .geldig_op = day_from_number(added.geldig_op()),
                                .body = &added.body()});
}

void History::resolve(const pb::Event& event) {
  const auto vervangt = vervangt_of(event);
  const ActingEvent* found = vervangt ? find_acting(*vervangt) : nullptr;
  if (found == nullptr) return;
  const auto at = acting_.begin() + (found - acting_.data());
  if (event.body().has_intrekking()) {
    acting_.erase(at);
    return;
  }
  const pb::Body& door = event.body().correctie().door();
  if (door.soort_case() != at->soort()) return;
  at->source = position_of(event);
  at->geldig_op = day_from_number(event.geldig_op());
  at->body = &door;
}

const pb::Event* History::find(const EventId& id) const {
  const auto found = index_of_.find(id);
  return found == index_of_.end() ? nullptr : events_[found->second].get();
}

const ActingEvent* History::find_acting(const EventId& id) const {
  const pb::Event* recorded = find(id);
  if (recorded == nullptr) return nullptr;
  const Position order = position_of(*recorded);
  const auto found = std::ranges::lower_bound(acting_, order, {}, &ActingEvent::order);
  return found == acting_.end() || found->id != id ? nullptr : &*found;
}

}  // namespace trede
