#include "engine/log/index_check_internal.h"
#include "engine/log/layout.h"

namespace trede {

namespace {

// Where the rows of one stream have come to.
struct StreamRun {
  std::string stream;  // kind and UUID
  std::uint64_t version = 0;
  Position position;
};

bool is_stream_row(std::string_view key) {
  return key.size() == StreamKey::kPrefix + 8 && decode_kind(key[0]);
}

// The run that the row `key` belongs to.
StreamRun run_up_to(const LogTables& tables, const std::string& key) {
  StreamRun run;
  if (!is_stream_row(key)) return run;
  run.stream = key.substr(0, StreamKey::kPrefix);
  run.version = read_number(std::string_view(key).substr(StreamKey::kPrefix));
  std::string value;
  if (tables.db()->Get({}, tables.streams(), key, &value).ok()) {
    if (const auto position = decode_position(value)) run.position = *position;
  }
  return run;
}

}  // namespace

Status IndexCheck::ids(RowCursor& cursor, std::uint64_t limit) {
  const auto visit = [&](std::string_view key, std::string_view value) {
    const auto id = decode_uuid(key);
    const auto position = decode_position(value);
    if (!id || !position || position->value == 0) {
      findings_.add("log: an entry of the index of ids is not well formed");
    } else if (*position <= last_) {
      ++cursor.counted;
    }
  };
  TREDE_RETURN_IF_ERROR(walk_rows({tables_.db(), LogTables::kIds}, cursor, limit, visit));
  if (cursor.at_end) check_count("ids", cursor.counted);
  return {};
}

Status IndexCheck::streams(RowCursor& cursor, std::uint64_t limit) {
  StreamRun run = run_up_to(tables_, cursor.after);
  const auto visit = [&](std::string_view key, std::string_view value) {
    const auto position = decode_position(value);
    if (!is_stream_row(key) || !position) {
      findings_.add("log: an entry of the index of streams is not well formed");
      return;
    }
    if (*position > last_) return;
    ++cursor.counted;
    if (key.substr(0, StreamKey::kPrefix) != run.stream) {
      run = {std::string(key.substr(0, StreamKey::kPrefix)), 0, Position{0}};
    }
    const std::uint64_t version = read_number(key.substr(StreamKey::kPrefix));
    if (version != run.version + 1 || *position <= run.position) {
      const auto uuid = decode_uuid(std::string_view(run.stream).substr(1));
      const StreamId id{static_cast<StreamKind>(run.stream[0]), uuid ? *uuid : Uuid{}};
      findings_.add("log: " + id.text() + ": after version " + std::to_string(run.version) +
                    " the next is not in its place");
    }
    run.version = version;
    run.position = *position;
  };
  TREDE_RETURN_IF_ERROR(walk_rows({tables_.db(), LogTables::kStreams}, cursor, limit, visit));
  if (cursor.at_end) check_count("streams", cursor.counted);
  return {};
}

void IndexCheck::check_count(std::string_view index, std::uint64_t counted) {
  if (counted == last_.value) return;
  findings_.add("log: the index of " + std::string(index) + " holds " + std::to_string(counted) +
                " entries for " + std::to_string(last_.value) + " events");
}

}  // namespace trede
