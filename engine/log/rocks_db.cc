#include <rocksdb/cache.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>

#include "engine/log/files.h"
#include "engine/log/rocks_db_internal.h"
#include "engine/log/room_ahead_internal.h"

namespace trede {

namespace {

constexpr std::size_t kBlockCacheBytes = 64 << 20;  // shared by all databases of the process
constexpr std::size_t kMemtableBytes = 64 << 20;
constexpr double kFilterBitsPerKey = 10;
constexpr std::uint64_t kRoomLeft = 64 << 20;  // on the disk, while table files are written anew

// From a disk that keeps a write in memory of its own to one that is in trouble.
constexpr std::initializer_list<double> kSyncSeconds = {0.00005, 0.0001, 0.00025, 0.0005, 0.001,
                                                        0.0025,  0.005,  0.01,    0.025,  0.05,
                                                        0.1,     0.25,   0.5,     1,      2.5};

// RocksDB's own log would name keys and grow beside the data; what matters comes as a Status.
class SilentLogger final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

const std::shared_ptr<rocksdb::Cache>& block_cache() {
  static const std::shared_ptr<rocksdb::Cache> kCache = rocksdb::NewLRUCache(kBlockCacheBytes);
  return kCache;
}

rocksdb::BlockBasedTableOptions table_options() {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = block_cache();
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  return table;
}

rocksdb::DBOptions database_options(const RocksOptions& asked) {
  rocksdb::DBOptions options;
  if (asked.env != nullptr) options.env = asked.env;
  options.create_if_missing = asked.access == Access::kCreate;
  options.create_missing_column_families = asked.access == Access::kCreate;
  options.error_if_exists = asked.access == Access::kCreate;
  options.info_log = std::make_shared<SilentLogger>();
  options.paranoid_checks = true;
  // Refuses damage in the middle of the write-ahead log, accepts a last record that was torn off.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.max_total_wal_size = asked.wal_limit_bytes;
  options.max_open_files = -1;  // a reader keeps the files that a writer deletes
  // A checksum of each whole table file, so that verify sees every byte of it.
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  options.write_dbid_to_manifest = true;        // so that the file IDENTITY can be checked
  options.skip_stats_update_on_db_open = true;  // would read every file at every start
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  // Files set aside beyond what is written would count as full on a small disk.
  options.allow_fallocate = false;
  options.max_background_jobs = 2;
  options.allow_concurrent_memtable_write = !asked.one_writer;
  return options;
}

// RocksDB writes its options at every start and never reads them again. A file that nothing reads
// could not be checked either.
void remove_option_files(const std::filesystem::path& path) {
  std::error_code ignored;
  std::filesystem::directory_iterator it(path, ignored);
  for (; it != std::filesystem::directory_iterator(); it.increment(ignored)) {
    if (it->path().filename().string().starts_with("OPTIONS-")) {
      std::error_code also_ignored;
      std::filesystem::remove(it->path(), also_ignored);
    }
  }
}

}  // namespace

std::uint64_t block_cache_bytes() { return block_cache()->GetUsage(); }

rocksdb::ColumnFamilyOptions growing_family() {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = kMemtableBytes;
  options.compression = rocksdb::kLZ4Compression;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options()));
  return options;
}

rocksdb::ColumnFamilyOptions point_lookup_family() {
  rocksdb::ColumnFamilyOptions options = growing_family();
  rocksdb::BlockBasedTableOptions table = table_options();
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kFilterBitsPerKey));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = 0.02;
  return options;
}

Error rocks_error(const rocksdb::Status& status, std::string_view what) {
  std::string message = std::string(what) + ": " + status.ToString();
  std::replace(message.begin(), message.end(), '\n', ' ');
  // A file that is not there is one that must be: whether it may be gone is the reader's to judge.
  if (status.IsCorruption() || status.IsPathNotFound())
    return {ErrorCode::kCorrupt, std::move(message)};
  return {ErrorCode::kIo, std::move(message)};
}

Result<std::unique_ptr<RocksDb>> RocksDb::open(const std::filesystem::path& path,
                                               const RocksOptions& options) {
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const Family& family : options.families) {
    descriptors.emplace_back(family.name, family.options);
  }
  std::unique_ptr<RocksDb> opened(new RocksDb);
  opened->path_ = path;
  rocksdb::DB* db = nullptr;
  rocksdb::Status status;
  rocksdb::DBOptions asked = database_options(options);
  if (options.room_ahead) {
    opened->sync_seconds_ = std::make_shared<Distribution>(kSyncSeconds);
    opened->env_ = with_room_ahead(*asked.env, opened->sync_seconds_);
    asked.env = opened->env_.get();
  }
  switch (options.access) {
    case Access::kCreate:
    case Access::kWrite:
      status = rocksdb::DB::Open(asked, path, descriptors, &opened->families_, &db);
      break;
    case Access::kRead:
      status = rocksdb::DB::OpenForReadOnly(asked, path, descriptors, &opened->families_, &db);
      break;
  }
  opened->db_.reset(db);
  if (!status.ok()) return rocks_error(status, path.string());
  if (options.access != Access::kRead) remove_option_files(path);
  return opened;
}

Result<std::uint64_t> RocksDb::count_by_files(std::size_t family) const {
  rocksdb::TablePropertiesCollection tables;
  const auto status = db_->GetPropertiesOfAllTables(families_[family], &tables);
  if (!status.ok()) return rocks_error(status, path_.string());
  std::uint64_t count = 0;
  for (const auto& [name, table] : tables) {
    count += table->num_entries - 2 * table->num_deletions;  // it, and what it deletes
  }
  for (const char* property :
       {"rocksdb.num-entries-active-mem-table", "rocksdb.num-entries-imm-mem-tables"}) {
    std::uint64_t entries = 0;
    if (!db_->GetIntProperty(families_[family], property, &entries)) {
      return Error{ErrorCode::kIo, path_.string() + ": RocksDB does not tell " + property};
    }
    count += entries;
  }
  return count;
}

Result<std::uint64_t> RocksDb::count_by_keys(std::size_t family) const {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, families_[family]));
  std::uint64_t count = 0;
  for (it->SeekToFirst(); it->Valid(); it->Next()) ++count;
  if (!it->status().ok()) return rocks_error(it->status(), path_.string());
  return count;
}

Result<bool> RocksDb::holds(std::size_t family, std::uint64_t expected) const {
  const auto by_files = count_by_files(family);
  if (!by_files) return by_files.error();
  if (*by_files == expected) return true;
  const auto by_keys = count_by_keys(family);
  if (!by_keys) return by_keys.error();
  return *by_keys == expected;
}

std::vector<std::string> RocksDb::verify_files() const {
  std::vector<std::string> findings;
  const auto checksums = db_->VerifyFileChecksums({});
  if (!checksums.ok()) findings.push_back(rocks_error(checksums, path_.string()).message);
  if (const Status named = check_identity(); !named) findings.push_back(named.error().message);
  return findings;
}

Status RocksDb::check_identity() const {
  std::string known;
  const auto named = db_->GetDbIdentity(known);
  const auto file = read_file(path_ / "IDENTITY");
  if (named.ok() && file && *file == known) return {};
  return Error{ErrorCode::kCorrupt,
               (path_ / "IDENTITY").string() + " is not what RocksDB wrote there"};
}

std::vector<TableFile> RocksDb::table_files() const {
  std::vector<rocksdb::LiveFileMetaData> live;
  db_->GetLiveFilesMetaData(&live);
  std::vector<TableFile> files;
  for (const rocksdb::LiveFileMetaData& file : live) {
    files.push_back({file.file_number, path_ / file.relative_filename, file.file_checksum});
  }
  std::ranges::sort(files, {}, &TableFile::number);
  return files;
}

Status RocksDb::flush_beyond(std::uint64_t entries) {
  for (rocksdb::ColumnFamilyHandle* family : families_) {
    std::uint64_t waiting = 0;
    db_->GetIntProperty(family, "rocksdb.num-entries-active-mem-table", &waiting);
    if (waiting > entries) return flush();
  }
  return {};
}

Status RocksDb::flush() {
  const auto status = db_->Flush({}, families_);
  if (!status.ok()) return rocks_error(status, path_.string());
  return {};
}

Result<std::uint64_t> RocksDb::deletions(std::size_t family) const {
  rocksdb::TablePropertiesCollection tables;
  const auto status = db_->GetPropertiesOfAllTables(families_[family], &tables);
  if (!status.ok()) return rocks_error(status, path_.string());
  std::uint64_t count = 0;
  for (const auto& [name, table] : tables) count += table->num_deletions;
  return count;
}

Status RocksDb::write_anew(std::size_t family, std::string_view first, std::string_view end) {
  rocksdb::CompactRangeOptions options;
  // Also what lies in the last level already, but not twice.
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  const rocksdb::Slice from = slice(first);
  const rocksdb::Slice to = slice(end);
  const auto status = db_->CompactRange(options, families_[family], first.empty() ? nullptr : &from,
                                        end.empty() ? nullptr : &to);
  if (!status.ok()) return rocks_error(status, path_.string());
  return {};
}

bool RocksDb::has_room_to_write_anew(std::size_t family) const {
  std::uint64_t bytes = 0;
  db_->GetIntProperty(families_[family], "rocksdb.live-sst-files-size", &bytes);
  std::error_code error;
  const auto space = std::filesystem::space(path_, error);
  return !error && space.available > bytes + kRoomLeft;
}

std::uint64_t RocksDb::write_ahead_bytes() const { return write_ahead_bytes_in(path_); }

DatabaseFigures RocksDb::figures() const {
  return database_figures(path_, [this](const char* property) {
    std::uint64_t value = 0;
    db_->GetAggregatedIntProperty(property, &value);
    return value;
  });
}

Status RocksDb::close() {
  if (db_ == nullptr) return {};
  rocksdb::Status status;
  for (rocksdb::ColumnFamilyHandle* family : families_) {
    const rocksdb::Status destroyed = db_->DestroyColumnFamilyHandle(family);
    if (status.ok()) status = destroyed;
  }
  families_.clear();
  const rocksdb::Status closed = db_->Close();
  if (status.ok()) status = closed;
  db_.reset();
  if (!status.ok()) return rocks_error(status, path_.string());
  return {};
}

RocksDb::~RocksDb() {
  const Status ignored = close();  // nobody is left to tell
  static_cast<void>(ignored);
}

}  // namespace trede
