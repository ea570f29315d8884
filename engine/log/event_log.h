// The event log: the one ordered, append-only truth. An interface, so that a replicated engine can
// stand behind it; a data folder (data_folder.h) holds the embedded form on RocksDB.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>

#include "engine/ledger/proof.h"
#include "engine/log/epoch.h"
#include "engine/log/event_store.h"

namespace trede {

// The log as it stands: its last position and the RFC 6962 tree head over events 1..position.
struct LogHead {
  Position position;
  Moment vastgelegd_op{};  // of the event at `position`
  Hash root{};             // SHA-256 of the empty string when the log is empty
};

// Follows the log: everything after a position, then live, without gap or duplicate between the
// two. Owner: the reader that asked for it; must not outlive the log. Threads: one.
class Follower {
 public:
  virtual ~Follower() = default;
  // The next events, 1..limit of them in order; waits for the first until `stop` is requested or
  // `patience` is over, then returns none.
  virtual Result<std::vector<StoredEvent>> next(std::size_t limit,
                                                std::chrono::milliseconds patience,
                                                const std::stop_token& stop) = 0;
};

// Events staged beyond the head of the log, seen by nobody else until `commit` moves the head once.
// While it exists every other append waits. Destroyed without commit, or after a crash at any
// moment, the log is as it was. Owner: the importer; must not outlive the log. Threads: one.
class StagedImport : public EventStore {
 public:
  // Appends an event of an exported log, its stored bytes as they are: it must continue this log's
  // positions, moments and the version of its stream. Loads a lossless export.
  // Errors: kInvalid  it does not continue this log, or its id is there already.
  virtual Status adopt(std::string_view stored) = 0;
  // Publishes everything appended here. Durable on return. Errors: as append; afterwards unusable.
  virtual Status commit() = 0;
};

struct ImportOptions {
  ImportId id;
  bool as_recorded = false;  // adopts recording moments; needs an empty log
  // Judges and reads back, but never writes and cannot be committed. All of it stays in memory: the
  // stored bytes of each event and about 150 bytes beside them.
  bool dry_run = false;
  // More than this is written ahead of the commit, while the next events are judged. Large enough
  // for a sync not to matter, small enough to stay in a processor's cache.
  std::size_t held_bytes = 4 << 20;
};

// As a HashTree it is the tree over all its events: leaf i is the event at position i + 1.
class EventLog : public EventStore, public HashTree {
 public:
  // Which log this is: given at creation, the same in every copy of it.
  virtual Uuid identity() const = 0;
  virtual Result<LogHead> head() const = 0;
  // The epochs after the first, in order: empty unless this log was put back from a backup.
  // Errors: kCorrupt, kIo.
  virtual Result<std::vector<Epoch>> epochs() const { return std::vector<Epoch>(); }

  // The last position recorded at or before `moment`, settled (see `settle`). Position{0} when
  // there is none; the last when the moment lies in the future.
  virtual Result<Position> position_at(Moment moment) const = 0;
  // `position`, or when it lies inside an atomic append the last position before that append.
  // Errors: kInvalid beyond the last position.
  virtual Result<Position> settle(Position position) const = 0;

  // The RFC 6962 tree head over events 1..position, whether or not one lies inside an append.
  // Errors: kInvalid beyond the last position.
  virtual Result<Hash> root_at(Position position) const = 0;

  // Follows from the event after `after`. Errors: kInvalid beyond the last position.
  virtual Result<std::unique_ptr<Follower>> follow(Position after) = 0;

  // Errors: kInvalid  as_recorded and the log is not empty.
  virtual Result<std::unique_ptr<StagedImport>> begin_import(const ImportOptions& options) = 0;
};

}  // namespace trede
