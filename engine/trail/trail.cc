// Longer than most: what adds records and what reads them again share the statements.
#include "engine/trail/trail.h"

#include <algorithm>
#include <cstring>
#include <unordered_set>

#include "engine/sqlite/sqlite_schema.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kVersion = 1;       // PRAGMA user_version
constexpr std::size_t kPage = 1000;        // records read at a time
constexpr std::uint64_t kWindow = 20'000;  // records looked through at a time

// REPLACE deletes without asking the trigger for deletes; the one for inserts stops it, as it does
// every number that is not the next.
constexpr const char* kTables =
    "CREATE TABLE spoor_van(log BLOB NOT NULL) STRICT;"
    "CREATE TABLE spoor("
    " nummer INTEGER PRIMARY KEY, tijdstip INTEGER NOT NULL, actie TEXT NOT NULL,"
    " object TEXT NOT NULL, resultaat TEXT NOT NULL, oorsprong TEXT NOT NULL,"
    " actor TEXT NOT NULL, betreft TEXT NOT NULL, eerste INTEGER NOT NULL,"
    " laatste INTEGER NOT NULL, aantal INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;"
    "CREATE INDEX spoor_object ON spoor(object, nummer);"
    "CREATE TRIGGER spoor_volgt BEFORE INSERT ON spoor"
    " WHEN NEW.nummer IS NOT (SELECT coalesce(max(nummer), 0) + 1 FROM spoor)"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END;"
    "CREATE TRIGGER spoor_blijft_gelijk BEFORE UPDATE ON spoor"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;"
    "CREATE TRIGGER spoor_blijft BEFORE DELETE ON spoor"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;"
    "CREATE TRIGGER spoor_van_blijft_gelijk BEFORE UPDATE ON spoor_van"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;"
    "CREATE TRIGGER spoor_van_blijft BEFORE DELETE ON spoor_van"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;"
    "PRAGMA user_version=1;";

constexpr const char* kColumns =
    "nummer, tijdstip, actie, object, resultaat, oorsprong, actor, betreft, eerste, laatste, "
    "aantal, hash";

constexpr const char* kUnended =
    " AND resultaat = 'begonnen' AND substr(betreft, 1, instr(betreft || ' ', ' ') - 1) NOT IN"
    " (SELECT substr(betreft, 1, instr(betreft || ' ', ' ') - 1) FROM spoor"
    " WHERE betreft GLOB 'poging/*' AND resultaat <> 'begonnen')";

std::int64_t micros(Moment moment) { return moment.time_since_epoch().count(); }

TrailRecord record_of(const SqliteStatement& row) {
  TrailRecord record;
  record.number = static_cast<std::uint64_t>(row.number(0));
  record.moment = Moment{std::chrono::microseconds{row.number(1)}};
  record.action = row.text(2);
  record.object = row.text(3);
  record.outcome = row.text(4);
  record.origin = row.text(5);
  record.actor = row.text(6);
  record.about = row.text(7);
  record.first = static_cast<std::uint64_t>(row.number(8));
  record.last = static_cast<std::uint64_t>(row.number(9));
  record.count = static_cast<std::uint64_t>(row.number(10));
  const std::string hash = row.blob(11);  // one of another length stays zero, and does not fit
  if (hash.size() == sizeof(Hash)) std::memcpy(record.hash.data(), hash.data(), sizeof(Hash));
  return record;
}

// The word comes first; what else the record is about follows after a space.
void name_attempt(std::uint64_t attempt, TrailRecord& record) {
  const std::string rest = record.about.empty() ? "" : " " + record.about;
  record.about = "poging/" + std::to_string(attempt) + rest;
}

TrailRecord record_of(const TrailEntry& entry) {
  TrailRecord record;
  record.action = action_code(entry.action);
  record.object = entry.object;
  record.outcome = outcome_code(entry.outcome);
  record.origin = entry.origin;
  record.actor = entry.actor;
  record.first = entry.first.value;
  record.last = entry.last.value;
  record.count = entry.count;
  record.about = entry.about;
  if (entry.attempt != 0) name_attempt(entry.attempt, record);
  return record;
}

Result<std::vector<TrailRecord>> records_of(std::span<const TrailEntry> entries) {
  std::vector<TrailRecord> records;
  for (const TrailEntry& entry : entries) {
    if (!is_actor(entry.actor)) {
      return Error{ErrorCode::kInvalid, "an actor is 1 to 64 of A-Za-z0-9._@:-, no BSN"};
    }
    records.push_back(record_of(entry));
  }
  return records;
}

std::string places_for(const std::vector<std::string>& values) {
  std::string list = "(?";
  for (std::size_t i = 1; i < values.size(); ++i) list += ",?";
  return list + ")";
}

std::string rest_of(const TrailFilter& filter) {
  std::string out;
  if (filter.actor) out += " AND actor = ?";
  if (filter.from) out += " AND tijdstip >= ?";
  if (filter.until) out += " AND tijdstip < ?";
  if (filter.action) out += " AND actie = ?";
  return out;
}

// A statement over all after a number, with a `?` for each value that `bind_filter` binds.
std::string after_sql(const TrailFilter& filter) {
  std::string out = "SELECT " + std::string(kColumns) + " FROM spoor WHERE nummer > ?";
  if (!filter.objects.empty()) {
    const std::string list = places_for(filter.objects);
    out += " AND nummer IN (SELECT nummer FROM spoor WHERE object IN " + list +
           " UNION SELECT nummer FROM spoor WHERE substr(betreft, instr(betreft, ' ') + 1) IN " +
           list + ")";
  }
  if (filter.unended) out += kUnended;
  return out + rest_of(filter) + " ORDER BY nummer LIMIT " + std::to_string(kPage);
}

// The same over the records in a window, which are few, so that no index is needed. Of what is
// unended also all that ended, which is for who looks at the records.
std::string window_sql(const TrailFilter& filter) {
  std::string fits = "TRUE";
  if (!filter.objects.empty()) {
    const std::string list = places_for(filter.objects);
    fits +=
        " AND (object IN " + list + " OR substr(betreft, instr(betreft, ' ') + 1) IN " + list + ")";
  }
  fits += rest_of(filter);
  if (filter.unended) fits = "resultaat <> 'begonnen' OR (" + fits + ")";
  return "SELECT " + std::string(kColumns) + " FROM spoor WHERE nummer >= ? AND nummer < ? AND (" +
         fits + ") ORDER BY nummer DESC";
}

// The attempt that a record is of; empty: of none.
std::string attempt_of(const TrailRecord& record) {
  if (!record.about.starts_with("poging/")) return {};
  return record.about.substr(0, record.about.find(' '));
}

// Requires: the records after it were looked at before, with the same `ended`.
bool is_unended(const TrailRecord& record, std::unordered_set<std::string>& ended) {
  const std::string attempt = attempt_of(record);
  if (record.outcome == outcome_code(TrailOutcome::kBegonnen)) return !ended.contains(attempt);
  if (!attempt.empty()) ended.insert(attempt);
  return false;
}

void bind_filter(SqliteStatement& statement, const TrailFilter& filter) {
  for (int column = 0; column < 2; ++column) {
    for (const std::string& object : filter.objects) statement.bind_text(object);
  }
  if (filter.actor) statement.bind_text(*filter.actor);
  if (filter.from) statement.bind(micros(*filter.from));
  if (filter.until) statement.bind(micros(*filter.until));
  if (filter.action) statement.bind_text(*filter.action);
}

std::string misfit(const TrailRecord& record, const TrailRecord& before, const Hash& expected) {
  const std::string name = "record " + std::to_string(before.number + 1);
  if (record.number != before.number + 1) return name + " is missing";
  if (record.moment <= before.moment) return name + " is not later than the one before";
  return record.hash == expected ? "" : name + " does not have the hash of what it says";
}

}  // namespace

fs::path trail_file(const fs::path& data) { return data / "trail" / "trail.sqlite"; }

Result<std::unique_ptr<Trail>> Trail::open(const fs::path& data, const Uuid& log,
                                           TrailAccess access, const Clock& clock) {
  auto file = SqliteFile::open(
      trail_file(data), access == TrailAccess::kRead ? SqliteAccess::kRead : SqliteAccess::kCreate);
  if (!file) return std::move(file).error();
  std::unique_ptr<Trail> trail(new Trail(std::move(*file), log, clock));
  const auto version = trail->file_.ask_number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version > kVersion) {
    return Error{ErrorCode::kNewer, trail_file(data).string() +
                                        ": its form is newer than this program; upgrade trede"};
  }
  if (*version == 0) {  // being made: a crash left it empty, or another process is at it
    if (access == TrailAccess::kRead) {
      return Error{ErrorCode::kNotFound, trail_file(data).string() + ": nothing is in it yet"};
    }
    TREDE_RETURN_IF_ERROR(trail->make_tables());
  }
  if (access == TrailAccess::kWrite) {
    TREDE_RETURN_IF_ERROR(check_schema(trail->file_, "main", kTables));
  }
  TREDE_RETURN_IF_ERROR(trail->check_owner());
  return trail;
}

Status Trail::make_tables() {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  const auto version = file_.ask_number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version != 0) return {};  // another process was first
  TREDE_RETURN_IF_ERROR(file_.execute(kTables));
  auto owner = file_.prepare("INSERT INTO spoor_van VALUES (?)");
  if (!owner) return owner.error();
  TREDE_RETURN_IF_ERROR(owner->bind_blob(log_.view()).run());
  return change->commit();
}

Status Trail::check_owner() {
  auto owner = file_.prepare("SELECT log FROM spoor_van");
  if (!owner) return owner.error();
  const auto row = owner->step();
  if (!row) return row.error();
  if (*row && owner->blob(0) == log_.view()) return {};
  return Error{ErrorCode::kCorrupt,
               file_.path().string() + " is the audit trail of another log than " + log_.text()};
}

Result<std::optional<TrailRecord>> Trail::load_last() {
  auto rows =
      file_.prepare("SELECT " + std::string(kColumns) + " FROM spoor ORDER BY nummer DESC LIMIT 1");
  if (!rows) return rows.error();
  const auto row = rows->step();
  if (!row) return row.error();
  if (!*row) return std::optional<TrailRecord>();
  return std::optional<TrailRecord>(record_of(*rows));
}

Status Trail::insert(std::span<const TrailRecord> records) {
  auto into = file_.prepare("INSERT INTO spoor(" + std::string(kColumns) +
                            ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  if (!into) return into.error();
  for (const TrailRecord& record : records) {
    into->bind(static_cast<std::int64_t>(record.number)).bind(micros(record.moment));
    for (const std::string* text : {&record.action, &record.object, &record.outcome, &record.origin,
                                    &record.actor, &record.about}) {
      into->bind_text(*text);
    }
    for (const std::uint64_t number : {record.first, record.last, record.count}) {
      into->bind(static_cast<std::int64_t>(number));
    }
    TREDE_RETURN_IF_ERROR(into->bind_blob(hash_view(record.hash)).run());
  }
  return records.empty() ? Status() : check_inserted(records);
}

// A trigger that another process puts into the file after it was opened can let an INSERT succeed
// and do nothing.
Status Trail::check_inserted(std::span<const TrailRecord> records) {
  auto count = file_.prepare("SELECT count(*) FROM spoor WHERE nummer >= ?");
  if (!count) return count.error();
  const auto row = count->bind(static_cast<std::int64_t>(records.front().number)).step();
  if (!row) return row.error();
  const bool is_all = *row && count->number(0) == static_cast<std::int64_t>(records.size());
  const auto end = head();
  if (!end) return end.error();
  if (is_all && *end == TrailHead{records.back().number, records.back().hash}) return {};
  return Error{ErrorCode::kCorrupt, file_.path().string() + " does not keep what is written"};
}

// A trail that is kept open for long outlives a disk that was away for a while.
Status Trail::renew() {
  if (!file_.broke()) return {};
  auto again = SqliteFile::open(file_.path(), SqliteAccess::kWrite);
  if (!again) return again.error();
  file_ = std::move(*again);
  return {};
}

Status Trail::append(std::span<const TrailEntry> entries) {
  auto records = records_of(entries);
  if (!records) return std::move(records).error();
  const auto added = add(std::move(*records), false);
  return added ? Status() : Status(added.error());
}

Result<std::uint64_t> Trail::begin(std::span<const TrailEntry> entries) {
  auto records = records_of(entries);
  if (!records) return std::move(records).error();
  for (TrailRecord& record : *records) record.outcome = outcome_code(TrailOutcome::kBegonnen);
  return add(std::move(*records), true);
}

// Returns: the number of the first of them.
Result<std::uint64_t> Trail::add(std::vector<TrailRecord> records, bool begins) {
  if (records.empty()) return std::uint64_t{0};
  TREDE_RETURN_IF_ERROR(renew());
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  const auto last = load_last();
  if (!last) return last.error();
  std::uint64_t number = *last ? (*last)->number : 0;
  Hash hash = *last ? (*last)->hash : chain_start(log_);
  Moment moment = clock_.now();
  if (*last) moment = std::max(moment, (*last)->moment + std::chrono::microseconds{1});
  const std::uint64_t first = number + 1;
  for (TrailRecord& record : records) {
    if (begins) name_attempt(first, record);
    record.number = ++number;
    record.moment = moment;
    record.hash = hash = chain_hash(hash, record);
    moment += std::chrono::microseconds{1};
  }
  TREDE_RETURN_IF_ERROR(insert(records));
  TREDE_RETURN_IF_ERROR(change->commit());
  return first;
}

Result<TrailHead> Trail::head() {
  const auto last = load_last();
  if (!last) return last.error();
  if (!*last) return TrailHead{0, chain_start(log_)};
  return TrailHead{(*last)->number, (*last)->hash};
}

Result<std::optional<Hash>> Trail::hash_at(std::uint64_t count) {
  if (count == 0) return std::optional<Hash>(chain_start(log_));
  auto rows = file_.prepare("SELECT " + std::string(kColumns) + " FROM spoor WHERE nummer = ?");
  if (!rows) return rows.error();
  const auto row = rows->bind(static_cast<std::int64_t>(count)).step();
  if (!row) return row.error();
  return *row ? std::optional<Hash>(record_of(*rows).hash) : std::nullopt;
}

Status Trail::scan(const TrailFilter& filter, const Visitor& visit) {
  auto rows = file_.prepare(after_sql(filter));
  if (!rows) return rows.error();
  std::vector<TrailRecord> page(1);
  for (std::uint64_t after = 0; !page.empty(); after = page.empty() ? after : page.back().number) {
    page.clear();
    rows->bind(static_cast<std::int64_t>(after));
    bind_filter(*rows, filter);
    for (;;) {
      const auto row = rows->step();
      if (!row) return row.error();
      if (!*row) break;
      page.push_back(record_of(*rows));
    }
    for (const TrailRecord& record : page) TREDE_RETURN_IF_ERROR(visit(record));
  }
  return {};
}

// Window by window: a statement keeps who appends out while it runs.
Result<std::vector<TrailRecord>> Trail::latest(const TrailFilter& filter, std::uint64_t before,
                                               std::size_t most) {
  const auto end = head();
  if (!end) return end.error();
  const std::uint64_t next = end->count + 1;
  const std::uint64_t wanted = before == 0 ? next : std::min(before, next);
  std::vector<TrailRecord> out;
  std::unordered_set<std::string> ended;
  // Which attempts ended is told after they began: from the end on, whatever is wanted.
  for (std::uint64_t upper = filter.unended ? next : wanted; upper > 1 && out.size() < most;) {
    const std::uint64_t lower = upper > kWindow ? upper - kWindow : 1;
    auto rows = file_.prepare(window_sql(filter));
    if (!rows) return rows.error();
    rows->bind(static_cast<std::int64_t>(lower)).bind(static_cast<std::int64_t>(upper));
    bind_filter(*rows, filter);
    for (;;) {
      const auto row = rows->step();
      if (!row) return row.error();
      if (!*row) break;
      TrailRecord record = record_of(*rows);
      if (filter.unended && !is_unended(record, ended)) continue;
      if (record.number < wanted && out.size() < most) out.push_back(std::move(record));
    }
    upper = lower;
  }
  return out;
}

Result<TrailCheck> Trail::check_chain(const std::optional<TrailHead>& known) {
  auto found = walk(known);
  if (!found || !found->flaw.empty()) return found;
  auto foreign = find_foreign_schema(file_, "main", kTables);
  if (!foreign) return std::move(foreign).error();
  found->flaw = *std::move(foreign);
  return found;
}

Result<std::string> Trail::verify(const std::optional<TrailHead>& known) {
  const auto damage = find_damage(file_);
  if (!damage) return damage.error();
  if (!damage->empty()) {
    return Error{ErrorCode::kCorrupt, file_.path().string() + " is damaged: " + *damage};
  }
  auto found = check_chain(known);
  if (!found) return std::move(found).error();
  return std::move(found->flaw);
}

Result<TrailCheck> Trail::walk(const std::optional<TrailHead>& known) {
  std::string found;
  TrailRecord before;
  before.moment = Moment::min();
  before.hash = chain_start(log_);
  bool known_fits = !known || (known->count == 0 && known->hash == before.hash);
  const Status walked = scan({}, [&](const TrailRecord& record) -> Status {
    found = misfit(record, before, chain_hash(before.hash, record));
    if (!found.empty()) return Error{ErrorCode::kCorrupt, found};
    before = record;
    if (known && known->count == record.number) known_fits = known->hash == record.hash;
    return {};
  });
  if (found.empty() && !walked) return walked.error();
  const TrailHead end{before.number, before.hash};
  if (!found.empty()) return TrailCheck{found, end};
  if (known && known->count > before.number) {
    return TrailCheck{"it ends after record " + std::to_string(before.number) + ", but " +
                          std::to_string(known->count) + " were there: the end is cut off",
                      end};
  }
  if (!known_fits) {
    return TrailCheck{"record " + std::to_string(known->count) + " is another one than was there",
                      end};
  }
  return TrailCheck{"", end};
}

// The first `most` records after number `after`.
Result<std::vector<TrailRecord>> Trail::load_after(std::uint64_t after, std::uint64_t most) {
  auto rows = file_.prepare("SELECT " + std::string(kColumns) +
                            " FROM spoor WHERE nummer > ? ORDER BY nummer LIMIT ?");
  if (!rows) return rows.error();
  rows->bind(static_cast<std::int64_t>(after)).bind(static_cast<std::int64_t>(most));
  std::vector<TrailRecord> page;
  for (;;) {
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) return page;
    page.push_back(record_of(*rows));
  }
}

Status Trail::take_over(Trail& other) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  const auto own = head();
  if (!own) return own.error();
  const auto there = other.hash_at(own->count);
  if (!there) return there.error();
  if (!*there || **there != own->hash) {
    return Error{ErrorCode::kCorrupt, other.file_.path().string() + " does not continue " +
                                          file_.path().string() + ", whose last record is " +
                                          std::to_string(own->count) +
                                          ": one of them was changed or cut off"};
  }
  // What comes in meanwhile is for the next time.
  const auto end = other.head();
  if (!end) return end.error();
  Hash hash = own->hash;
  for (std::uint64_t at = own->count; at < end->count; at += kPage) {
    const auto page = other.load_after(at, std::min<std::uint64_t>(kPage, end->count - at));
    if (!page) return page.error();
    for (const TrailRecord& record : *page) {
      hash = chain_hash(hash, record);
      if (record.hash == hash) continue;
      return Error{ErrorCode::kCorrupt, other.file_.path().string() + ": record " +
                                            std::to_string(record.number) +
                                            " does not have the hash of what it says"};
    }
    TREDE_RETURN_IF_ERROR(insert(*page));
  }
  return change->commit();
}

Result<TrailHead> load_trail_head(const fs::path& data, const Uuid& log, const Clock& clock) {
  const auto trail = Trail::open(data, log, TrailAccess::kRead, clock);
  if (trail) return (*trail)->head();
  if (trail.error().code != ErrorCode::kNotFound) return trail.error();
  return TrailHead{0, chain_start(log)};
}

}  // namespace trede
