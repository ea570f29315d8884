// One opened RocksDB with its column families: the choices that hold for every database of a data
// folder, and the translation of its errors.
#pragma once

#include <rocksdb/db.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/distribution.h"
#include "engine/base/result.h"
#include "engine/log/figures.h"

namespace trede {

enum class Access {
  kCreate,  // a new database
  kWrite,   // the one writer
  kRead,    // what is there at this moment, as strictly as kWrite reads it; writes nothing
};

struct Family {
  std::string name;
  rocksdb::ColumnFamilyOptions options;
};

struct RocksOptions {
  Access access = Access::kWrite;
  std::vector<Family> families;              // the first is "default"
  std::uint64_t wal_limit_bytes = 32 << 20;  // bounds what a start after a crash has to read
  rocksdb::Env* env = nullptr;               // null = the system's
  // Sets room aside ahead of the write-ahead log. Each write must be synced before the next.
  bool room_ahead = false;
  bool one_writer = false;  // one thread at a time writes: memtables need no care for more
};

// One of the files in which a database keeps its rows, as its list of files describes it.
struct TableFile {
  std::uint64_t number;  // a file that is made later has a higher one
  std::filesystem::path path;
  std::string checksum;  // CRC-32C of the whole, as RocksDB writes it
};

// Owner: one table layer. Threads: any.
class RocksDb {
 public:
  // Errors: kCorrupt, kIo; one line that names `path`.
  static Result<std::unique_ptr<RocksDb>> open(const std::filesystem::path& path,
                                               const RocksOptions& options);
  ~RocksDb();
  RocksDb(const RocksDb&) = delete;
  RocksDb& operator=(const RocksDb&) = delete;

  rocksdb::DB* operator->() const { return db_.get(); }
  rocksdb::DB& get() const { return *db_; }
  rocksdb::ColumnFamilyHandle* family(std::size_t index) const { return families_[index]; }
  const std::filesystem::path& path() const { return path_; }

  // How many keys of `family` there are, from what each file says of itself. Exact as long as no
  // key is written over and what is deleted is deleted once (SingleDelete) and stands in a file.
  Result<std::uint64_t> count_by_files(std::size_t family) const;
  // The same, by going over all of them.
  Result<std::uint64_t> count_by_keys(std::size_t family) const;
  // Whether `family` holds exactly `expected` keys: looks at the files first, at the keys when that
  // does not settle it.
  Result<bool> holds(std::size_t family, std::uint64_t expected) const;

  // What is wrong with its files, one line each: every byte of the table files against their
  // checksums, and check_identity.
  std::vector<std::string> verify_files() const;
  // Whether the file IDENTITY holds the name that RocksDB gave the database. Errors: kCorrupt.
  Status check_identity() const;
  // Those it has now, in order of their numbers.
  std::vector<TableFile> table_files() const;

  // Writes everything to table files when more than `entries` of any family are in memory only, so
  // that the next start has little to read; `flush` in any case. Errors (both): kIo.
  Status flush_beyond(std::uint64_t entries);

  Status flush();

  // How many deletions stand in the table files of `family`. Errors: kIo, kCorrupt.
  Result<std::uint64_t> deletions(std::size_t family) const;
  // Writes the table files of `family` that hold keys in [first, end) (an empty one is no bound)
  // anew, without what is deleted there. Errors: kIo, kCorrupt.
  Status write_anew(std::size_t family, std::string_view first, std::string_view end);
  bool has_room_to_write_anew(std::size_t family) const;
  // What the write-ahead logs take on the disk.
  std::uint64_t write_ahead_bytes() const;

  DatabaseFigures figures() const;
  // How long syncs of the write-ahead log took. Null without room ahead.
  const Distribution* sync_seconds() const { return sync_seconds_.get(); }

  // Closes the database; the handles are gone afterwards. Errors: kIo.
  Status close();

 private:
  RocksDb() = default;
  std::filesystem::path path_;
  std::shared_ptr<Distribution> sync_seconds_;
  std::unique_ptr<rocksdb::Env> env_;  // with room ahead
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

// What the cache that all databases of this room share takes.
std::uint64_t block_cache_bytes();

// `what` names what was done, and where. Requires: !status.ok().
Error rocks_error(const rocksdb::Status& status, std::string_view what);

inline rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

// For tables of keys that are looked up one by one: a filter answers "not there" without a read.
rocksdb::ColumnFamilyOptions point_lookup_family();
// For tables that grow at the end and are read in order.
rocksdb::ColumnFamilyOptions growing_family();

}  // namespace trede
