#include <algorithm>

#include "engine/base/check.h"
#include "engine/log/clock_check.h"
#include "engine/log/envelope.h"
#include "engine/log/rocks_draft_internal.h"

namespace trede {

namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 1us;

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

std::size_t count_events(std::span<const StreamAppend> streams) {
  std::size_t count = 0;
  for (const StreamAppend& stream : streams) count += stream.events.size();
  return count;
}

Status check_each_once(std::span<const StreamAppend> streams) {
  std::vector<StreamId> named;
  std::vector<EventId> ids;
  for (const StreamAppend& append : streams) {
    named.push_back(append.stream);
    for (const NewEvent& event : append.events) ids.push_back(event.id);
  }
  std::ranges::sort(named);
  std::ranges::sort(ids);
  if (const auto twice = std::ranges::adjacent_find(named); twice != named.end()) {
    return invalid(twice->text() + ": twice in one append");
  }
  if (const auto twice = std::ranges::adjacent_find(ids); twice != ids.end()) {
    return invalid("event " + twice->uuid.text() + ": twice in one append");
  }
  return {};
}

// What the caller must have made sure of, as far as the indexes depend on it.
Status check_form(std::span<const StreamAppend> streams) {
  const std::size_t count = count_events(streams);
  if (count == 0 || count > kAppendMax) {
    return invalid("an append of " + std::to_string(count) + " events, allowed are 1.." +
                   std::to_string(kAppendMax));
  }
  for (const StreamAppend& append : streams) {
    if (append.events.empty()) return invalid(append.stream.text() + ": nothing to append");
    for (const NewEvent& event : append.events) {
      if (!event.content.starts_with(content_prefix(append.stream, event.id))) {
        return invalid("event " + event.id.uuid.text() + ": its content is not of " +
                       append.stream.text() + " with this id");
      }
    }
  }
  return count == 1 ? Status() : check_each_once(streams);
}

}  // namespace

Draft::Draft(const LogTables& tables, StreamHeads& heads, Tail tail)
    : tables_(tables),
      heads_(heads),
      writer_(tables, std::move(tail)),
      head_(writer_.tail().head),
      written_(head_.position) {
  pending_.clear(written_.next());
  in_flight_.clear(written_.next());
}

void Draft::remember_ids() {
  TREDE_CHECK(empty() && !has_handed_over(), "a draft that has begun");
  drafted_ids_.emplace();
  began_empty_ = written_.value == 0;
}

Result<std::optional<Position>> Draft::find_id(const EventId& id) const {
  if (drafted_ids_ && !drafted_ids_->may_hold(id)) {
    if (began_empty_) return std::optional<Position>();
    return tables_.find_id(id, written_);
  }
  for (const PendingEvents* events : {&pending_, &in_flight_}) {
    if (const auto found = events->find(id)) return found;
  }
  return tables_.find_id(id, written_);
}

Result<std::string> Draft::load_event(Position position) const {
  if (position <= written_) return tables_.load_event(position);
  return std::string((position < pending_.first() ? in_flight_ : pending_).load(position));
}

Result<StreamVersion> Draft::version_of(const StreamId& stream) {
  if (const auto head = heads_.find(stream)) return *head;
  for (const PendingEvents* events : {&pending_, &in_flight_}) {
    if (const auto version = events->version_of(stream)) return *version;
  }
  const auto version = tables_.version_of(stream, written_);
  if (version) heads_.set(stream, *version);
  return version;
}

Result<std::vector<Position>> Draft::positions_of(const StreamId& stream, StreamVersion from,
                                                  std::size_t limit) const {
  auto positions = tables_.positions_of(stream, from, limit, written_);
  if (!positions) return positions;
  for (const PendingEvents* events : {&in_flight_, &pending_}) {
    for (const Position position : events->positions_of(stream, from)) {
      if (positions->size() < limit) positions->push_back(position);
    }
  }
  return positions;
}

Status Draft::check_same(const NewEvent& event, Position position) const {
  const auto stored = load_event(position);
  if (!stored) return stored.error();
  const auto content = content_of(*stored);
  if (!content) return content.error();
  if (*content == event.content) return {};
  return invalid("event " + event.id.uuid.text() + " is in the log at positie " +
                 std::to_string(position.value) + " with other content");
}

// Where the events stand when all of them are there already; nothing when none is.
Result<std::optional<Appended>> Draft::find_redelivered(std::span<const StreamAppend> streams) {
  Appended there{Position{~std::uint64_t{0}}, Position{0}, {}, true};
  const NewEvent* found = nullptr;
  const NewEvent* missing = nullptr;
  for (const StreamAppend& append : streams) {
    for (const NewEvent& event : append.events) {
      const auto position = find_id(event.id);
      if (!position) return position.error();
      (*position ? found : missing) = &event;
      if (found != nullptr && missing != nullptr) {
        return invalid("event " + found->id.uuid.text() + " is in the log already, but event " +
                       missing->id.uuid.text() + " of the same append is not");
      }
      if (!*position) continue;
      TREDE_RETURN_IF_ERROR(check_same(event, **position));
      there.first = std::min(there.first, **position);
      there.last = std::max(there.last, **position);
    }
  }
  if (found == nullptr) return std::optional<Appended>();
  const auto last = load_event(there.last);
  if (!last) return last.error();
  const auto envelope = decode_envelope(*last);
  if (!envelope) return envelope.error();
  there.vastgelegd_op = envelope->vastgelegd_op;
  return std::optional<Appended>(there);
}

Status Draft::check_versions(std::span<const StreamAppend> streams) {
  for (const StreamAppend& append : streams) {
    const auto version = version_of(append.stream);
    if (!version) return version.error();
    if (*version == append.expected) continue;
    return Error{ErrorCode::kConflict, append.stream.text() + " is at version " +
                                           std::to_string(version->value) + ", not at " +
                                           std::to_string(append.expected.value)};
  }
  return {};
}

Result<Appended> Draft::add(std::span<const StreamAppend> streams, const Stamp& stamp) {
  TREDE_RETURN_IF_ERROR(check_form(streams));
  if (!stamp.each.empty() && stamp.each.size() != count_events(streams)) {
    return invalid(std::to_string(stamp.each.size()) + " recording moments for " +
                   std::to_string(count_events(streams)) + " events");
  }
  const auto redelivered = find_redelivered(streams);
  if (!redelivered) return redelivered.error();
  if (*redelivered) return **redelivered;
  TREDE_RETURN_IF_ERROR(check_versions(streams));
  if (!stamp.adopted && head_.position.value != 0) {
    TREDE_RETURN_IF_ERROR(check_clock(stamp.now, head_.vastgelegd_op));
  }

  Envelope envelope;
  envelope.atomair_aantal = static_cast<std::uint32_t>(count_events(streams));
  envelope.import = stamp.import;
  if (stamp.adopted) envelope.overgenomen_op = stamp.now;
  const Position first = head_.position.next();
  for (const StreamAppend& append : streams) {
    envelope.versie = append.expected;
    for (const NewEvent& event : append.events) {
      envelope.positie = head_.position.next();
      const Moment given = stamp.each.empty() ? stamp.adopted.value_or(stamp.now)
                                              : stamp.each[envelope.atomair_index];
      envelope.vastgelegd_op = std::max(given, head_.vastgelegd_op + kTick);
      envelope.versie = StreamVersion{envelope.versie.value + 1};
      stored_.clear();
      append_envelope(stored_, envelope);
      stored_.append(event.content);
      put(append.stream, event.id, envelope, stored_);
      ++envelope.atomair_index;
    }
  }
  return Appended{first, head_.position, head_.vastgelegd_op, false};
}

Status Draft::check_continues(const pb::Event& event, Moment now) {
  const Head& head = head_;
  const std::string name =
      "event " + id_of(event).uuid.text() + ", positie " + std::to_string(event.positie());
  if (position_of(event) != head.position.next()) {
    return invalid(name + ": does not follow positie " + std::to_string(head.position.value));
  }
  if (head.position.value != 0 && moment_of(event) <= head.vastgelegd_op) {
    return invalid(name + ": vastgelegd_op " + format_moment(moment_of(event)) +
                   " is not after that of the event before it");
  }
  if (moment_of(event) > now + kClockTolerance) {
    return invalid(name + ": vastgelegd_op " + format_moment(moment_of(event)) +
                   " lies in the future");
  }
  const std::uint32_t count = std::max(1U, event.atomair_aantal());
  if (event.atomair_index() != adopted_ || (adopted_ != 0 && count != adopted_of_)) {
    return invalid(name + ": does not continue the atomic append before it");
  }
  const auto there = find_id(id_of(event));
  if (!there) return there.error();
  if (*there) return invalid(name + ": its id is in the log already");
  const auto version = version_of(stream_of(event));
  if (!version) return version.error();
  if (event.versie() != version->value + 1) {
    return invalid(name + ": versie " + std::to_string(event.versie()) + " does not follow " +
                   std::to_string(version->value) + " of " + stream_of(event).text());
  }
  return {};
}

Status Draft::adopt(std::string_view stored, Moment now) {
  const auto event = decode_any(stored);
  if (!event) return invalid(event.error().message);
  TREDE_RETURN_IF_ERROR(check_continues(*event, now));
  const StreamId stream = stream_of(*event);
  const EventId id = id_of(*event);
  // What is stored has one form only: a reader relies on it, and a hash is over it.
  const auto envelope = decode_envelope(stored);
  const auto content = content_of(stored);
  if (!envelope || !content) return invalid("event " + id.uuid.text() + ": not as it is stored");
  stored_.clear();
  append_envelope(stored_, *envelope);
  stored_.append(*content);
  if (stored_ != stored || !content->starts_with(content_prefix(stream, id))) {
    return invalid("event " + id.uuid.text() + ": not in the form in which it is stored");
  }
  put(stream, id, *envelope, stored);
  adopted_of_ = envelope->atomair_aantal;
  adopted_ = envelope->atomair_index + 1 == adopted_of_ ? 0 : envelope->atomair_index + 1;
  return {};
}

Status Draft::check_whole() const {
  if (adopted_ == 0) return {};
  return invalid("the atomic append that ends at positie " + std::to_string(head_.position.value) +
                 " has " + std::to_string(adopted_) + " of its " + std::to_string(adopted_of_) +
                 " events");
}

void Draft::put(const StreamId& stream, const EventId& id, const Envelope& envelope,
                std::string_view stored) {
  pending_.add(stream, envelope.versie, id, stored);
  heads_.set(stream, envelope.versie);
  if (drafted_ids_) drafted_ids_->add(id);
  head_ = {envelope.positie, envelope.vastgelegd_op};
}

std::size_t Draft::batch_bytes() const {
  // Keys, positions, lengths, and its part of the tree.
  constexpr std::size_t kBesideEvent = 160;
  return pending_.bytes() + kBesideEvent * pending_.count();
}

// `events` stand in the tables now.
void Draft::settle_written(PendingEvents& events) {
  written_ = Position{events.first().value + events.count() - 1};
  events.clear(written_.next());
}

Status Draft::settle() {
  if (!writing_.valid()) return {};
  TREDE_RETURN_IF_ERROR(writing_.get());
  settle_written(in_flight_);
  return {};
}

Status Draft::write(Publish publish) {
  TREDE_RETURN_IF_ERROR(settle());
  TREDE_RETURN_IF_ERROR(writer_.write(pending_, head_, publish));
  settle_written(pending_);
  return {};
}

void Draft::hand_over() {
  if (!in_flight_.empty()) settle_written(in_flight_);
  std::swap(in_flight_, pending_);
  in_flight_head_ = head_;
  pending_.clear(head_.position.next());
}

Status Draft::write_handed_over(Publish publish) {
  return writer_.write(in_flight_, in_flight_head_, publish);
}

Status Draft::begin_write() {
  TREDE_RETURN_IF_ERROR(settle());
  hand_over();
  writing_ = std::async(std::launch::async, [this] { return write_handed_over(Publish::kNot); });
  return {};
}

}  // namespace trede
