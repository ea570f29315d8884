#include "engine/log/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

#include "engine/log/files.h"
#include "engine/log/folder_internal.h"
#include "engine/log/format_file.h"
#include "engine/log/layout.h"
#include "engine/log/open_check_internal.h"
#include "engine/log/reader_log_internal.h"
#include "engine/log/signing_key_file.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

// Stands in a folder that is being made until FORMAT does; what a crash leaves is told by it.
constexpr std::string_view kUnfinished = "FORMAT.new";

Error in_folder(const fs::path& folder, const Error& error) {
  if (error.message.starts_with(folder.string())) return error;
  return {error.code, folder.string() + ": " + error.message};
}

Status make_log(const fs::path& path, const FolderMaking& making) {
  const auto tables = LogTables::open(path, {.access = Access::kCreate});
  if (!tables) return tables.error();
  const LogTables& log = **tables;
  rocksdb::WriteBatch batch;
  batch.Put(log.meta(), slice(kIdentityKey), slice(making.identity.view()));
  if (!making.epochs.empty()) {
    batch.Put(log.meta(), slice(kEpochsKey), encode_epochs(making.epochs));
  }
  batch.Put(log.meta(), slice(kHeadKey), pb::PublishedHead().SerializeAsString());
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const auto status = log.db()->Write(synced, &batch);
  if (!status.ok()) return rocks_error(status, path.string());
  return log.db().close();
}

Status rename_file(const fs::path& folder, std::string_view from, std::string_view to) {
  std::error_code error;
  fs::rename(folder / from, folder / to, error);
  return error ? Status(io_error(folder, error.value())) : sync_path(folder);
}

// `random` gives a key to sign with, where the folder is to have one.
Status make_contents(const fs::path& folder, const FolderMaking& making, RandomSource* random) {
  const Uuid& identity = making.identity;
  const std::uint64_t epoch = current_epoch(making.epochs);
  TREDE_RETURN_IF_ERROR(write_new_file(folder / kUnfinished, format_text(identity, making.kind)));
  // Before anything that a crash could leave without it: then nobody could tell what it is.
  TREDE_RETURN_IF_ERROR(sync_path(folder));
  TREDE_RETURN_IF_ERROR(make_log(folder / "log", making));
  TREDE_RETURN_IF_ERROR(RocksKeys::create(folder / "keys", identity, epoch));
  TREDE_RETURN_IF_ERROR(AnchorWriter::create(folder / "anchor", {identity, {}, 0, epoch}));
  if (random != nullptr) {
    const auto key = make_signing_key(folder, identity, *random);
    if (!key) return std::unexpected(key.error());
  }
  TREDE_RETURN_IF_ERROR(sync_path(folder));
  return rename_file(folder, kUnfinished, format_file(making.kind));
}

// At every moment on the way the folder is whole, or there is a FORMAT.new and the next `init` goes
// on with it; where that cannot be had, all stays.
void remove_contents(const fs::path& folder) {
  std::error_code ignored;
  for (const FolderKind kind : {FolderKind::kLive, FolderKind::kBackup, FolderKind::kRestoring}) {
    // There only after the last step.
    fs::rename(folder / format_file(kind), folder / kUnfinished, ignored);
  }
  if (!sync_path(folder)) return;
  for (const char* name : {"log", "keys", "anchor", "signing.key", "signing.key.new"}) {
    fs::remove_all(folder / name, ignored);
  }
  if (sync_path(folder)) fs::remove(folder / kUnfinished, ignored);
}

// The folders that get a new name in them when `folder` is made, the innermost first.
std::vector<fs::path> parents_to_be_changed(const fs::path& folder) {
  std::vector<fs::path> parents;
  std::error_code error;
  fs::path below = (fs::absolute(folder, error) / "").lexically_normal().parent_path();
  while (!error && below.has_relative_path() && !fs::exists(below, error)) {
    below = below.parent_path();
    parents.push_back(below);
  }
  return parents;
}

// Makes sure there is an empty folder. Returns whether it was made now.
Result<bool> make_folder(const fs::path& folder) {
  std::error_code error;
  const std::vector<fs::path> parents = parents_to_be_changed(folder);
  if (fs::create_directories(folder, error)) {
    for (const fs::path& parent : parents) TREDE_RETURN_IF_ERROR(sync_path(parent));
    return true;
  }
  if (error) return io_error(folder, error.value());
  const auto has = [&](std::string_view name) { return fs::exists(folder / name, error); };
  if (has(kUnfinished) && !has(format_file(FolderKind::kLive)) &&
      !has(format_file(FolderKind::kBackup)) && !has(format_file(FolderKind::kRestoring))) {
    remove_contents(folder);
  }
  if (fs::is_empty(folder, error)) return false;
  if (error) return io_error(folder, error.value());
  return Error{ErrorCode::kInvalid, folder.string() + " is not empty"};
}

Status make_in(const fs::path& path, const FolderMaking& making, RandomSource* random) {
  const auto made = make_folder(path);
  if (!made) return made.error();
  const Status filled = make_contents(path, making, random);
  if (filled) return {};
  remove_contents(path);
  std::error_code ignored;
  if (*made) fs::remove(path, ignored);
  return in_folder(path, filled.error());
}

// The lock of the one writer, held as long as this lives.
class WriteLock {
 public:
  static Result<WriteLock> take(const fs::path& folder, FolderKind kind) {
    const fs::path file = folder / format_file(kind);
    WriteLock lock(::open(file.c_str(), O_RDWR | O_CLOEXEC));
    if (lock.descriptor_ < 0) return io_error(file, errno);
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) return io_error(file, errno);
    return Error{ErrorCode::kLocked, folder.string() + " is in use by another process that writes"};
  }
  WriteLock(WriteLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  WriteLock& operator=(WriteLock&&) = delete;
  ~WriteLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  explicit WriteLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

class WrittenFolder final : public RocksFolder {
 public:
  static Result<std::unique_ptr<DataFolder>> open(const fs::path& path, FolderKind kind,
                                                  const Clock& clock);

  WrittenFolder(fs::path path, WriteLock lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  ~WrittenFolder() override {
    const Status ignored = close();  // nobody is left to tell
    static_cast<void>(ignored);
  }

  TableLog& log() override { return *log_; }
  RocksKeys& keys() override { return *keys_; }
  OpenMode mode() const override { return OpenMode::kWrite; }
  const fs::path& path() const override { return path_; }
  Status close() override {
    if (keys_ != nullptr) keys_->refuse_writes();
    return log_ == nullptr ? Status() : log_->close();
  }

 private:
  fs::path path_;
  WriteLock lock_;
  std::unique_ptr<RocksLog> log_;
  std::unique_ptr<RocksKeys> keys_;
};

RocksKeys::Expected expected_keys(const AnchorState& anchor) {
  return {anchor.identity, anchor.key_changes, anchor.epoch};
}

// Looks first, with the same eyes as a reader: opening for writing changes a folder, and one that
// is damaged is to be left as it is.
Result<Tail> inspect(const fs::path& path, const AnchorState& anchor) {
  const auto tables = LogTables::open(path / "log", {.access = Access::kRead});
  if (!tables) return tables.error();
  auto tail = check_and_load_tail(**tables, anchor);
  if (!tail) return tail;
  const auto keys = RocksKeys::open(path / "keys", Access::kRead, expected_keys(anchor), {});
  if (!keys) return keys.error();
  return tail;
}

// A crash may have come between a change of the KEYs and the anchor: from now on it may be relied
// on, so the anchor has to know of it.
Status take_over_keys(AnchorKeeper& keeper, const RocksKeys& keys, const AnchorState& anchored) {
  const auto counts = keys.counts();
  if (!counts) return counts.error();
  return counts->changes == anchored.key_changes ? Status() : keeper.write_keys(counts->changes);
}

Result<std::unique_ptr<DataFolder>> WrittenFolder::open(const fs::path& path, FolderKind kind,
                                                        const Clock& clock) {
  auto lock = WriteLock::take(path, kind);
  if (!lock) return std::move(lock).error();
  auto folder = std::make_unique<WrittenFolder>(path, std::move(*lock));
  const auto anchor = load_anchor(path / "anchor");
  if (!anchor) return anchor.error();
  auto tail = inspect(path, anchor->state);
  if (!tail) return std::move(tail).error();

  auto tables = LogTables::open(path / "log", {.access = Access::kWrite});
  if (!tables) return std::move(tables).error();
  TREDE_RETURN_IF_ERROR((*tables)->cut_off(tail->head.position));
  auto writer = AnchorWriter::open(path / "anchor", anchor->sequence);
  if (!writer) return std::move(writer).error();
  folder->log_ = std::make_unique<RocksLog>(
      RocksLog::Parts{std::move(*tables), anchor->state.identity, std::move(*tail),
                      std::move(*writer), anchor->state},
      clock);
  AnchorKeeper& keeper = folder->log_->anchor();
  auto keys =
      RocksKeys::open(path / "keys", Access::kWrite, expected_keys(anchor->state),
                      [&keeper](std::uint64_t changes) { return keeper.write_keys(changes); });
  if (!keys) return std::move(keys).error();
  folder->keys_ = std::move(*keys);
  TREDE_RETURN_IF_ERROR(take_over_keys(keeper, *folder->keys_, anchor->state));
  return std::unique_ptr<DataFolder>(std::move(folder));
}

class ReadFolder final : public RocksFolder {
 public:
  static Result<std::unique_ptr<DataFolder>> open(const fs::path& path) {
    auto log = ReaderLog::open(path);
    if (!log) return std::move(log).error();
    auto keys = RocksKeys::open(path / "keys", Access::kRead,
                                {(*log)->identity(), (*log)->key_changes(), (*log)->epoch()}, {});
    if (!keys) return std::move(keys).error();
    RocksKeys& directory = **keys;
    (*log)->on_refresh([&directory](std::uint64_t changes) { return directory.reload(changes); });
    return std::unique_ptr<DataFolder>(new ReadFolder(path, std::move(*log), std::move(*keys)));
  }

  TableLog& log() override { return *log_; }
  RocksKeys& keys() override { return *keys_; }
  OpenMode mode() const override { return OpenMode::kRead; }
  const fs::path& path() const override { return path_; }
  Status close() override { return {}; }

 private:
  ReadFolder(fs::path path, std::unique_ptr<ReaderLog> log, std::unique_ptr<RocksKeys> keys)
      : path_(std::move(path)), keys_(std::move(keys)), log_(std::move(log)) {}

  fs::path path_;
  std::unique_ptr<RocksKeys> keys_;
  std::unique_ptr<ReaderLog> log_;  // refreshes the keys
};

}  // namespace

Status DataFolder::create(const fs::path& path, const Clock&, RandomSource& random) {
  return make_in(path, {FolderKind::kLive, random.uuid4(), {}}, &random);
}

Status DataFolder::create_copy(const fs::path& path, const FolderMaking& making) {
  return make_in(path, making, nullptr);
}

Result<std::unique_ptr<DataFolder>> DataFolder::open(const fs::path& path, OpenMode mode,
                                                     const Clock& clock, RandomSource&) {
  return open_copy(path, FolderKind::kLive, mode, clock);
}

Result<std::unique_ptr<DataFolder>> DataFolder::open_copy(const fs::path& path, FolderKind kind,
                                                          OpenMode mode, const Clock& clock) {
  const auto identity = load_format(path, kind);
  if (!identity) return identity.error();
  const auto anchor = load_anchor(path / "anchor");
  if (!anchor) return in_folder(path, anchor.error());
  if (anchor->state.identity != *identity) {
    return Error{ErrorCode::kCorrupt,
                 path.string() + ": " + std::string(format_file(kind)) + " names log " +
                     identity->text() + ", but the anchor is of " + anchor->state.identity.text()};
  }
  auto folder =
      mode == OpenMode::kWrite ? WrittenFolder::open(path, kind, clock) : ReadFolder::open(path);
  if (!folder) return in_folder(path, folder.error());
  return folder;
}

Status DataFolder::make_live(const fs::path& path) {
  const auto identity = load_format(path, FolderKind::kRestoring);
  if (!identity) return identity.error();
  TREDE_RETURN_IF_ERROR(write_new_file(path / kUnfinished, format_text(*identity)));
  TREDE_RETURN_IF_ERROR(rename_file(path, kUnfinished, format_file(FolderKind::kLive)));
  std::error_code ignored;  // left behind it means nothing any more
  fs::remove(path / format_file(FolderKind::kRestoring), ignored);
  return {};
}

}  // namespace trede
