// What the log will hold next: judges appends one by one against the tables and what is pending,
// gives them their place, and writes them in one batch. The sequencer drafts a group of callers'
// appends; a staged import drafts beyond the head.
#pragma once

#include <rocksdb/write_batch.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/event/event.h"
#include "engine/log/pending.h"
#include "engine/log/rocks_tables_internal.h"
#include "engine/log/stream_heads.h"

namespace trede {

// The end of the log, as far as going on needs it.
struct Tail {
  Head head;
  MerkleFrontier frontier;
  std::vector<Hash> leaves;  // after the last complete subtree of height kTreeStep
};

// Requires: tables of any access; position <= their head.
Result<Tail> load_tail(const LogTables& tables, const Head& head);

// When and by what an append is recorded.
struct Stamp {
  Moment now{};                   // of the clock
  std::optional<Moment> adopted;  // instead of `now`; judged by who adopts it
  std::optional<ImportId> import;
  std::span<const Moment> each = {};  // instead of `adopted`, one for each event
};

// Threads: one at a time; other threads may read the tables meanwhile.
class Draft {
 public:
  // `tables` and `heads` must outlive it; `heads` must hold what the tables hold.
  Draft(const LogTables& tables, StreamHeads& heads, Tail tail);

  // Judges one append and drafts it when it is good. Errors: as EventStore::append, but kIo leaves
  // everything as it was.
  Result<Appended> add(std::span<const StreamAppend> streams, const Stamp& stamp);

  // Drafts an event as it is stored elsewhere; `now` is of the clock. Errors: as
  // StagedImport::adopt.
  Status adopt(std::string_view stored, Moment now);
  // Errors: kInvalid when the last append adopted is not there as a whole.
  Status check_whole() const;

  enum class Publish { kNot, kAll };  // moves the head to the last event drafted
  // Writes what is pending, which is on disk on return. Every write is, also one that nobody is
  // told of: what a crash tears is then one write, the last (wal_end.h). Errors: kIo; the draft and
  // what it stands on are of no use afterwards.
  Status write(Publish publish);

  // Of what was drafted nothing will be written; it can still be read. Not followed by `write`.
  void forget_batch() { batch_.Clear(); }

  bool empty() const { return pending_.empty(); }
  const PendingEvents& pending() const { return pending_; }
  // How much the next write adds to the write-ahead log.
  std::size_t batch_bytes() const { return batch_.GetDataSize(); }
  const Tail& tail() const { return tail_; }
  // Up to here the tables hold what was drafted.
  Position written() const { return written_; }

  // Reads what is written and what is pending.
  Result<std::optional<Position>> find_id(const EventId& id) const;
  Result<std::string> load_event(Position position) const;
  Result<StreamVersion> version_of(const StreamId& stream);

 private:
  Result<std::optional<Appended>> find_redelivered(std::span<const StreamAppend> streams);
  Status check_same(const NewEvent& event, Position position) const;
  Status check_versions(std::span<const StreamAppend> streams);
  Status check_continues(const pb::Event& event, Moment now);
  void put(const StreamId& stream, const EventId& id, const Envelope& envelope,
           std::string_view stored);

  const LogTables& tables_;
  StreamHeads& heads_;
  Tail tail_;
  Position written_;
  PendingEvents pending_;
  rocksdb::WriteBatch batch_;
  std::uint32_t adopted_ = 0;       // events adopted of an append that is not whole yet
  std::uint32_t adopted_of_ = 0;    // how many that append has
  std::string stored_;              // scratch
  std::vector<Subtree> completed_;  // scratch
};

}  // namespace trede
