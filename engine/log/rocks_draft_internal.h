// What the log will hold next: judges appends one by one against the tables and what is pending,
// gives them their place, and has them written in one batch, while it goes on drafting. The log
// drafts a group of callers' appends; a staged import drafts beyond the head.
#pragma once

#include <future>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/event/event.h"
#include "engine/log/id_filter.h"
#include "engine/log/pending.h"
#include "engine/log/rocks_tail_internal.h"
#include "engine/log/stream_heads.h"

namespace trede {

// When and by what an append is recorded.
struct Stamp {
  Moment now{};                   // of the clock
  std::optional<Moment> adopted;  // instead of `now`; judged by who adopts it
  std::optional<ImportId> import;
  std::span<const Moment> each = {};  // instead of `adopted`, one for each event
};

// Threads: one at a time, and beside it one that writes what was handed over; other threads may
// read the tables meanwhile.
class Draft {
 public:
  // `tables` and `heads` must outlive it. What `heads` holds must be as in the tables; the draft
  // keeps it as it drafts, so it is of no use any more when a write failed.
  Draft(const LogTables& tables, StreamHeads& heads, Tail tail);

  // From now on remembers, in two bytes an event, which ids it drafted. Where the tables held
  // nothing before, no look into them is needed to say that an id is new. Requires: nothing
  // drafted.
  void remember_ids();

  // Judges one append and drafts it when it is good. Errors: as EventStore::append, but kIo leaves
  // everything as it was.
  Result<Appended> add(std::span<const StreamAppend> streams, const Stamp& stamp);

  // Drafts an event as it is stored elsewhere; `now` is of the clock. Errors: as
  // StagedImport::adopt.
  Status adopt(std::string_view stored, Moment now);
  // Errors: kInvalid when the last append adopted is not there as a whole.
  Status check_whole() const;

  using Publish = TailWriter::Publish;
  // Writes what is pending: it is on disk on return. Errors: kIo, also of a write that was begun
  // before; the draft and what it stands on are of no use afterwards.
  Status write(Publish publish);
  // Takes what is pending for the next write, which is not to be settled: what it writes is found
  // as before. Requires: what was handed over before is written.
  void hand_over();
  bool has_handed_over() const { return !in_flight_.empty(); }
  // The last version of `stream` in what was handed over last, also when that is written; absent
  // when none is.
  std::optional<StreamVersion> handed_over_version_of(const StreamId& stream) const {
    return in_flight_.version_of(stream);
  }
  // Writes it; others may draft meanwhile. Errors: as write.
  Status write_handed_over(Publish publish);
  // Begins to write what is pending, without publishing it, in a thread of its own, when the write
  // begun before is done. What is being written is found as before. Errors: as write.
  Status begin_write();
  // Waits for the write that was begun, if one was. Errors: as write.
  Status settle();

  bool empty() const { return pending_.empty(); }
  const PendingEvents& pending() const { return pending_; }
  // About how much the next write adds to the write-ahead log.
  std::size_t batch_bytes() const;
  // Of the last event drafted.
  const Head& head() const { return head_; }
  // Requires: all that was drafted is written and settled.
  const Tail& tail() const { return writer_.tail(); }
  // Up to here the tables hold what was drafted, and nothing is being written beyond.
  Position written() const { return written_; }

  // Reads what is written and what is pending.
  Result<std::optional<Position>> find_id(const EventId& id) const;
  Result<std::string> load_event(Position position) const;
  Result<StreamVersion> version_of(const StreamId& stream);
  // Positions of versions [from, from + limit) of `stream`, as far as there are.
  Result<std::vector<Position>> positions_of(const StreamId& stream, StreamVersion from,
                                             std::size_t limit) const;

 private:
  Result<std::optional<Appended>> find_redelivered(std::span<const StreamAppend> streams);
  Status check_same(const NewEvent& event, Position position) const;
  Status check_versions(std::span<const StreamAppend> streams);
  Status check_continues(const pb::Event& event, Moment now);
  void put(const StreamId& stream, const EventId& id, const Envelope& envelope,
           std::string_view stored);

  void settle_written(PendingEvents& events);

  const LogTables& tables_;
  StreamHeads& heads_;
  TailWriter writer_;
  Head head_;
  Position written_;
  PendingEvents pending_;
  PendingEvents in_flight_;       // being written; they stand before `pending_`
  Head in_flight_head_;           // of the last of them
  std::uint32_t adopted_ = 0;     // events adopted of an append that is not whole yet
  std::uint32_t adopted_of_ = 0;  // how many that append has
  std::string stored_;            // scratch
  std::optional<IdFilter> drafted_ids_;
  bool began_empty_ = false;     // and `drafted_ids_` knows of all ids since
  std::future<Status> writing_;  // the last member: it waits for the thread that uses the others
};

}  // namespace trede
