// The tables of the log: events by position, the indexes of streams and ids, the tree of hashes and
// the head; and what is read from them up to a limit. What lies beyond the limit is staged by an
// import, or left over from one, and does not exist for the reader.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/ledger/merkle.h"
#include "engine/log/epoch.h"
#include "engine/log/event_store.h"
#include "engine/log/rocks_db_internal.h"
#include "proto/storage.pb.h"

namespace trede {

struct Head {
  Position position;
  Moment vastgelegd_op{};  // of the event at `position`
};

// As it stands under kHeadKey.
std::string encode_head(const Head& head);

// Threads: any.
class LogTables {
 public:
  struct Options {
    Access access = Access::kWrite;
    rocksdb::Env* env = nullptr;
  };
  static Result<std::unique_ptr<LogTables>> open(const std::filesystem::path& path,
                                                 const Options& options);

  RocksDb& db() const { return *db_; }
  // The column families, in the order in which they are opened.
  static constexpr std::size_t kMeta = 0;
  static constexpr std::size_t kEvents = 1;
  static constexpr std::size_t kStreams = 2;
  static constexpr std::size_t kIds = 3;
  static constexpr std::size_t kTree = 4;
  rocksdb::ColumnFamilyHandle* meta() const { return db_->family(kMeta); }
  rocksdb::ColumnFamilyHandle* events() const { return db_->family(kEvents); }
  rocksdb::ColumnFamilyHandle* streams() const { return db_->family(kStreams); }
  rocksdb::ColumnFamilyHandle* ids() const { return db_->family(kIds); }
  rocksdb::ColumnFamilyHandle* tree() const { return db_->family(kTree); }

  // Errors (all below): kCorrupt for what must be there and is not, or is not well formed;
  //                     kIo, kCorrupt when it cannot be read.
  Result<Uuid> load_identity() const;
  Result<Head> load_head() const;
  Result<std::vector<Epoch>> load_epochs() const;

  Result<std::optional<Position>> find_id(const EventId& id, Position limit,
                                          const rocksdb::ReadOptions& options = {}) const;
  // Requires: 1 <= position <= head.
  Result<std::string> load_event(Position position) const;
  // Where the event of `stream` with this version stands, if there is one.
  Result<std::optional<Position>> find_version(const StreamId& stream, StreamVersion version,
                                               Position limit,
                                               const rocksdb::ReadOptions& options = {}) const;
  Result<StreamVersion> version_of(const StreamId& stream, Position limit) const;
  // Positions of versions [from, from + count) as far as they lie at or before `limit`.
  Result<std::vector<Position>> positions_of(const StreamId& stream, StreamVersion from,
                                             std::size_t count, Position limit) const;
  // Events with from <= position <= to. Requires: to <= head.
  Status scan(Position from, Position to, const EventStore::Visitor& visit) const;
  // The frontier of the tree over events 1..size. Requires: size <= head.
  Result<MerkleFrontier> load_frontier(std::uint64_t size) const;
  // The root over events (index << height, (index + 1) << height]. Requires: those exist, <= head.
  Result<Hash> load_subtree(unsigned height, std::uint64_t index, Position head) const;

  // Checks that events stand at 1, 2, ... without a hole, and that the indexes hold as many entries
  // as there are events. Cheap: files say how much they hold.
  // Errors: kCorrupt when something is missing.
  Status check_counts() const;

  // Deletes all that stands beyond `head`, the last first, in batches, and writes the table files
  // that held it anew: what was cut off here or at an earlier try is in no file of ours any more,
  // and nothing has to be walked over in its place. Requires: kWrite; nobody writes meanwhile.
  Status cut_off(Position head) const;

 private:
  LogTables() = default;
  Status visit_subtrees(unsigned level, std::uint64_t index, std::uint64_t end,
                        const std::function<void(const Hash&)>& visit) const;
  Status hash_events(Position from, Position to, MerkleFrontier& frontier) const;
  Result<Hash> load_leaf_root(std::uint64_t first, std::uint64_t count, Position head) const;
  Status delete_beyond(Position head) const;
  Status cut_off_tree(Position head) const;
  Status forget_deleted(Position head) const;
  Status release_write_ahead_log() const;
  std::unique_ptr<RocksDb> db_;
};

// The events of one store between two of its states; the same for tables and what is pending.
Error missing_event(Position position);

}  // namespace trede
