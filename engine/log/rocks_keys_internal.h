// The key directory on a RocksDB of its own, so that forgetting a KEY never touches the log.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "engine/log/finding_list.h"
#include "engine/log/key_directory.h"
#include "engine/log/rocks_db_internal.h"
#include "engine/log/room_guard.h"
#include "engine/log/row_walk_internal.h"

namespace trede {

// What the keys of its rows begin with.
inline constexpr char kByKey = 'k';
inline constexpr char kByStream = 'u';

std::string key_row(StreamKind kind, std::string_view key);
std::string stream_row(const StreamId& stream);

// Owner: the data folder. Threads: any.
//
// Each entry stands twice, as "k" kind KEY -> UUID and as "u" kind UUID -> KEY, and a state of its
// own column family counts them; the three change in one write.
class RocksKeys final : public KeyDirectory {
 public:
  // Called after each change that is on disk, with the number of changes so far.
  using OnChange = std::function<Status(std::uint64_t changes)>;

  // What it must be of and hold.
  struct Expected {
    Uuid identity;                    // of the log
    std::uint64_t least_changes = 0;  // what the anchor knows of
    std::uint64_t epoch = 1;          // of the log
  };

  // Makes an empty one, of the log `identity` in this epoch. Errors: kIo.
  static Status create(const std::filesystem::path& path, const Uuid& identity,
                       std::uint64_t epoch);
  // Errors: kCorrupt  it is of another log; fewer changes are there than the anchor knows of, or
  //                   fewer entries than the state counts: KEYs are lost;  kIo.
  static Result<std::unique_ptr<RocksKeys>> open(const std::filesystem::path& path, Access access,
                                                 const Expected& expected, OnChange on_change);

  Result<std::optional<StreamId>> find_stream(StreamKind kind, std::string_view key) const override;
  Result<std::optional<std::string>> find_key(const StreamId& stream) const override;
  Status assign(std::span<const KeyEntry> entries) override;
  Status erase_all(std::span<const StreamId> streams) override;
  Status scan(const std::function<Status(const KeyEntry&)>& visit) const override;

  struct Counts {
    std::uint64_t changes = 0;  // since the folder was made
    std::uint64_t entries = 0;
  };
  // Errors: kCorrupt, kIo.
  Result<Counts> counts() const;
  // What is wrong with the entries, one line each: both ways there, and as many as counted.
  Result<std::vector<std::string>> verify() const;
  // The same a share at a time, beside changes: each goes over `limit` rows at most from `cursor`
  // on, and counts them. Rows by stream: whether the KEY of each leads back to it. Rows by KEY: no
  // more than their form, and their cursor names a KEY, which must not be kept anywhere.
  // Errors: kCorrupt, kIo when the rows cannot be read on; kClosed.
  Status check_by_stream(RowCursor& cursor, std::uint64_t limit, FindingList& findings) const;
  Status check_by_key(RowCursor& cursor, std::uint64_t limit, FindingList& findings) const;
  // What is wrong with its files, one line each. Waited for by who forgets a KEY.
  std::vector<std::string> verify_files() const;
  // Errors: kCorrupt, kClosed.
  Status check_identity() const;
  // None when it is closed.
  std::vector<TableFile> table_files() const;
  // Opens it again, to see what a writer has changed. Requires: kRead. Errors: as open.
  Status reload(std::uint64_t least_changes);
  // Refuses changes from now on.
  void refuse_writes();
  Status close();

 private:
  RocksKeys(std::filesystem::path path, Access access, const Expected& expected, OnChange on_change)
      : path_(std::move(path)),
        access_(access),
        identity_(expected.identity),
        epoch_(expected.epoch),
        on_change_(std::move(on_change)),
        room_(path_) {}

  struct State {
    Uuid identity;
    std::uint64_t changes = 0;
    std::uint64_t entries = 0;
    std::uint64_t epoch = 1;
  };
  Status check_writable();
  using Row = std::pair<std::string, std::string>;
  static constexpr std::size_t kEntries = 0;  // column families
  static constexpr std::size_t kStates = 1;

  Result<std::unique_ptr<RocksDb>> open_database() const;
  Status check(std::uint64_t least_changes) const;
  Result<State> load_state() const;
  static std::string encode(const State& state);
  Result<std::vector<Row>> page(char prefix, const std::string& after) const;
  Status scan_rows(char prefix, const std::function<Status(const Row&)>& visit) const;
  Result<std::optional<std::string>> get(std::string_view key,
                                         const rocksdb::ReadOptions& options = {}) const;
  Result<bool> is_new(const KeyEntry& entry) const;
  Status write(rocksdb::WriteBatch& batch, const State& state);
  Status forget_bytes();

  std::filesystem::path path_;
  Access access_;
  Uuid identity_;  // of the log
  std::uint64_t epoch_;
  OnChange on_change_;
  std::mutex write_mutex_;  // one change at a time
  RoomGuard room_;
  bool refuses_ = false;
  std::optional<Error> failed_;      // a change whose outcome is unknown
  mutable std::shared_mutex mutex_;  // held alone while the database is opened anew
  std::unique_ptr<RocksDb> db_;      // null when closed, or when opening it anew failed
};

}  // namespace trede
