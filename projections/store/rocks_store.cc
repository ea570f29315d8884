#include <rocksdb/merge_operator.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "engine/ledger/merkle.h"
#include "projections/store/rocks_store_internal.h"

namespace trede {

namespace {

constexpr std::size_t kMemtableBytes = 32 << 20;
constexpr char kCurrentKey[] = "current";  // in the default family: the generation's family

// RocksDB's own log would grow beside the data; what matters comes as a Status.
class SilentLogger final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// Puts what is written to a key behind what stands there.
class AppendOperator final : public rocksdb::MergeOperator {
 public:
  const char* Name() const override { return "trede.append"; }
  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    out->new_value.clear();
    if (in.existing_value != nullptr) append(*in.existing_value, out->new_value);
    for (const rocksdb::Slice& operand : in.operand_list) append(operand, out->new_value);
    return true;
  }
  bool PartialMergeMulti(const rocksdb::Slice&, const std::deque<rocksdb::Slice>& operands,
                         std::string* out, rocksdb::Logger*) const override {
    out->clear();
    for (const rocksdb::Slice& operand : operands) append(operand, *out);
    return true;
  }

 private:
  static void append(const rocksdb::Slice& bytes, std::string& out) {
    out.append(bytes.data(), bytes.size());
  }
};

rocksdb::DBOptions database_options(bool writable) {
  rocksdb::DBOptions options;
  options.create_if_missing = writable;
  options.info_log = std::make_shared<SilentLogger>();
  options.paranoid_checks = true;
  // What is lost at the end is projected again; everything before it is whole.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.max_open_files = -1;  // a reader keeps the files that the writer deletes meanwhile
  options.max_total_wal_size = 64 << 20;
  options.skip_stats_update_on_db_open = true;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.max_background_jobs = 2;
  return options;
}

// Whether there is a database in `path`. Errors: kIo when that cannot be seen.
Result<bool> is_there(const std::filesystem::path& path) {
  std::error_code error;
  const auto folder = std::filesystem::status(path, error);
  if (folder.type() == std::filesystem::file_type::not_found) return false;
  if (!error && !std::filesystem::is_directory(folder)) {
    return Error{ErrorCode::kIo, path.string() + ": is not a folder"};
  }
  const bool there = !error && std::filesystem::exists(path / "CURRENT", error);
  if (error) return Error{ErrorCode::kIo, path.string() + ": " + error.message()};
  return there;
}

// An opened database with the handles of its families by name.
struct Opened {
  std::shared_ptr<ProjectionDb> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
};

rocksdb::Status open_database(const std::filesystem::path& path, bool writable, Opened& out) {
  const rocksdb::DBOptions options = database_options(writable);
  std::vector<std::string> names;
  const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(options, path, &names);
  if (!listed.ok()) {
    const auto there = is_there(path);
    if (!writable || !there || *there) return listed;
    names = {rocksdb::kDefaultColumnFamilyName};
  }
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const std::string& name : names) descriptors.emplace_back(name, projection_family());
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      writable ? rocksdb::DB::Open(options, path, descriptors, &out.families, &db)
               : rocksdb::DB::OpenForReadOnly(options, path, descriptors, &out.families, &db);
  if (status.ok()) out.db = std::make_shared<ProjectionDb>(db, writable);
  return status;
}

class RocksStore final : public ProjectionStore {
 public:
  RocksStore(StoreOptions options, Opened opened)
      : options_(std::move(options)), db_(std::move(opened.db)) {
    for (rocksdb::ColumnFamilyHandle* family : opened.families) {
      if (family->GetName() == rocksdb::kDefaultColumnFamilyName) {
        (*db_)->DestroyColumnFamilyHandle(family);  // the database has one of its own
      } else {
        generations_.push_back(
            std::make_shared<RocksGeneration>(db_, family, options_.log_identity));
      }
    }
  }

  // Finds the current generation. Returns: false when there is none of ours.
  Result<bool> load() {
    std::string name;
    const rocksdb::Status found =
        (*db_)->Get({}, (*db_)->DefaultColumnFamily(), kCurrentKey, &name);
    if (found.IsNotFound()) return false;
    if (!found.ok()) return store_error(found, "reading the projections");
    for (const auto& generation : generations_) {
      if (generation->family_name() != name) continue;
      const auto ours = generation->load_head();
      if (!ours || !*ours) return ours;
      current_ = generation;
      return true;
    }
    return Error{ErrorCode::kCorrupt, "projections: the current generation is not there"};
  }

  // Drops every generation but the current one.
  Status drop_others() {
    for (auto& generation : std::exchange(generations_, {})) {
      if (generation == current_) {
        generations_.push_back(std::move(generation));
        continue;
      }
      const rocksdb::Status dropped = (*db_)->DropColumnFamily(generation->family());
      if (!dropped.ok()) return store_error(dropped, "dropping a generation");
    }
    return {};
  }

  // Makes an empty first generation.
  Status make_first() {
    const auto generation = begin_generation();
    if (!generation) return std::unexpected(generation.error());
    TREDE_RETURN_IF_ERROR((*generation)->write({}, {}, Dictionary(), {}));
    return take_over(*generation);
  }

  std::shared_ptr<StoredGeneration> current() const override { return current_; }

  Result<std::shared_ptr<StoredGeneration>> begin_generation() override {
    std::uint64_t number = 1;
    for (const auto& generation : generations_) number = std::max(number, generation->number() + 1);
    TREDE_RETURN_IF_ERROR(drop_others());
    rocksdb::ColumnFamilyHandle* family = nullptr;
    const rocksdb::Status made =
        (*db_)->CreateColumnFamily(projection_family(), family_name(number), &family);
    if (!made.ok()) return store_error(made, "making a generation");
    generations_.push_back(std::make_shared<RocksGeneration>(db_, family, options_.log_identity));
    return std::shared_ptr<StoredGeneration>(generations_.back());
  }

  Status take_over(const std::shared_ptr<StoredGeneration>& generation) override {
    rocksdb::WriteOptions options;
    options.sync = true;
    const rocksdb::Status put = (*db_)->Put(options, (*db_)->DefaultColumnFamily(), kCurrentKey,
                                            family_name(generation->number()));
    if (!put.ok()) return store_error(put, "switching generations");
    current_ = generation;
    return drop_others();
  }

  Status verify_checksums() const override {
    const rocksdb::Status status = (*db_)->VerifyChecksum();
    if (status.ok()) return {};
    return store_error(status, "reading the projections");
  }

 private:
  StoreOptions options_;
  std::shared_ptr<ProjectionDb> db_;
  std::vector<std::shared_ptr<RocksGeneration>> generations_;
  std::shared_ptr<StoredGeneration> current_;
};

// Errors that making the store anew would not mend.
std::optional<ErrorCode> trouble_of_the_disk(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  const bool lock = text.find("/LOCK") != std::string::npos;
  if (status.IsIOError() && lock) return ErrorCode::kLocked;
  const bool denied = text.find("ermission denied") != std::string::npos;
  if (denied || status.IsNoSpace()) return ErrorCode::kIo;
  return std::nullopt;
}

Result<std::unique_ptr<RocksStore>> open_existing(const StoreOptions& options) {
  const auto there = is_there(options.path);
  if (!there) {
    return Error{there.error().code, there.error().message +
                                         "; it should be the folder of the projections, which are "
                                         "made anew when it is removed"};
  }
  std::error_code error;
  std::filesystem::create_directories(options.path, error);
  if (error) return Error{ErrorCode::kIo, options.path.string() + ": " + error.message()};
  Opened opened;
  const rocksdb::Status status = open_database(options.path, true, opened);
  if (!status.ok()) {
    Error failed = store_error(status, options.path.string());
    failed.code = trouble_of_the_disk(status).value_or(ErrorCode::kCorrupt);
    return failed;
  }
  auto store = std::make_unique<RocksStore>(options, std::move(opened));
  const auto ours = store->load();
  if (!ours) return std::unexpected(ours.error());
  if (*ours) {
    TREDE_RETURN_IF_ERROR(store->drop_others());
  } else {
    TREDE_RETURN_IF_ERROR(store->make_first());
  }
  return store;
}

}  // namespace

std::string family_name(std::uint64_t generation) { return "g" + std::to_string(generation); }

rocksdb::ColumnFamilyOptions projection_family() {
  rocksdb::ColumnFamilyOptions options;
  options.merge_operator = std::make_shared<AppendOperator>();
  options.write_buffer_size = kMemtableBytes;
  options.compression = rocksdb::kLZ4Compression;
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

Error store_error(const rocksdb::Status& status, std::string_view what) {
  std::string message = std::string(what) + ": " + status.ToString();
  std::ranges::replace(message, '\n', ' ');
  return {status.IsCorruption() ? ErrorCode::kCorrupt : ErrorCode::kIo, std::move(message)};
}

Hash definition_hash() {
  static const Hash kHash = leaf_hash(std::to_string(kDefinition) + "\n" + schema_text());
  return kHash;
}

Result<std::unique_ptr<ProjectionStore>> ProjectionStore::open_write(const StoreOptions& options) {
  auto store = open_existing(options);
  if (!store && store.error().code == ErrorCode::kCorrupt) {
    std::error_code error;
    std::filesystem::remove_all(options.path, error);
    if (error) return Error{ErrorCode::kIo, options.path.string() + ": " + error.message()};
    store = open_existing(options);
  }
  if (!store) return std::unexpected(std::move(store).error());
  return std::unique_ptr<ProjectionStore>(std::move(*store));
}

Result<std::unique_ptr<ProjectionStore>> ProjectionStore::open_read(const StoreOptions& options) {
  const auto there = is_there(options.path);
  if (!there) return Error{there.error().code, "cannot be read: " + there.error().message};
  if (!*there) return Error{ErrorCode::kNotFound, "there are no projections"};
  Opened opened;
  const rocksdb::Status status = open_database(options.path, false, opened);
  if (!status.ok()) return store_error(status, "cannot be read: " + options.path.string());
  auto store = std::make_unique<RocksStore>(options, std::move(opened));
  const auto ours = store->load();
  if (!ours) return std::unexpected(ours.error());
  if (!*ours) return Error{ErrorCode::kNotFound, "the projections are of another definition"};
  return std::unique_ptr<ProjectionStore>(std::move(store));
}

}  // namespace trede
