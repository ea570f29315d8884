#include "engine/log/envelope.h"
#include "engine/log/staged_import_internal.h"

namespace trede {

RocksStagedImport::RocksStagedImport(RocksLog& log, const ImportOptions& options)
    : log_(log), options_(options), draft_(*log.tables(), heads_, log.tail()) {
  draft_.remember_ids();
}

RocksStagedImport::~RocksStagedImport() {
  if (!ended_) log_.abandon_import(draft_);
}

Status RocksStagedImport::fail(Error error) {
  failed_ = Error{ErrorCode::kClosed, "the import cannot go on, since: " + error.message};
  return error;
}

Result<Stamp> RocksStagedImport::stamp(const AppendOptions& options) {
  Stamp stamp{.now = log_.clock().now(),
              .adopted = options.vastgelegd_op,
              .import = options_.id,
              .each = options.each};
  if (!options.vastgelegd_op) return stamp;
  if (!options_.as_recorded) {
    return Error{ErrorCode::kInvalid,
                 "a recording moment is adopted only by an import as recorded into an empty log"};
  }
  std::optional<Moment> before = adopted_;
  const std::span<const Moment> one(&*options.vastgelegd_op, 1);
  for (const Moment moment : options.each.empty() ? one : options.each) {
    if (moment > stamp.now) {
      return Error{ErrorCode::kInvalid, "recording moment " + format_moment(moment) +
                                            " lies in the future (now is " +
                                            format_moment(stamp.now) + ")"};
    }
    if (before && moment < *before) {
      return Error{ErrorCode::kInvalid, "recording moment " + format_moment(moment) +
                                            " lies before the one of the event before it, " +
                                            format_moment(*before)};
    }
    before = moment;
  }
  return stamp;
}

Result<Appended> RocksStagedImport::append(std::span<const StreamAppend> streams,
                                           const AppendOptions& options) {
  if (failed_) return *failed_;
  const auto when = stamp(options);
  if (!when) return when.error();
  auto appended = draft_.add(streams, *when);
  if (!appended) return appended;
  if (options.vastgelegd_op) {
    adopted_ = options.each.empty() ? *options.vastgelegd_op : options.each.back();
  }
  TREDE_RETURN_IF_ERROR(write_if_large());
  return appended;
}

Status RocksStagedImport::adopt(std::string_view stored) {
  if (failed_) return *failed_;
  TREDE_RETURN_IF_ERROR(draft_.adopt(stored, log_.clock().now()));
  return write_if_large();
}

// The next events are judged while these are written.
Status RocksStagedImport::write_if_large() {
  if (options_.dry_run || draft_.pending().bytes() < options_.held_bytes) return {};
  return write([this] { return draft_.begin_write(); });
}

template <typename How>
Status RocksStagedImport::write(const How& how) {
  // In the write-ahead log, and once more as a table file.
  const Status room = log_.check_room(2 * draft_.batch_bytes());
  if (!room) return fail(room.error());
  const Status written = how();
  if (written) return {};
  const Error error{ErrorCode::kIo, written.error().message};
  log_.refuse_writes(error);
  return fail(error);
}

Status RocksStagedImport::commit() {
  if (failed_) return *failed_;
  if (options_.dry_run) return Error{ErrorCode::kInvalid, "a dry run cannot be committed"};
  TREDE_RETURN_IF_ERROR(draft_.check_whole());
  if (draft_.head().position == log_.last_position()) {
    ended_ = true;
    failed_ = Error{ErrorCode::kClosed, "the import is committed"};
    log_.abandon_import(draft_);
    return {};
  }
  TREDE_RETURN_IF_ERROR(write([this] { return draft_.write(Draft::Publish::kAll); }));
  ended_ = true;
  failed_ = Error{ErrorCode::kClosed, "the import is committed"};
  log_.end_import(draft_);
  return {};
}

Result<StreamVersion> RocksStagedImport::version_of(const StreamId& stream) const {
  return draft_.version_of(stream);
}

Result<std::optional<Position>> RocksStagedImport::find_event(const EventId& id) const {
  return draft_.find_id(id);
}

Result<StoredEvent> RocksStagedImport::load(Position position) const {
  if (position.value == 0 || position > last_position()) {
    return Error{ErrorCode::kNotFound, "positie " + std::to_string(position.value) +
                                           " does not exist: the last one is " +
                                           std::to_string(last_position().value)};
  }
  auto bytes = draft_.load_event(position);
  if (!bytes) return std::move(bytes).error();
  return StoredEvent{position, std::move(*bytes)};
}

Result<std::vector<StoredEvent>> RocksStagedImport::read_stream(const StreamId& stream,
                                                                StreamVersion from,
                                                                std::size_t limit) const {
  const auto positions = draft_.positions_of(stream, from, limit);
  if (!positions) return positions.error();
  std::vector<StoredEvent> events;
  events.reserve(positions->size());
  for (const Position position : *positions) {
    auto bytes = draft_.load_event(position);
    if (!bytes) return std::move(bytes).error();
    events.push_back({position, std::move(*bytes)});
  }
  return events;
}

Status RocksStagedImport::scan(Position from, Position to, const Visitor& visit) const {
  TREDE_RETURN_IF_ERROR(log_.tables()->scan(from, std::min(to, draft_.written()), visit));
  for (Position position = std::max(from, draft_.written().next());
       position <= std::min(to, last_position()); position = position.next()) {
    const auto stored = draft_.load_event(position);
    if (!stored) return stored.error();
    TREDE_RETURN_IF_ERROR(visit(position, *stored));
  }
  return {};
}

}  // namespace trede
