#include "engine/event/event.h"
#include "engine/log/layout.h"
#include "engine/log/page_memtable_internal.h"
#include "engine/log/range_iterator_internal.h"
#include "engine/log/rocks_tables_internal.h"

namespace trede {

namespace {

constexpr std::size_t kCutOffEvents = 1000;         // per write batch
constexpr std::uint64_t kWriteAheadKept = 1 << 20;  // less is left to RocksDB

Error corrupt(std::string message) { return {ErrorCode::kCorrupt, std::move(message)}; }

rocksdb::ReadOptions long_scan() {
  rocksdb::ReadOptions options;
  options.fill_cache = false;  // a pass over everything must not push out what is asked often
  return options;
}

// Of every write to the log: what a crash tears is then one write, the last (wal_end.h).
rocksdb::WriteOptions synced() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

// Beyond every version that a stream can have.
StreamKey end_of(const StreamId& stream) { return {stream, StreamVersion{~std::uint64_t{0}}}; }

}  // namespace

Error missing_event(Position position) {
  return corrupt("log: the event at positie " + std::to_string(position.value) + " is missing");
}

Result<Position> decode_position(std::string_view bytes) {
  if (bytes.size() != 8) {
    return corrupt("log: a positie of " + std::to_string(bytes.size()) + " bytes, expected 8");
  }
  return Position{read_number(bytes)};
}

Result<StreamKind> decode_kind(char byte) {
  const auto kind = static_cast<StreamKind>(byte);
  switch (kind) {
    case StreamKind::kDossier:
    case StreamKind::kWerkgever:
    case StreamKind::kOrganisatie: return kind;
  }
  return corrupt("a stream of kind " + std::to_string(static_cast<unsigned char>(byte)) +
                 ", which there is not");
}

Result<std::unique_ptr<LogTables>> LogTables::open(const std::filesystem::path& path,
                                                   const Options& options) {
  rocksdb::ColumnFamilyOptions lookup = point_lookup_family();
  lookup.memtable_factory = page_memtables();
  const rocksdb::ColumnFamilyOptions growing = growing_family();
  RocksOptions rocks{.access = options.access,
                     .families = {{"default", growing},
                                  {"events", growing},
                                  {"streams", lookup},
                                  {"ids", lookup},
                                  {"tree", growing}},
                     .env = options.env,
                     .room_ahead = true,
                     .one_writer = true};
  auto db = RocksDb::open(path, rocks);
  if (!db) return std::move(db).error();
  std::unique_ptr<LogTables> tables(new LogTables);
  tables->db_ = std::move(*db);
  return tables;
}

Result<Uuid> LogTables::load_identity() const {
  std::string value;
  const auto status = db()->Get({}, meta(), slice(kIdentityKey), &value);
  if (status.IsNotFound()) return corrupt("log: it has no identity");
  if (!status.ok()) return rocks_error(status, "log: identity");
  return decode_uuid(value);
}

Result<Head> LogTables::load_head() const {
  std::string value;
  const auto status = db()->Get({}, meta(), slice(kHeadKey), &value);
  if (status.IsNotFound()) return corrupt("log: it has no head");
  if (!status.ok()) return rocks_error(status, "log: head");
  pb::PublishedHead head;
  if (!head.ParseFromString(value)) return corrupt("log: the head is not well formed");
  return Head{Position{head.positie()}, Moment{std::chrono::microseconds{head.vastgelegd_op()}}};
}

Result<std::vector<Epoch>> LogTables::load_epochs() const {
  std::string value;
  const auto status = db()->Get({}, meta(), slice(kEpochsKey), &value);
  if (status.IsNotFound()) return std::vector<Epoch>();
  if (!status.ok()) return rocks_error(status, "log: epochs");
  return decode_epochs(value);
}

std::string encode_head(const Head& head) {
  pb::PublishedHead stored;
  stored.set_positie(head.position.value);
  stored.set_vastgelegd_op(head.vastgelegd_op.time_since_epoch().count());
  return stored.SerializeAsString();
}

Result<std::optional<Position>> LogTables::find_id(const EventId& id, Position limit,
                                                   const rocksdb::ReadOptions& options) const {
  rocksdb::PinnableSlice value;
  const auto status = db()->Get(options, ids(), slice(id.uuid.view()), &value);
  if (status.IsNotFound()) return std::optional<Position>();
  if (!status.ok()) return rocks_error(status, "log: ids");
  auto position = decode_position(view(value));
  if (!position) return std::move(position).error();
  if (*position > limit) return std::optional<Position>();
  return std::optional<Position>(*position);
}

Result<std::string> LogTables::load_event(Position position) const {
  std::string bytes;
  const auto status = db()->Get({}, events(), slice(PositionKey(position).view()), &bytes);
  if (status.IsNotFound()) return missing_event(position);
  if (!status.ok()) {
    return rocks_error(status, "log: event at positie " + std::to_string(position.value));
  }
  return bytes;
}

Result<std::optional<Position>> LogTables::find_version(const StreamId& stream,
                                                        StreamVersion version, Position limit,
                                                        const rocksdb::ReadOptions& options) const {
  rocksdb::PinnableSlice value;
  const auto status =
      db()->Get(options, streams(), slice(StreamKey(stream, version).view()), &value);
  if (status.IsNotFound()) return std::optional<Position>();
  if (!status.ok()) return rocks_error(status, "log: " + stream.text());
  auto position = decode_position(view(value));
  if (!position) return std::move(position).error();
  if (*position > limit) return std::optional<Position>();
  return std::optional<Position>(*position);
}

Result<StreamVersion> LogTables::version_of(const StreamId& stream, Position limit) const {
  // Most who ask are about to begin a stream, and a filter knows that it has no first event; an
  // iterator costs several times that.
  const auto begun = find_version(stream, StreamVersion{1}, limit);
  if (!begun) return begun.error();
  if (!*begun) return StreamVersion{0};
  const StreamKey first(stream, StreamVersion{0});
  const RangeIterator it(db(), streams(), {first.view(), end_of(stream).view()});
  it->SeekToLast();
  if (!it->status().ok()) return rocks_error(it->status(), "log: " + stream.text());
  if (!it->Valid() || it->key().size() != first.view().size()) return StreamVersion{0};
  std::uint64_t high = read_number(view(it->key()).substr(StreamKey::kPrefix));
  auto position = decode_position(view(it->value()));
  if (!position) return std::move(position).error();
  if (*position <= limit) return StreamVersion{high};
  // The last ones are staged. Positions rise with versions, so the border is found by halving.
  std::uint64_t low = 0;  // at or before the limit; `high` is beyond it
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    const auto found = find_version(stream, StreamVersion{middle}, limit);
    if (!found) return found.error();
    (*found ? low : high) = middle;
  }
  return StreamVersion{low};
}

Result<std::vector<Position>> LogTables::positions_of(const StreamId& stream, StreamVersion from,
                                                      std::size_t count, Position limit) const {
  StreamVersion next{std::max<std::uint64_t>(1, from.value)};
  std::vector<Position> positions;
  // Many ask for what is not there, or for the little that is new: a filter answers that, as in
  // `version_of`. Versions have no holes.
  constexpr std::size_t kFew = 3;
  for (std::size_t i = 0; i < kFew && positions.size() < count;
       ++i, next = StreamVersion{next.value + 1}) {
    const auto found = find_version(stream, next, limit);
    if (!found) return found.error();
    if (!*found) return positions;
    positions.push_back(**found);
  }
  if (positions.size() == count) return positions;
  const StreamKey first(stream, next);
  const RangeIterator it(db(), streams(), {first.view(), end_of(stream).view()});
  for (it->SeekToFirst(); positions.size() < count && it->Valid(); it->Next()) {
    const auto position = decode_position(view(it->value()));
    if (!position) return position.error();
    if (*position > limit) break;
    positions.push_back(*position);
  }
  if (!it->status().ok()) return rocks_error(it->status(), "log: " + stream.text());
  return positions;
}

Status LogTables::scan(Position from, Position to, const EventStore::Visitor& visit) const {
  if (from.value == 0) from = Position{1};
  if (from > to) return {};
  const RangeIterator it(db(), events(), {PositionKey(from).view(), PositionKey(to.next()).view()},
                         long_scan());
  it->SeekToFirst();
  for (Position position = from; position <= to; position = position.next(), it->Next()) {
    if (!it->Valid()) {
      if (it->status().ok()) return missing_event(position);
      return rocks_error(it->status(), "log: event at positie " + std::to_string(position.value));
    }
    if (view(it->key()) != PositionKey(position).view()) return missing_event(position);
    TREDE_RETURN_IF_ERROR(visit(position, view(it->value())));
  }
  return {};
}

Status LogTables::check_counts() const {
  const std::unique_ptr<rocksdb::Iterator> it(db()->NewIterator({}, events()));
  it->SeekToLast();
  if (!it->status().ok()) return rocks_error(it->status(), "log: the last event");
  Position last;
  if (it->Valid()) {
    const auto position = decode_position(view(it->key()));
    if (!position) return position.error();
    last = *position;
  }
  for (const auto& [family, name] :
       {std::pair(kEvents, "events"), std::pair(kStreams, "streams"), std::pair(kIds, "ids")}) {
    const auto holds = db().holds(family, last.value);
    if (!holds) return holds.error();
    if (*holds) continue;
    return corrupt("log: the table of " + std::string(name) + " does not hold the " +
                   std::to_string(last.value) + " entries that it should: some are missing");
  }
  return {};
}

Status LogTables::cut_off(Position head) const {
  TREDE_RETURN_IF_ERROR(delete_beyond(head));
  TREDE_RETURN_IF_ERROR(forget_deleted(head));
  return release_write_ahead_log();
}

// The last first, so that what remains after a crash on the way is without holes too.
Status LogTables::delete_beyond(Position head) const {
  const RangeIterator it(db(), events(), {PositionKey(head.next()).view(), {}}, long_scan());
  rocksdb::WriteBatch batch;
  std::size_t pending = 0;
  const auto write = [&]() -> Status {
    const auto status = db()->Write(synced(), &batch);
    if (!status.ok()) return rocks_error(status, "log: cutting off what was not published");
    batch.Clear();
    pending = 0;
    return {};
  };
  it->SeekToLast();
  if (!it->status().ok()) return rocks_error(it->status(), "log: the last event");
  if (!it->Valid()) return {};
  TREDE_RETURN_IF_ERROR(cut_off_tree(head));
  for (; it->Valid(); it->Prev()) {
    const auto event = decode_any(view(it->value()));
    if (!event) return event.error();
    const StreamKey version(stream_of(*event), StreamVersion{event->versie()});
    batch.SingleDelete(events(), it->key());
    batch.SingleDelete(ids(), slice(event->event_id()));
    batch.SingleDelete(streams(), slice(version.view()));
    if (++pending == kCutOffEvents) TREDE_RETURN_IF_ERROR(write());
  }
  if (!it->status().ok()) return rocks_error(it->status(), "log: events beyond the head");
  TREDE_RETURN_IF_ERROR(write());
  return db().flush_beyond(0);  // check_counts reads deletions from files
}

Status LogTables::cut_off_tree(Position head) const {
  rocksdb::WriteBatch batch;
  for (unsigned level = 0; level < 64 / kTreeStep; ++level) {
    // Level 0 holds the leaf hashes of subtrees of height kTreeStep.
    const unsigned height = std::max(1U, level) * kTreeStep;
    const RangeIterator it(
        db(), tree(), {TreeKey(level, head.value >> height).view(), TreeKey(level + 1, 0).view()});
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      batch.Delete(tree(), it->key());
    }
    if (!it->status().ok()) return rocks_error(it->status(), "log: tree");
  }
  const auto status = db()->Write(synced(), &batch);
  if (!status.ok()) return rocks_error(status, "log: cutting off the tree");
  return {};
}

// What was deleted still stands in table files, and so does what says that it is deleted: it would
// take room, could be read there, and be walked over. Each family that holds deletions is written
// anew, as far as they reach. A crash on the way leaves some of them for the next start.
Status LogTables::forget_deleted(Position head) const {
  for (const std::size_t family : {kTree, kIds, kStreams, kEvents}) {
    const auto deletions = db().deletions(family);
    if (!deletions) return deletions.error();
    if (*deletions == 0) continue;
    // It comes to stand twice for a moment. On a full disk that is for a later start.
    if (!db().has_room_to_write_anew(family)) return {};
    if (family == kEvents) {
      TREDE_RETURN_IF_ERROR(db().write_anew(family, PositionKey(head.next()).view(), {}));
    } else if (family == kTree) {
      for (unsigned level = 0; level < 64 / kTreeStep; ++level) {
        const TreeKey first(level, head.value >> (std::max(1U, level) * kTreeStep));
        TREDE_RETURN_IF_ERROR(db().write_anew(family, first.view(), TreeKey(level + 1, 0).view()));
      }
    } else {  // their keys are random: deletions lie all over
      TREDE_RETURN_IF_ERROR(db().write_anew(family, {}, {}));
    }
  }
  return {};
}

// A write that a crash tore off leaves its bytes in a write-ahead log that RocksDB keeps until
// something is written to a table file.
Status LogTables::release_write_ahead_log() const {
  if (db().write_ahead_bytes() < kWriteAheadKept) return {};
  const auto head = load_head();
  if (!head) return head.error();
  const auto status = db()->Put(synced(), meta(), slice(kHeadKey), encode_head(*head));
  if (!status.ok()) return rocks_error(status, "log: head");
  return db().flush();
}

}  // namespace trede
