#include "engine/dossier/history.h"

#include <algorithm>
#include <utility>

namespace trede {

namespace {

// Lets a correctie or intrekking take the place of what acts at `at`.
void replace(std::vector<ActingEvent>& acting, std::vector<ActingEvent>::iterator at,
             const RecordedEvent& event) {
  if (event.body->has_intrekking()) {
    acting.erase(at);
    return;
  }
  const pb::Body& door = event.body->correctie().door();
  if (door.soort_case() != at->soort() || !event.geldig_op) return;
  at->source = event.position;
  at->geldig_op = *event.geldig_op;
  at->body = &door;
}

}  // namespace

bool is_vervanging(const pb::Body& body) { return body.has_correctie() || body.has_intrekking(); }

bool is_vervanging(const pb::Event& event) { return is_vervanging(event.body()); }

const pb::Body* find_placed(const pb::Body& body) {
  if (body.has_intrekking()) return nullptr;
  return body.has_correctie() ? &body.correctie().door() : &body;
}

std::optional<EventId> vervangt_of(const pb::Event& event) { return vervangt_of(event.body()); }

std::optional<EventId> vervangt_of(const pb::Body& body) {
  if (!is_vervanging(body)) return std::nullopt;
  const auto uuid = decode_uuid(body.has_correctie() ? body.correctie().vervangt()
                                                     : body.intrekking().vervangt());
  if (!uuid) return std::nullopt;
  return EventId{*uuid};
}

void add_acting(std::vector<ActingEvent>& acting, const RecordedEvent& event) {
  if (!is_vervanging(*event.body)) {
    acting.push_back(acting_of(event));
  } else if (const auto vervangt = vervangt_of(*event.body)) {
    const auto found = std::ranges::find(acting, *vervangt, &ActingEvent::id);
    if (found != acting.end()) replace(acting, found, event);
  }
}

ActingEvent acting_of(const RecordedEvent& event) {
  return ActingEvent{.order = event.position,
                     .source = event.position,
                     .id = event.id,
                     .geldig_op = event.geldig_op.value_or(Day{}),
                     .body = event.body};
}

ActingEvent acting_of(const pb::Event& event) { return acting_of(recorded_of(event)); }

void History::add(EventPtr event) {
  const RecordedEvent added = recorded_of(*event);
  index_of_.emplace(added.id, events_.size());
  events_.push_back(std::move(event));
  add_acting(acting_, added);
}

std::vector<ActingEvent> History::acting_with(std::span<const EventPtr> next) const {
  std::vector<ActingEvent> acting;
  acting.reserve(acting_.size() + next.size());
  acting = acting_;
  for (const EventPtr& event : next) add_acting(acting, recorded_of(*event));
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

Result<EventPtr> decode_kept(std::string_view stored) {
  auto event = decode_event(stored);
  if (!event) return std::unexpected(std::move(event).error());
  return std::make_shared<const pb::Event>(std::move(*event));
}

namespace {

constexpr std::size_t kPage = 1000;  // events read at a time

}  // namespace

Result<History> load_history(const EventStore& store, const StreamId& stream, Position known,
                             Result<EventPtr> (*decode)(std::string_view stored)) {
  History history;
  for (;;) {
    const auto page = store.read_stream(stream, StreamVersion{history.version().value + 1}, kPage);
    if (!page) return page.error();
    for (const StoredEvent& stored : *page) {
      if (stored.position > known) return history;
      auto event = decode(stored.bytes);
      if (!event) return std::unexpected(std::move(event).error());
      history.add(std::move(*event));
    }
    if (page->size() < kPage) return history;
  }
}

Result<std::vector<EventPtr>> read_after(const EventStore& store, const StreamId& stream,
                                         StreamVersion after) {
  std::vector<EventPtr> events;
  for (;;) {
    const StreamVersion from{after.value + events.size() + 1};
    const auto page = store.read_stream(stream, from, kPage);
    if (!page) return page.error();
    for (const StoredEvent& stored : *page) {
      auto event = decode_kept(stored.bytes);
      if (!event) return std::unexpected(std::move(event).error());
      events.push_back(std::move(*event));
    }
    if (page->size() < kPage) return events;
  }
}

}  // namespace trede
