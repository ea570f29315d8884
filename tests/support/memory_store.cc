#include "tests/support/memory_store.h"

#include <algorithm>

#include "engine/event/event.h"

namespace trede::test {

namespace {

constexpr std::chrono::minutes kClockTolerance{5};

}  // namespace

// The answer when some of the ids are here already.
std::optional<Result<Appended>> MemoryStore::find_redelivered(
    std::span<const StreamAppend> streams) const {
  std::size_t known = 0;
  std::size_t total = 0;
  Appended appended{
      .first = Position{~0ULL}, .last = {}, .vastgelegd_op = {}, .already_there = true};
  for (const StreamAppend& stream : streams) {
    for (const NewEvent& event : stream.events) {
      ++total;
      const auto found = by_id_.find(event.id);
      if (found == by_id_.end()) continue;
      ++known;
      const std::string& stored = events_[found->second];
      if (*content_of(stored) != event.content) {
        return Error{ErrorCode::kInvalid, "an id that is there with other content"};
      }
      const Position position{found->second + 1};
      appended.first = std::min(appended.first, position);
      appended.last = std::max(appended.last, position);
      appended.vastgelegd_op = std::max(appended.vastgelegd_op, moment_of(*decode_any(stored)));
    }
  }
  if (known == 0) return std::nullopt;
  if (known < total) return Error{ErrorCode::kInvalid, "only some of the ids are there"};
  return appended;
}

Status MemoryStore::check(std::span<const StreamAppend> streams) const {
  for (const StreamAppend& stream : streams) {
    const auto found = by_stream_.find(stream.stream);
    const std::size_t version = found == by_stream_.end() ? 0 : found->second.size();
    if (version != stream.expected.value) {
      return Error{ErrorCode::kConflict,
                   stream.stream.text() + " is at " + std::to_string(version)};
    }
  }
  if (clock_.now() + kClockTolerance < last_moment_) {
    return Error{ErrorCode::kClock, "the clock stands before the last recording"};
  }
  return {};
}

Result<Appended> MemoryStore::append(std::span<const StreamAppend> streams,
                                     const AppendOptions& options) {
  if (hook_) TREDE_RETURN_IF_ERROR(hook_());
  const std::lock_guard lock(mutex_);
  if (auto redelivered = find_redelivered(streams)) return *std::move(redelivered);
  TREDE_RETURN_IF_ERROR(check(streams));
  std::uint32_t total = 0;
  for (const StreamAppend& stream : streams)
    total += static_cast<std::uint32_t>(stream.events.size());
  Appended appended{.first = Position{events_.size() + 1},
                    .last = Position{events_.size() + total},
                    .vastgelegd_op = {},
                    .already_there = false};
  std::uint32_t index = 0;
  for (const StreamAppend& stream : streams) {
    auto& versions = by_stream_[stream.stream];
    for (const NewEvent& event : stream.events) {
      last_moment_ = std::max(options.vastgelegd_op ? *options.vastgelegd_op : clock_.now(),
                              last_moment_ + std::chrono::microseconds{1});
      const Envelope envelope{.positie = Position{events_.size() + 1},
                              .vastgelegd_op = last_moment_,
                              .versie = StreamVersion{versions.size() + 1},
                              .atomair_index = index++,
                              .atomair_aantal = total,
                              .import = std::nullopt,
                              .overgenomen_op = std::nullopt};
      by_id_.emplace(event.id, events_.size());
      versions.push_back(events_.size());
      events_.push_back(encode_stored(envelope, event.content));
    }
  }
  appended.vastgelegd_op = last_moment_;
  return appended;
}

Position MemoryStore::last_position() const {
  const std::lock_guard lock(mutex_);
  return Position{events_.size()};
}

Result<StreamVersion> MemoryStore::version_of(const StreamId& stream) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_stream_.find(stream);
  return StreamVersion{found == by_stream_.end() ? 0 : found->second.size()};
}

Result<std::optional<Position>> MemoryStore::find_event(const EventId& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::optional<Position>();
  return std::optional(Position{found->second + 1});
}

Result<StoredEvent> MemoryStore::load(Position position) const {
  const std::lock_guard lock(mutex_);
  if (position.value == 0 || position.value > events_.size()) {
    return Error{ErrorCode::kNotFound, "no position " + std::to_string(position.value)};
  }
  return StoredEvent{position, events_[position.value - 1]};
}

Result<std::vector<StoredEvent>> MemoryStore::read_stream(const StreamId& stream,
                                                          StreamVersion from,
                                                          std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  ++reads_;
  std::vector<StoredEvent> out;
  const auto found = by_stream_.find(stream);
  if (found == by_stream_.end()) return out;
  for (std::size_t i = from.value - 1; i < found->second.size() && out.size() < limit; ++i) {
    const std::size_t at = found->second[i];
    out.push_back({Position{at + 1}, events_[at]});
  }
  return out;
}

Status MemoryStore::scan(Position from, Position to, const Visitor& visit) const {
  for (std::uint64_t value = std::max<std::uint64_t>(from.value, 1);
       value <= std::min(to.value, last_position().value); ++value) {
    const auto stored = load(Position{value});
    if (!stored) return stored.error();
    TREDE_RETURN_IF_ERROR(visit(stored->position, stored->bytes));
  }
  return {};
}

std::size_t MemoryStore::reads() const {
  const std::lock_guard lock(mutex_);
  return reads_;
}

}  // namespace trede::test
