#include <algorithm>

#include "engine/log/envelope.h"
#include "engine/log/table_log_internal.h"

namespace trede {

namespace {

// Reads on from a position; the log tells when there is more.
class TableFollower final : public Follower {
 public:
  TableFollower(TableLog& log, Position after) : log_(log), after_(after) {}

  Result<std::vector<StoredEvent>> next(std::size_t limit, std::chrono::milliseconds patience,
                                        const std::stop_token& stop) override {
    std::vector<StoredEvent> events;
    if (log_.last_position() <= after_) {
      TREDE_RETURN_IF_ERROR(log_.wait_beyond(after_, patience, stop));
    }
    const std::uint64_t there = log_.last_position().value;
    if (there <= after_.value || limit == 0) return events;
    const Position to{after_.value + std::min<std::uint64_t>(limit, there - after_.value)};
    TREDE_RETURN_IF_ERROR(
        log_.scan(after_.next(), to, [&](Position position, std::string_view stored) -> Status {
          events.push_back({position, std::string(stored)});
          return {};
        }));
    after_ = to;
    return events;
  }

 private:
  TableLog& log_;
  Position after_;  // handed out up to here
};

Error beyond(Position position, Position last) {
  return {ErrorCode::kInvalid, "positie " + std::to_string(position.value) +
                                   " does not exist: the last one is " +
                                   std::to_string(last.value)};
}

}  // namespace

Result<StreamVersion> TableLog::version_of(const StreamId& stream) const {
  return tables()->version_of(stream, last_position());
}

Result<std::optional<Position>> TableLog::find_event(const EventId& id) const {
  return tables()->find_id(id, last_position());
}

Result<StoredEvent> TableLog::load(Position position) const {
  if (position.value == 0 || position > last_position()) {
    return Error{ErrorCode::kNotFound, beyond(position, last_position()).message};
  }
  auto bytes = tables()->load_event(position);
  if (!bytes) return std::move(bytes).error();
  return StoredEvent{position, std::move(*bytes)};
}

Result<std::vector<StoredEvent>> TableLog::read_stream(const StreamId& stream, StreamVersion from,
                                                       std::size_t limit) const {
  const auto positions = tables()->positions_of(stream, from, limit, last_position());
  if (!positions) return positions.error();
  std::vector<StoredEvent> events;
  events.reserve(positions->size());
  for (const Position position : *positions) {
    auto bytes = tables()->load_event(position);
    if (!bytes) return std::move(bytes).error();
    events.push_back({position, std::move(*bytes)});
  }
  return events;
}

Status TableLog::scan(Position from, Position to, const Visitor& visit) const {
  return tables()->scan(from, std::min(to, last_position()), visit);
}

Result<Envelope> TableLog::envelope_at(Position position) const {
  const auto bytes = tables()->load_event(position);
  if (!bytes) return bytes.error();
  return decode_envelope(*bytes);
}

Result<Position> TableLog::position_at(Moment moment) const {
  // Moments rise with positions: the border between at-or-before and after is found by halving.
  std::uint64_t low = 0;
  std::uint64_t high = last_position().value + 1;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    const auto envelope = envelope_at(Position{middle});
    if (!envelope) return envelope.error();
    (envelope->vastgelegd_op <= moment ? low : high) = middle;
  }
  return settle(Position{low});
}

Result<Position> TableLog::settle(Position position) const {
  if (position.value == 0) return position;
  if (position > last_position()) return beyond(position, last_position());
  const auto envelope = envelope_at(position);
  if (!envelope) return envelope.error();
  if (envelope->atomair_index + 1 == envelope->atomair_aantal) return position;
  return Position{position.value - envelope->atomair_index - 1};
}

Result<Hash> TableLog::root_at(Position position) const {
  if (position > last_position()) return beyond(position, last_position());
  const auto frontier = tables()->load_frontier(position.value);
  if (!frontier) return frontier.error();
  return frontier->root();
}

Result<Hash> TableLog::subtree(unsigned height, std::uint64_t index) const {
  const std::uint64_t there = last_position().value;
  if (height >= 64 || index >= there >> height) {
    return Error{ErrorCode::kInvalid,
                 "subtree " + std::to_string(index) + " over 2^" + std::to_string(height) +
                     " events is not complete: " + std::to_string(there) + " are there"};
  }
  return tables()->load_subtree(height, index, Position{there});
}

Result<std::unique_ptr<Follower>> TableLog::follow(Position after) {
  if (after > last_position()) return beyond(after, last_position());
  return std::unique_ptr<Follower>(new TableFollower(*this, after));
}

}  // namespace trede
