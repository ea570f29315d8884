// Redelivery changes nothing: what is in the log already is answered as the first time, however it
// is grouped and whatever versions are expected, and an id never gets another meaning.
#include <algorithm>

#include "engine/event/event.h"
#include "tests/property/log/subject.h"

namespace trede::test {
namespace {

// One event that was appended, and where it stands.
struct Delivered {
  StreamId stream;
  NewEvent event;
  Position position;
  Moment moment{};
};

struct State {
  Position last;
  Hash root;
  bool operator==(const State&) const = default;
};

State state_of(const EventLog& log) {
  const LogHead head = value_of(log.head());
  return {head.position, head.root};
}

std::vector<Delivered> deliver_some(Subject& subject, std::uint64_t& next_id) {
  std::vector<Delivered> delivered;
  for (std::uint64_t i = between(1, 8); i > 0; --i) {
    subject.clock.advance(std::chrono::seconds{between(0, 3)});
    const auto streams = some_streams(subject.log(), next_id);
    Position position = value_of(append(subject.log(), streams)).first;
    for (const StreamAppend& one : streams) {
      for (const NewEvent& event : one.events) {
        const auto stored = load(subject.log(), position.value);
        delivered.push_back({one.stream, event, position, moment_of(stored)});
        position = position.next();
      }
    }
  }
  return delivered;
}

// Some of `delivered`, each once, in any order, with any version expected.
std::vector<StreamAppend> group_anew(const std::vector<Delivered>& delivered,
                                     std::vector<Delivered>& taken) {
  std::vector<Delivered> rest = delivered;
  std::vector<StreamAppend> streams;
  for (std::uint64_t i = between(1, 6); i > 0 && !rest.empty(); --i) {
    const std::size_t index = between(0, rest.size() - 1);
    const Delivered one = rest[index];
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(index));
    taken.push_back(one);
    const auto same = std::ranges::find(streams, one.stream, &StreamAppend::stream);
    if (same != streams.end()) {
      same->events.push_back(one.event);
    } else {
      streams.push_back({one.stream, StreamVersion{between(0, 9)}, {one.event}});
    }
  }
  return streams;
}

void expect_first_result(EventStore& store, const std::vector<Delivered>& delivered) {
  std::vector<Delivered> taken;
  const auto streams = group_anew(delivered, taken);
  const Appended again = value_of(append(store, streams));
  const auto by_position = [](const Delivered& a, const Delivered& b) {
    return a.position < b.position;
  };
  const auto [first, last] = std::ranges::minmax_element(taken, by_position);
  RC_ASSERT(again.already_there);
  RC_ASSERT(again.first == first->position);
  RC_ASSERT(again.last == last->position);
  RC_ASSERT(again.vastgelegd_op == last->moment);
}

RC_GTEST_PROP(WhatIsThereAlready, IsAnsweredAsTheFirstTimeHoweverItIsGrouped, ()) {
  Subject subject;
  std::uint64_t next_id = 1;
  const auto delivered = deliver_some(subject, next_id);
  const State before = state_of(subject.log());
  const auto events = stored_events(subject.log());
  for (int i = 0; i < 20; ++i) {
    if (i == 10) subject.reopen();
    subject.clock.advance(std::chrono::seconds{1});
    expect_first_result(subject.log(), delivered);
    RC_ASSERT(state_of(subject.log()) == before);
  }
  {
    const auto import = value_of(subject.log().begin_import({ImportId{event_id(1).uuid}}));
    for (int i = 0; i < 5; ++i) expect_first_result(*import, delivered);
    RC_ASSERT(static_cast<bool>(import->commit()));
  }
  RC_ASSERT(state_of(subject.log()) == before);
  RC_ASSERT(stored_events(subject.log()) == events);
}

// Of an append some of whose events are new, nothing is written.
RC_GTEST_PROP(WhatIsThereAlready, IsNotMixedWithWhatIsNew, ()) {
  Subject subject;
  std::uint64_t next_id = 1;
  const auto delivered = deliver_some(subject, next_id);
  const State before = state_of(subject.log());
  for (int i = 0; i < 10; ++i) {
    std::vector<Delivered> taken;
    auto streams = group_anew(delivered, taken);
    StreamAppend& one = streams[between(0, streams.size() - 1)];
    const std::size_t place = between(0, one.events.size());
    one.events.insert(one.events.begin() + static_cast<std::ptrdiff_t>(place),
                      some_event(one.stream, 1'000'000));
    RC_ASSERT(failed_with(append(subject.log(), streams), ErrorCode::kInvalid));
    RC_ASSERT(state_of(subject.log()) == before);
  }
}

// Whatever differs, a day, an attribute, the stream or the actor, the id is refused.
RC_GTEST_PROP(AnIdThatIsThere, IsRefusedWithOtherContent, ()) {
  Subject subject;
  std::uint64_t next_id = 1;
  const auto delivered = deliver_some(subject, next_id);
  const State before = state_of(subject.log());
  for (int i = 0; i < 10; ++i) {
    if (i == 5) subject.reopen();
    std::vector<Delivered> taken;
    auto streams = group_anew(delivered, taken);
    StreamAppend& one = streams[between(0, streams.size() - 1)];
    NewEvent& event = one.events[between(0, one.events.size() - 1)];
    pb::Event other;
    RC_ASSERT(other.ParseFromString(event.content));
    switch (between(0, 2)) {
      case 0: other.set_geldig_op(other.geldig_op() + 1); break;
      case 1: other.set_actor("coach-8"); break;
      case 2: *other.mutable_body() = body("contactmoment", {{"contact", "bericht"}}); break;
    }
    event.content = encode_content(other);
    RC_ASSERT(failed_with(append(subject.log(), streams), ErrorCode::kInvalid, "other content"));
    RC_ASSERT(state_of(subject.log()) == before);
  }
  const Delivered& moved = delivered[between(0, delivered.size() - 1)];
  const StreamId elsewhere = dossier(77);
  const EventId id = moved.event.id;
  const NewEvent event{
      id, encode_content(trede::test::event(elsewhere, id, "2025-01-02", "contactmoment",
                                            {{"contact", "gesprek"}}))};
  RC_ASSERT(failed_with(append(subject.log(), {{elsewhere, StreamVersion{0}, {event}}}),
                        ErrorCode::kInvalid, "other content"));
  RC_ASSERT(state_of(subject.log()) == before);
}

}  // namespace
}  // namespace trede::test
