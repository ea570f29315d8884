#include <rocksdb/convenience.h>

#include <algorithm>
#include <set>

#include "engine/log/beside_writer.h"
#include "engine/log/layout.h"
#include "engine/log/rocks_keys_internal.h"
#include "proto/storage.pb.h"

namespace trede {

namespace {

constexpr std::uint64_t kLeftForNextStart = 2000;  // rows; reading them takes some milliseconds
constexpr std::string_view kState = "state";
constexpr std::size_t kPage = 1000;  // entries read at a time

Error taken(const StreamId& stream) {
  // The KEY itself is not named: messages hold no client numbers.
  return {ErrorCode::kConflict, stream.text() + ": the stream or its KEY has another partner"};
}

Error closed() { return {ErrorCode::kClosed, "the key directory is closed"}; }

rocksdb::WriteOptions synced() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

}  // namespace

std::string key_row(StreamKind kind, std::string_view key) {
  std::string out{kByKey, static_cast<char>(kind)};
  out.append(key);
  return out;
}

std::string stream_row(const StreamId& stream) {
  std::string out{kByStream, static_cast<char>(stream.kind)};
  out.append(stream.uuid.view());
  return out;
}

Result<std::unique_ptr<RocksDb>> RocksKeys::open_database() const {
  rocksdb::ColumnFamilyOptions family = point_lookup_family();
  // Not compressed, so that a test can look for the bytes of a KEY that was forgotten.
  family.compression = rocksdb::kNoCompression;
  return RocksDb::open(path_,
                       {.access = access_, .families = {{"default", family}, {"state", family}}});
}

// Requires: nobody else uses it yet.
Status RocksKeys::check(std::uint64_t least_changes) const {
  const auto state = load_state();
  if (!state) return state.error();
  if (state->identity != identity_) {
    return Error{ErrorCode::kCorrupt, path_.string() + " is of log " + state->identity.text() +
                                          ", but the anchor is of " + identity_.text()};
  }
  if (state->epoch != epoch_) {
    return Error{ErrorCode::kCorrupt, path_.string() + " is of epoch " +
                                          std::to_string(state->epoch) + ", but the anchor is of " +
                                          std::to_string(epoch_) + ": parts of two folders"};
  }
  if (state->changes < least_changes) {
    return Error{ErrorCode::kCorrupt, path_.string() + ": " + std::to_string(state->changes) +
                                          " changes, but " + std::to_string(least_changes) +
                                          " were acknowledged: KEYs are lost"};
  }
  const auto holds = db_->holds(kEntries, 2 * state->entries);
  if (!holds) return holds.error();
  if (*holds) return {};
  return Error{ErrorCode::kCorrupt, path_.string() + ": it does not hold the " +
                                        std::to_string(state->entries) +
                                        " KEYs that it should: some are missing"};
}

Status RocksKeys::create(const std::filesystem::path& path, const Uuid& identity,
                         std::uint64_t epoch) {
  RocksKeys keys(path, Access::kCreate, {identity, 0, epoch}, {});
  auto db = keys.open_database();
  if (!db) return std::move(db).error();
  const std::string state = encode({.identity = identity, .epoch = epoch});
  const auto status = (**db)->Put(synced(), (*db)->family(kStates), slice(kState), slice(state));
  if (!status.ok()) return rocks_error(status, path.string());
  return (*db)->close();
}

Result<std::unique_ptr<RocksKeys>> RocksKeys::open(const std::filesystem::path& path, Access access,
                                                   const Expected& expected, OnChange on_change) {
  std::unique_ptr<RocksKeys> keys(new RocksKeys(path, access, expected, std::move(on_change)));
  const auto open = [&]() -> Status {
    auto db = keys->open_database();
    if (!db) return std::move(db).error();
    keys->db_ = std::move(*db);
    return keys->check(expected.least_changes);
  };
  const Status opened = access == Access::kRead ? read_beside_writer(path, open) : open();
  if (!opened) return opened.error();
  return keys;
}

Status RocksKeys::reload(std::uint64_t least_changes) {
  auto again = open(path_, access_, {identity_, least_changes, epoch_}, {});
  if (!again) return std::move(again).error();
  const std::unique_lock lock(mutex_);
  db_ = std::move((*again)->db_);
  return {};
}

Result<std::optional<std::string>> RocksKeys::get(std::string_view key,
                                                  const rocksdb::ReadOptions& options) const {
  if (db_ == nullptr) return closed();
  std::string value;
  const auto status = (*db_)->Get(options, db_->family(kEntries), slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return rocks_error(status, path_.string());
  return std::optional<std::string>(std::move(value));
}

Result<RocksKeys::State> RocksKeys::load_state() const {
  if (db_ == nullptr) return closed();
  std::string value;
  const auto status = (*db_)->Get({}, db_->family(kStates), slice(kState), &value);
  if (!status.ok() && !status.IsNotFound()) return rocks_error(status, path_.string());
  pb::KeyDirectoryState state;
  const bool parsed = status.ok() && state.ParseFromString(value);
  const auto identity = decode_uuid(state.identity());
  if (!parsed || !identity) {
    return Error{ErrorCode::kCorrupt, path_.string() + ": the state is not well formed"};
  }
  return State{*identity, state.changes(), state.entries(),
               std::max<std::uint64_t>(1, state.epoch())};
}

std::string RocksKeys::encode(const State& state) {
  pb::KeyDirectoryState stored;
  stored.set_changes(state.changes);
  stored.set_entries(state.entries);
  stored.set_identity(std::string(state.identity.view()));
  if (state.epoch > 1) stored.set_epoch(state.epoch);
  return stored.SerializeAsString();
}

Result<std::optional<StreamId>> RocksKeys::find_stream(StreamKind kind,
                                                       std::string_view key) const {
  const std::shared_lock lock(mutex_);
  const auto value = get(key_row(kind, key));
  if (!value) return value.error();
  if (!*value) return std::optional<StreamId>();
  const auto uuid = decode_uuid(**value);
  if (!uuid) return uuid.error();
  return std::optional<StreamId>(StreamId{kind, *uuid});
}

Result<std::optional<std::string>> RocksKeys::find_key(const StreamId& stream) const {
  const std::shared_lock lock(mutex_);
  return get(stream_row(stream));
}

// Whether `entry` is not there yet. Errors: kConflict.
Result<bool> RocksKeys::is_new(const KeyEntry& entry) const {
  const auto uuid = get(key_row(entry.stream.kind, entry.key));
  if (!uuid) return uuid.error();
  const auto key = get(stream_row(entry.stream));
  if (!key) return key.error();
  if (!*uuid && !*key) return true;
  if (*uuid && *key && **uuid == entry.stream.uuid.view() && **key == entry.key) return false;
  return taken(entry.stream);
}

Status RocksKeys::write(rocksdb::WriteBatch& batch, const State& state) {
  batch.Put(db_->family(kStates), slice(kState), encode(state));
  // In the write-ahead log, and once more as a table file.
  TREDE_RETURN_IF_ERROR(room_.check(2 * batch.GetDataSize()));
  const auto status = (*db_)->Write(synced(), &batch);
  const Status written =
      status.ok() ? on_change_(state.changes) : Status(rocks_error(status, path_.string()));
  if (!written) failed_ = written.error();
  return written;
}

Result<RocksKeys::Counts> RocksKeys::counts() const {
  const std::shared_lock lock(mutex_);
  const auto state = load_state();
  if (!state) return state.error();
  return Counts{state->changes, state->entries};
}

Status RocksKeys::check_writable() {
  if (access_ == Access::kRead) {
    return Error{ErrorCode::kClosed, path_.string() + " was opened for reading only"};
  }
  if (failed_) {
    return Error{
        ErrorCode::kClosed,
        "the key directory refuses changes until it is reopened, since: " + failed_->message};
  }
  return refuses_ ? Status(closed()) : Status();
}

void RocksKeys::refuse_writes() {
  const std::lock_guard writing(write_mutex_);
  refuses_ = true;
}

Status RocksKeys::assign(std::span<const KeyEntry> entries) {
  const std::lock_guard writing(write_mutex_);
  TREDE_RETURN_IF_ERROR(check_writable());
  const std::shared_lock lock(mutex_);
  auto state = load_state();
  if (!state) return state.error();
  std::vector<Row> rows;  // both ways
  for (const KeyEntry& entry : entries) {
    const auto fresh = is_new(entry);
    if (!fresh) return fresh.error();
    if (!*fresh) continue;
    rows.emplace_back(key_row(entry.stream.kind, entry.key), entry.stream.uuid.view());
    rows.emplace_back(stream_row(entry.stream), entry.key);
  }
  // Within `entries` too a KEY or a stream may have one partner only. In order of their keys
  // RocksDB takes them several times as fast.
  std::ranges::sort(rows);
  rows.erase(std::ranges::unique(rows).begin(), rows.end());
  const auto twice = std::ranges::adjacent_find(rows, {}, &Row::first);
  if (twice != rows.end()) {
    const auto has_it = [&](const KeyEntry& entry) {
      return key_row(entry.stream.kind, entry.key) == twice->first ||
             stream_row(entry.stream) == twice->first;
    };
    const auto second = std::find_if(entries.rbegin(), entries.rend(), has_it);
    return taken(second->stream);
  }
  rocksdb::WriteBatch batch;
  for (const auto& [key, value] : rows) batch.Put(db_->family(kEntries), key, value);
  state->entries += rows.size() / 2;
  if (batch.Count() == 0) return {};
  ++state->changes;
  TREDE_RETURN_IF_ERROR(write(batch, *state));
  // The KEYs of an import would be replayed at each start until they leave the write-ahead log.
  return db_->flush_beyond(kLeftForNextStart);
}

Status RocksKeys::erase_all(std::span<const StreamId> streams) {
  const std::lock_guard writing(write_mutex_);
  TREDE_RETURN_IF_ERROR(check_writable());
  {
    const std::shared_lock lock(mutex_);
    auto state = load_state();
    if (!state) return state.error();
    rocksdb::WriteBatch batch;
    const std::set<StreamId> each(streams.begin(), streams.end());
    for (const StreamId& stream : each) {
      const auto key = get(stream_row(stream));
      if (!key) return key.error();
      if (!*key) continue;
      batch.SingleDelete(db_->family(kEntries), key_row(stream.kind, **key));
      batch.SingleDelete(db_->family(kEntries), stream_row(stream));
      --state->entries;
    }
    if (batch.Count() > 0) {
      ++state->changes;
      TREDE_RETURN_IF_ERROR(write(batch, *state));
    }
  }
  // Also when there was nothing to forget: an erasure cut short by a crash is finished now.
  return forget_bytes();
}

// Writes the whole database anew without what was deleted. Opening it again drops the old list of
// files as well, which names the first and last key of each.
Status RocksKeys::forget_bytes() {
  const std::unique_lock lock(mutex_);
  if (db_ == nullptr) return closed();
  rocksdb::Status status = (*db_)->Flush({}, {db_->family(kEntries), db_->family(kStates)});
  if (status.ok()) {
    rocksdb::CompactRangeOptions options;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    status = (*db_)->CompactRange(options, db_->family(kEntries), nullptr, nullptr);
  }
  if (!status.ok()) return rocks_error(status, path_.string());
  const std::unique_ptr<RocksDb> old = std::move(db_);
  TREDE_RETURN_IF_ERROR(old->close());
  auto again = open_database();
  if (!again) return std::move(again).error();
  db_ = std::move(*again);
  return {};
}

// The next entries under `prefix` after the key `after`, a page of them at most: nobody is called
// while the database is held.
Result<std::vector<RocksKeys::Row>> RocksKeys::page(char prefix, const std::string& after) const {
  const std::shared_lock lock(mutex_);
  if (db_ == nullptr) return closed();
  std::vector<Row> rows;
  const std::unique_ptr<rocksdb::Iterator> it((*db_)->NewIterator({}, db_->family(kEntries)));
  it->Seek(after.empty() ? std::string(1, prefix) : after);
  if (it->Valid() && view(it->key()) == after) it->Next();
  for (; it->Valid() && it->key()[0] == prefix && rows.size() < kPage; it->Next()) {
    rows.emplace_back(it->key().ToString(), it->value().ToString());
  }
  if (!it->status().ok()) return rocks_error(it->status(), path_.string());
  return rows;
}

Status RocksKeys::scan_rows(char prefix, const std::function<Status(const Row&)>& visit) const {
  std::string after;
  for (;;) {
    const auto rows = page(prefix, after);
    if (!rows) return rows.error();
    for (const Row& row : *rows) TREDE_RETURN_IF_ERROR(visit(row));
    if (rows->size() < kPage) return {};
    after = rows->back().first;
  }
}

Status RocksKeys::scan(const std::function<Status(const KeyEntry&)>& visit) const {
  return scan_rows(kByKey, [&](const Row& row) -> Status {
    const auto kind = decode_kind(row.first.size() > 2 ? row.first[1] : '\0');
    if (!kind) return Error{ErrorCode::kCorrupt, path_.string() + ": " + kind.error().message};
    const auto uuid = decode_uuid(row.second);
    if (!uuid) return Error{ErrorCode::kCorrupt, path_.string() + ": " + uuid.error().message};
    return visit({{*kind, *uuid}, row.first.substr(2)});
  });
}

Status RocksKeys::close() {
  const std::lock_guard writing(write_mutex_);
  const std::unique_lock lock(mutex_);
  if (db_ == nullptr) return {};
  const std::unique_ptr<RocksDb> old = std::move(db_);
  return old->close();
}

}  // namespace trede
