#include "engine/dossier/history.h"

#include <algorithm>
#include <utility>

namespace trede {

namespace {

const std::string& vervangt_of(const pb::Body& body) {
  return body.has_correctie() ? body.correctie().vervangt() : body.intrekking().vervangt();
}

// Lets `event`, a correctie or intrekking, take the place of what acts at `at`.
void replace(std::vector<ActingEvent>& acting, std::vector<ActingEvent>::iterator at,
             const pb::Event& event) {
  if (event.body().has_intrekking()) {
    acting.erase(at);
    return;
  }
  const pb::Body& door = event.body().correctie().door();
  if (door.soort_case() != at->soort()) return;
  at->source = position_of(event);
  at->geldig_op = day_from_number(event.geldig_op());
  at->body = &door;
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

ActingEvent acting_of(const pb::Event& event) {
  const Position position = position_of(event);
  return ActingEvent{.order = position,
                     .source = position,
                     .id = id_of(event),
                     .geldig_op = day_from_number(event.geldig_op()),
                     .body = &event.body()};
}

void History::add(EventPtr event) {
  const pb::Event& added = *event;
  index_of_.emplace(id_of(added), events_.size());
  events_.push_back(std::move(event));
  if (!is_vervanging(added)) {
    acting_.push_back(acting_of(added));
    return;
  }
  const auto vervangt = vervangt_of(added);
  const ActingEvent* found = vervangt ? find_acting(*vervangt) : nullptr;
  if (found != nullptr) replace(acting_, acting_.begin() + (found - acting_.data()), added);
}

std::vector<ActingEvent> History::acting_with(std::span<const EventPtr> next) const {
  std::vector<ActingEvent> acting;
  acting.reserve(acting_.size() + next.size());
  acting = acting_;
  for (const EventPtr& event : next) {
    if (!is_vervanging(*event)) {
      acting.push_back(acting_of(*event));
    } else if (const auto vervangt = vervangt_of(*event)) {
      const auto found = std::ranges::find(acting, *vervangt, &ActingEvent::id);
      if (found != acting.end()) replace(acting, found, *event);
    }
  }
  return acting;
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
