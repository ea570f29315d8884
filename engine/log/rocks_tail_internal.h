// The end of the log, and writing on from there: hashes events into the tree and puts them, their
// indexes and the tree into the tables in one batch.
#pragma once

#include <rocksdb/write_batch.h>

#include <utility>
#include <vector>

#include "engine/log/layout.h"
#include "engine/log/pending.h"
#include "engine/log/rocks_tables_internal.h"

namespace trede {

// The end of the log, as far as going on needs it.
struct Tail {
  Head head;
  MerkleFrontier frontier;
  std::vector<Hash> leaves;  // after the last complete subtree of height kTreeStep
};

// Requires: tables of any access; position <= their head.
Result<Tail> load_tail(const LogTables& tables, const Head& head);

// Threads: one at a time; others may read the tables and the events meanwhile.
class TailWriter {
 public:
  // `tables` must outlive it.
  TailWriter(const LogTables& tables, Tail tail) : tables_(tables), tail_(std::move(tail)) {}

  enum class Publish { kNot, kAll };  // moves the head to the last event written
  // Writes `events`, which go on where the tail stands; `head` is their last one. They are on disk
  // on return. Every write is, also one that nobody is told of: what a crash tears is then one
  // write, the last (wal_end.h).
  // Errors: kIo; of no use afterwards.
  Status write(const PendingEvents& events, const Head& head, Publish publish);

  const Tail& tail() const { return tail_; }

 private:
  void put_events(const PendingEvents& events);
  void put_indexes(const PendingEvents& events);
  void push_leaf(std::string_view stored);

  const LogTables& tables_;
  Tail tail_;
  rocksdb::WriteBatch batch_;
  std::vector<Subtree> completed_;                       // scratch
  std::vector<std::pair<StreamKey, Position>> streams_;  // scratch
  std::vector<std::pair<EventId, Position>> ids_;        // scratch
};

}  // namespace trede
