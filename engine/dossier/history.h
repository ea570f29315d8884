// All events of one stream as they were recorded, and what acts of them once corrections and
// withdrawals are resolved.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/event/recorded.h"
#include "engine/log/event_store.h"

namespace trede {

// An event that acts: recorded and not withdrawn, with the content of its latest correctie.
struct ActingEvent {
  Position order;   // the position as first recorded; breaks ties within a day and a kind
  Position source;  // the position of the event whose content this is: itself, or a correctie
  EventId id;       // as first recorded
  Day geldig_op{};
  const pb::Body* body = nullptr;  // owned by the History

  Soort soort() const { return body->soort_case(); }
};

using EventPtr = std::shared_ptr<const pb::Event>;

// Whether `body` is a correctie or intrekking, and of which event (as first recorded).
bool is_vervanging(const pb::Body& body);
std::optional<EventId> vervangt_of(const pb::Body& body);
// The same of an event.
bool is_vervanging(const pb::Event& event);
std::optional<EventId> vervangt_of(const pb::Event& event);

// What `body` puts in place: itself, or what a correctie does; null of an intrekking.
const pb::Body* find_placed(const pb::Body& body);

// Lets the next event of a stream act among `acting`, which stands in order of `order`: it comes
// last, or takes the place of what it replaces, or takes that away. Total: a correctie or
// intrekking of something that does not act or is of another kind changes nothing. Requires: the
// body of `event` outlives `acting`.
void add_acting(std::vector<ActingEvent>& acting, const RecordedEvent& event);

// `event` as it acts when nothing replaces it. Requires: no correctie or intrekking; it must
// outlive the answer.
ActingEvent acting_of(const pb::Event& event);
ActingEvent acting_of(const RecordedEvent& event);

// The history of one stream up to some position. Pure: no clock, no disk. Threads: one at a time.
//
// Invariants
//  1. Events are held in order of position and never change; `acting` is derived from them.
//  2. A correctie stands at the place in order of what it replaces; the latest by position counts.
//  3. What an intrekking names never acts; corrections of it fall away with it.
class History {
 public:
  // Takes the next event of the stream. Total: a correctie or intrekking of something that is not
  // here, was withdrawn already or is of another kind changes nothing (the rules never let one be
  // recorded).
  // Requires: a known kind (decode_event), a position after all others.
  void add(EventPtr event);

  // The events that act, in order of `order`. Valid until the next add.
  const std::vector<ActingEvent>& acting() const { return acting_; }

  // The events that would act if `next` were added too; it must outlive the answer, as must this.
  std::vector<ActingEvent> acting_with(std::span<const EventPtr> next) const;

  // The event as first recorded, or null. A correctie or intrekking is found by its own id too.
  const pb::Event* find(const EventId& id) const;
  // What acts for the event first recorded as `id`; null when it was withdrawn or is not here.
  const ActingEvent* find_acting(const EventId& id) const;

  const std::vector<EventPtr>& events() const { return events_; }
  StreamVersion version() const { return StreamVersion{events_.size()}; }

 private:
  std::vector<EventPtr> events_;
  std::vector<ActingEvent> acting_;
  std::unordered_map<EventId, std::size_t> index_of_;  // in events_
};

// decode_event, for who keeps the event.
Result<EventPtr> decode_kept(std::string_view stored);

// The history of `stream` as `store` has it up to `known`; empty when it knows none of it.
// `decode`: who counts numbers has them checked as well.
// Errors: those of `decode` (kNewer for an event of a newer version) and of the store.
Result<History> load_history(const EventStore& store, const StreamId& stream, Position known,
                             Result<EventPtr> (*decode)(std::string_view stored) = decode_kept);

// The events of `stream` after version `after`, all that `store` has. Errors: as load_history.
Result<std::vector<EventPtr>> read_after(const EventStore& store, const StreamId& stream,
                                         StreamVersion after);

}  // namespace trede
