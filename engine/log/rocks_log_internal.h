// The log of the one writer: appends through the sequencer, publishes what is on disk, keeps the
// anchor behind it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>

#include "engine/base/clock.h"
#include "engine/log/anchor_keeper.h"
#include "engine/log/figures.h"
#include "engine/log/rocks_draft_internal.h"
#include "engine/log/room_guard.h"
#include "engine/log/sequencer.h"
#include "engine/log/table_log_internal.h"

namespace trede {

// Owner: the data folder. Threads: any.
//
// Invariants
//  1. Only who drafts for the sequencer adds to `draft_`, only who writes for it writes to the
//     tables; who entered the sequencer may do both.
//  2. What may be seen (`last_position`) is on disk, and whole appends of it.
//  3. Nobody is answered before what his answer rests on is on disk, also what was drafted by
//  others
//     and is still being written.
//  4. After a write that failed nothing is written any more: its outcome is unknown. What was
//     drafted on top of it is refused.
class RocksLog final : public TableLog {
 public:
  struct Parts {
    std::unique_ptr<LogTables> tables;  // kWrite, nothing beyond the head
    Uuid identity;
    Tail tail;
    AnchorWriter anchor;
    AnchorState anchored;  // what `anchor` wrote last
  };
  // `clock` must outlive it.
  RocksLog(Parts parts, const Clock& clock);
  ~RocksLog() override;

  Result<Appended> append(std::span<const StreamAppend> streams,
                          const AppendOptions& options) override;
  void append_later(std::span<const StreamAppend> streams, const AppendOptions& options,
                    AppendAnswer answer) override;
  // Of the organisation's stream, which every recording asks about, without a look into the tables.
  Result<StreamVersion> version_of(const StreamId& stream) const override;
  Result<LogHead> head() const override;
  Result<std::unique_ptr<StagedImport>> begin_import(const ImportOptions& options) override;
  Status wait_beyond(Position position, std::chrono::milliseconds patience,
                     const std::stop_token& stop) override;

  std::shared_ptr<const LogTables> tables() const override { return tables_; }

  AnchorKeeper& anchor() { return *anchor_; }
  const Clock& clock() const { return clock_; }

  LogFigures figures() const;

  // For a staged import, which has the turn from begin_import on.
  const Tail& tail() const { return draft_->tail(); }
  Status check_room(std::uint64_t bytes) { return room_.check(bytes); }
  // Publishes what `draft` wrote with its head, gives the turn back.
  void end_import(const Draft& draft);
  // Removes what `draft` wrote beyond the head, gives the turn back.
  void abandon_import(Draft& draft);

  // Refuses writes from now on, with the reason.
  void refuse_writes(const Error& error);

  // Refuses writes from now on; writes the anchor. Errors: kIo.
  Status close();

 private:
  struct AppendRequest;
  struct PostedRequest;
  void draft(const Sequencer::Requests& arrived);
  void close_group();
  void write(const Sequencer::Requests& group);
  Status write_closed();
  void count(const Sequencer::Requests& group);
  void publish(const Tail& tail);
  Status look_up_organisatie();
  std::optional<Error> refusal() const;

  // Without a lock on the way of an append.
  struct Counted {
    Distribution append_seconds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};
    Distribution group_events{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192};
  };

  const Clock& clock_;
  Counted counted_;
  std::shared_ptr<LogTables> tables_;
  RoomGuard room_;
  StreamHeads heads_;
  std::optional<Draft> draft_;
  // As in the tables up to `last_position`, never ahead of it.
  std::atomic<std::uint64_t> organisatie_version_ = 0;

  mutable std::mutex mutex_;  // over what follows
  std::condition_variable_any published_;
  Head shown_;
  MerkleFrontier frontier_;
  std::optional<Error> failed_;
  std::atomic<bool> refuses_ = false;  // failed_ is set; read without the lock

  std::unique_ptr<AnchorKeeper> anchor_;
  Sequencer sequencer_;  // the last member: its writer uses the others until all is answered
};

}  // namespace trede
