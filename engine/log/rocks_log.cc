#include <chrono>

#include "engine/log/rocks_log_internal.h"
#include "engine/log/staged_import_internal.h"

namespace trede {

namespace {

constexpr std::uint64_t kLeftForNextStart = 2000;  // events; reading them takes some milliseconds

Error adopts_no_moment() {
  return {ErrorCode::kInvalid,
          "a recording moment is adopted only by an import as recorded into an empty log"};
}

}  // namespace

struct RocksLog::AppendRequest : Sequencer::Request {
  explicit AppendRequest(std::span<const StreamAppend> appended) : streams(appended) {
    weight = 0;
    for (const StreamAppend& stream : streams) weight += stream.events.size();
  }

  std::span<const StreamAppend> streams;
  Result<Appended> answer{Appended{}};
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
};

// Deletes itself when it is answered.
struct RocksLog::PostedRequest : AppendRequest {
  PostedRequest(std::span<const StreamAppend> appended, AppendAnswer to_answer)
      : AppendRequest(appended), receiver(std::move(to_answer)) {
    on_written = [](Request& request) {
      const std::unique_ptr<PostedRequest> self(static_cast<PostedRequest*>(&request));
      self->receiver(std::move(self->answer));
    };
  }

  AppendAnswer receiver;
};

RocksLog::RocksLog(Parts parts, const Clock& clock)
    : TableLog(parts.identity, parts.tail.head.position),
      clock_(clock),
      tables_(std::move(parts.tables)),
      room_(tables_->db().path()),
      draft_(std::in_place, *tables_, heads_, parts.tail),
      shown_(parts.tail.head),
      frontier_(std::move(parts.tail.frontier)),
      sequencer_({.draft = [this](const Sequencer::Requests& arrived) { draft(arrived); },
                  .close = [this] { close_group(); },
                  .write = [this](const Sequencer::Requests& group) { write(group); }}) {
  AnchorKeeper::Hooks hooks{.acknowledged =
                                [this] {
                                  const std::lock_guard lock(mutex_);
                                  return frontier_;
                                },
                            .on_failure = [this](const Error& error) { refuse_writes(error); }};
  if (const Status looked = look_up_organisatie(); !looked) refuse_writes(looked.error());
  anchor_ = std::make_unique<AnchorKeeper>(std::move(parts.anchor), std::move(parts.anchored),
                                           std::move(hooks));
  anchor_->touch();
}

RocksLog::~RocksLog() {
  const Status ignored = close();  // nobody is left to tell
  static_cast<void>(ignored);
}

Result<Appended> RocksLog::append(std::span<const StreamAppend> streams,
                                  const AppendOptions& options) {
  if (options.vastgelegd_op) return adopts_no_moment();
  AppendRequest request(streams);
  sequencer_.submit(request);
  return std::move(request.answer);
}

void RocksLog::append_later(std::span<const StreamAppend> streams, const AppendOptions& options,
                            AppendAnswer answer) {
  if (options.vastgelegd_op) return answer(adopts_no_moment());
  sequencer_.post(*new PostedRequest(streams, std::move(answer)));
}

void RocksLog::draft(const Sequencer::Requests& arrived) {
  const Stamp stamp{.now = clock_.now(), .adopted = {}, .import = {}};
  const auto refused = refusal();
  const Status room = refused ? Status() : room_.check();
  for (Sequencer::Request* one : arrived) {
    auto& request = static_cast<AppendRequest&>(*one);
    if (refused) {
      request.answer = *refused;
    } else if (!room) {
      request.answer = room.error();
    } else {
      request.answer = draft_->add(request.streams, stamp);
    }
  }
}

// A draft that rests on a write that failed stays as it is.
void RocksLog::close_group() {
  if (!refuses_) draft_->hand_over();
}

void RocksLog::write(const Sequencer::Requests& group) {
  const Status written = write_closed();
  if (written) return count(group);
  // Whatever the answer is, it was found beside events that are not there now, unless they were
  // there before.
  for (Sequencer::Request* one : group) {
    auto& request = static_cast<AppendRequest&>(*one);
    if (!request.answer || request.answer->last > last_position()) request.answer = written.error();
  }
}

void RocksLog::count(const Sequencer::Requests& group) {
  const auto now = std::chrono::steady_clock::now();
  for (const Sequencer::Request* one : group) {
    const auto& request = static_cast<const AppendRequest&>(*one);
    const std::chrono::duration<double> took = now - request.begun;
    if (request.answer) counted_.append_seconds.add(took.count());
  }
}

LogFigures RocksLog::figures() const {
  const Distribution* const syncs = tables_->db().sync_seconds();
  const auto refused = refusal();
  return {.append_seconds = counted_.append_seconds.read(),
          .group_events = counted_.group_events.read(),
          .sync_seconds = syncs == nullptr ? DistributionCounts() : syncs->read(),
          .database = tables_->db().figures(),
          .block_cache_bytes = block_cache_bytes(),
          .refuses = refused ? refused->message : ""};
}

Status RocksLog::write_closed() {
  if (const auto refused = refusal()) return *refused;
  if (!draft_->has_handed_over()) return {};
  const Status written = draft_->write_handed_over(Draft::Publish::kAll);
  if (!written) {
    const Error error{ErrorCode::kIo, written.error().message};
    refuse_writes(error);
    return error;
  }
  counted_.group_events.add(
      static_cast<double>(draft_->tail().head.position.value - last_position().value));
  publish(draft_->tail());
  if (const auto version = draft_->handed_over_version_of(kOrganisatie)) {
    organisatie_version_ = version->value;
  }
  return {};
}

Result<StreamVersion> RocksLog::version_of(const StreamId& stream) const {
  if (stream != kOrganisatie) return TableLog::version_of(stream);
  return StreamVersion{organisatie_version_};
}

Status RocksLog::look_up_organisatie() {
  const auto version = TableLog::version_of(kOrganisatie);
  if (!version) return version.error();
  organisatie_version_ = version->value;
  return {};
}

void RocksLog::publish(const Tail& tail) {
  {
    const std::lock_guard lock(mutex_);
    shown_ = tail.head;
    frontier_ = tail.frontier;
    show(tail.head.position);
  }
  published_.notify_all();
  anchor_->touch();
}

void RocksLog::refuse_writes(const Error& error) {
  const std::lock_guard lock(mutex_);
  if (!failed_) failed_ = error;
  refuses_ = true;
}

std::optional<Error> RocksLog::refusal() const {
  if (!refuses_) return std::nullopt;
  const std::lock_guard lock(mutex_);
  return Error{ErrorCode::kClosed,
               "the log refuses writes until it is reopened, since: " + failed_->message};
}

Result<LogHead> RocksLog::head() const {
  const std::lock_guard lock(mutex_);
  return LogHead{shown_.position, shown_.vastgelegd_op, frontier_.root()};
}

Status RocksLog::wait_beyond(Position position, std::chrono::milliseconds patience,
                             const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  published_.wait_for(lock, stop, patience, [&] { return shown_.position > position; });
  return {};
}

Result<std::unique_ptr<StagedImport>> RocksLog::begin_import(const ImportOptions& options) {
  sequencer_.enter();
  std::optional<Error> refused = refusal();
  if (!refused && options.as_recorded && last_position().value != 0) {
    refused = Error{ErrorCode::kInvalid,
                    "recording moments can be adopted only by an empty log; this one holds " +
                        std::to_string(last_position().value) + " events"};
  }
  if (refused) {
    sequencer_.leave();
    return *refused;
  }
  return std::unique_ptr<StagedImport>(new RocksStagedImport(*this, options));
}

void RocksLog::end_import(const Draft& draft) {
  heads_ = StreamHeads();  // what it knew is not so any more
  draft_.emplace(*tables_, heads_, draft.tail());
  publish(draft.tail());
  if (const Status looked = look_up_organisatie(); !looked) refuse_writes(looked.error());
  sequencer_.leave();
}

void RocksLog::abandon_import(Draft& draft) {
  if (const Status settled = draft.settle(); !settled) refuse_writes(settled.error());
  if (draft.written() > last_position()) {
    const Status cut = tables_->cut_off(last_position());
    if (!cut) refuse_writes(cut.error());
  }
  sequencer_.leave();
}

Status RocksLog::close() {
  if (anchor_ == nullptr) return {};
  sequencer_.enter();
  const bool sound = !refusal();
  refuse_writes(Error{ErrorCode::kClosed, "it was closed"});
  Status flushed;
  if (sound) flushed = tables_->db().flush_beyond(kLeftForNextStart);
  sequencer_.leave();
  const Status anchored = anchor_->close();
  return flushed ? anchored : flushed;
}

}  // namespace trede
