#include <rocksdb/snapshot.h>

#include "engine/log/layout.h"
#include "engine/log/rocks_keys_internal.h"

namespace trede {

namespace {

Error closed() { return {ErrorCode::kClosed, "the key directory is closed"}; }

// Errors: kCorrupt when it is no row by stream.
Result<StreamId> decode_stream_row(std::string_view row) {
  const auto kind = decode_kind(row.size() > 2 ? row[1] : '\0');
  if (!kind) return kind.error();
  const auto uuid = decode_uuid(row.substr(2));
  if (!uuid) return uuid.error();
  return StreamId{*kind, *uuid};
}

}  // namespace

Status RocksKeys::check_by_stream(RowCursor& cursor, std::uint64_t limit,
                                  FindingList& findings) const {
  // Held as long as the snapshot lives: who forgets a KEY waits for it, and then no trace of what
  // was deleted has to be kept for anybody.
  const std::shared_lock lock(mutex_);
  if (db_ == nullptr) return closed();
  rocksdb::ManagedSnapshot now(&db_->get());
  rocksdb::ReadOptions seen;
  seen.snapshot = now.snapshot();
  seen.fill_cache = false;
  return walk_rows(
      {*db_, kEntries, {&kByStream, 1}, now.snapshot()}, cursor, limit,
      [&](std::string_view row, std::string_view key) {
        ++cursor.counted;
        const auto stream = decode_stream_row(row);
        if (!stream) {
          findings.add("keys: a stream with a KEY is not well formed");
          return;
        }
        const auto back = get(key_row(stream->kind, key), seen);
        if (!back) {
          findings.add(back.error().message);
        } else if (*back != std::string(stream->uuid.view())) {
          findings.add("keys: the KEY of " + stream->text() + " is there one way only");
        }
      });
}

Status RocksKeys::check_by_key(RowCursor& cursor, std::uint64_t limit,
                               FindingList& findings) const {
  const std::shared_lock lock(mutex_);
  if (db_ == nullptr) return closed();
  return walk_rows({*db_, kEntries, {&kByKey, 1}}, cursor, limit,
                   [&](std::string_view row, std::string_view uuid) {
                     ++cursor.counted;
                     if (!decode_kind(row.size() > 2 ? row[1] : '\0') || !decode_uuid(uuid)) {
                       findings.add("keys: a KEY and its stream are not well formed");
                     }
                   });
}

Status RocksKeys::check_identity() const {
  const std::shared_lock lock(mutex_);
  return db_ == nullptr ? Status(closed()) : db_->check_identity();
}

std::vector<std::string> RocksKeys::verify_files() const {
  const std::shared_lock lock(mutex_);
  return db_ == nullptr ? std::vector<std::string>{closed().message} : db_->verify_files();
}

std::vector<TableFile> RocksKeys::table_files() const {
  const std::shared_lock lock(mutex_);
  return db_ == nullptr ? std::vector<TableFile>() : db_->table_files();
}

Result<std::vector<std::string>> RocksKeys::verify() const {
  std::vector<std::string> findings;
  std::uint64_t keys = 0;
  TREDE_RETURN_IF_ERROR(scan([&](const KeyEntry& entry) -> Status {
    ++keys;
    const auto key = find_key(entry.stream);
    if (!key) return key.error();
    if (*key != entry.key) {
      findings.push_back("keys: the KEY of " + entry.stream.text() + " is there one way only");
    }
    return {};
  }));
  RowCursor streams;
  FindingList one_way;
  TREDE_RETURN_IF_ERROR(check_by_stream(streams, kAllRows, one_way));
  for (std::string& line : one_way.take()) findings.push_back(std::move(line));
  const std::shared_lock lock(mutex_);
  const auto state = load_state();
  if (!state) return state.error();
  if (keys != state->entries || streams.counted != state->entries) {
    findings.push_back("keys: " + std::to_string(keys) + " KEYs and " +
                       std::to_string(streams.counted) + " streams, expected " +
                       std::to_string(state->entries) + " of both");
  }
  return findings;
}

}  // namespace trede
