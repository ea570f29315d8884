#include "engine/backup/copies.h"

#include <algorithm>

#include "engine/backup/set.h"
#include "engine/log/data_folder.h"
#include "engine/log/files.h"
#include "engine/sqlite/sqlite_file.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

constexpr const char* kListName = "copies.sqlite";
constexpr const char* kTables =
    "CREATE TABLE plaats(soort INTEGER NOT NULL, pad TEXT PRIMARY KEY) STRICT;"
    "CREATE TABLE wachtend(nummer INTEGER PRIMARY KEY AUTOINCREMENT, pad TEXT NOT NULL,"
    " deel INTEGER NOT NULL, stroomsoort INTEGER NOT NULL, uuid BLOB NOT NULL) STRICT;"
    "PRAGMA user_version=1;";

// What is to be gone of an id. Stored numbers.
enum class Part : std::uint8_t { kKey = 1, kPerson = 2, kDossier = 3, kVerzuim = 4 };

fs::path list_file(const fs::path& data) { return data / "copies" / kListName; }

bool is_there(const fs::path& file) {
  std::error_code unknown;
  return fs::exists(file, unknown);
}

Result<SqliteFile> open_list(const fs::path& data) {
  auto file = SqliteFile::open(list_file(data), SqliteAccess::kCreate);
  if (!file) return file;
  const auto version = file->ask_number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version == 1) return file;
  if (*version > 1) {
    return Error{ErrorCode::kNewer, list_file(data).string() + ": newer than this program"};
  }
  auto change = SqliteChange::begin(*file);
  if (!change) return change.error();
  const auto again = file->ask_number("PRAGMA user_version");
  if (!again) return again.error();
  if (*again == 0) TREDE_RETURN_IF_ERROR(file->execute(kTables));
  TREDE_RETURN_IF_ERROR(change->commit());
  return file;
}

Status add_waiting(SqliteStatement& into, const fs::path& place, Part part, const StreamId& id) {
  return into.bind_text(place.string())
      .bind(static_cast<std::int64_t>(part))
      .bind(static_cast<std::int64_t>(id.kind))
      .bind_blob(id.uuid.view())
      .run();
}

Status remember(SqliteFile& list, const fs::path& place, const Erasure& erasure) {
  auto into = list.prepare("INSERT INTO wachtend(pad, deel, stroomsoort, uuid) VALUES (?,?,?,?)");
  if (!into) return into.error();
  const auto add_all = [&](Part part, const std::vector<StreamId>& ids) -> Status {
    for (const StreamId& id : ids) TREDE_RETURN_IF_ERROR(add_waiting(*into, place, part, id));
    return {};
  };
  TREDE_RETURN_IF_ERROR(add_all(Part::kKey, erasure.streams));
  TREDE_RETURN_IF_ERROR(add_all(Part::kDossier, erasure.vault.dossiers));
  TREDE_RETURN_IF_ERROR(add_all(Part::kVerzuim, erasure.vault.verzuim));
  for (const Uuid& person : erasure.vault.persons) {
    TREDE_RETURN_IF_ERROR(add_waiting(*into, place, Part::kPerson, {StreamKind::kDossier, person}));
  }
  return {};
}

void add_part(Part part, const StreamId& id, Erasure& into) {
  switch (part) {
    case Part::kKey: into.streams.push_back(id); return;
    case Part::kPerson: into.vault.persons.push_back(id.uuid); return;
    case Part::kDossier: into.vault.dossiers.push_back(id); return;
    case Part::kVerzuim: into.vault.verzuim.push_back(id); return;
  }
}

// All that waits for `place`, and the number of the last of it.
struct Waiting {
  Erasure erasure;
  std::uint64_t last = 0;
};
Result<Waiting> load_waiting(SqliteFile& list, const fs::path& place) {
  auto rows = list.prepare(
      "SELECT nummer, deel, stroomsoort, uuid FROM wachtend WHERE pad = ? ORDER BY nummer");
  if (!rows) return rows.error();
  rows->bind_text(place.string());
  Waiting out;
  for (;;) {
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) return out;
    const auto uuid = decode_uuid(rows->blob(3));
    const std::int64_t part = rows->number(1);
    const std::int64_t kind = rows->number(2);
    if (!uuid || part < 1 || part > 4 || kind < 1 || kind > 3) {
      return Error{ErrorCode::kCorrupt, list.path().string() + ": what waits is not well formed"};
    }
    out.last = static_cast<std::uint64_t>(rows->number(0));
    add_part(static_cast<Part>(part), {static_cast<StreamKind>(kind), *uuid}, out.erasure);
  }
}

Status forget_waiting(SqliteFile& list, const fs::path& place, std::uint64_t until) {
  auto done = list.prepare("DELETE FROM wachtend WHERE pad = ? AND nummer <= ?");
  if (!done) return done.error();
  return done->bind_text(place.string()).bind(static_cast<std::int64_t>(until)).run();
}

bool is_empty(const VaultErasure& erasure) {
  return erasure.persons.empty() && erasure.dossiers.empty() && erasure.verzuim.empty();
}

// A set as it is, but for what is erased; the one before it is removed.
Status erase_in_set(const fs::path& dir, const VaultErasure& erasure) {
  const auto set = find_set(dir);
  if (!set) return set.error();
  if (!*set || is_empty(erasure)) return {};
  const auto fill = [&](const fs::path& folder) -> Status {
    TREDE_RETURN_IF_ERROR(copy_files((*set)->path, folder));
    std::error_code error;
    fs::remove(folder / "STATE", error);  // written anew
    const auto erased = erase_in_sealed(folder / "vault" / "sealed.sqlite", erasure);
    return erased ? Status() : erased.error();
  };
  const auto made = put_set(dir, (*set)->state, fill);
  return made ? Status() : made.error();
}

Status erase_in_backup(const fs::path& dir, const Uuid& log, const Erasure& erasure,
                       const Clock& clock) {
  const auto backup = DataFolder::open_copy(dir, FolderKind::kBackup, OpenMode::kWrite, clock);
  if (!backup) return backup.error();
  if ((*backup)->log().identity() != log) {
    return Error{ErrorCode::kInvalid, dir.string() + " is a backup of another log"};
  }
  if (!erasure.streams.empty()) {
    TREDE_RETURN_IF_ERROR((*backup)->keys().erase_all(erasure.streams));
  }
  TREDE_RETURN_IF_ERROR(erase_in_set(dir, erasure.vault));
  return (*backup)->close();
}

constexpr std::string_view kKeysOf = "trede vault keys of log ";

Status check_key_dir(const fs::path& folder, const Uuid& log) {
  const auto owner = read_file(folder / "KEYS");
  if (owner && *owner == std::string(kKeysOf) + log.text() + "\n") return {};
  return Error{ErrorCode::kInvalid,
               folder.string() + " is no place for the vault keys of this log"};
}

Status erase_in_place(const CopyPlace& place, const Uuid& log, const Erasure& erasure,
                      const Clock& clock) {
  if (place.kind == CopyKind::kBackup) return erase_in_backup(place.path, log, erasure, clock);
  TREDE_RETURN_IF_ERROR(check_key_dir(place.path, log));
  return erase_in_keys(place.path / "keys.sqlite", erasure.vault);
}

Status copy_if_there(const fs::path& file, const fs::path& to) {
  if (!is_there(file)) return {};
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  if (error) return io_error(to.parent_path(), error.value());
  return copy_vault_file(file, to);
}

}  // namespace

Result<std::vector<CopyPlace>> load_places(const fs::path& data) {
  std::vector<CopyPlace> out;
  if (!is_there(list_file(data))) return out;
  auto list = SqliteFile::open(list_file(data), SqliteAccess::kRead);
  if (!list) return list.error();
  auto rows = list->prepare("SELECT soort, pad FROM plaats ORDER BY soort, pad");
  if (!rows) return rows.error();
  for (;;) {
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) return out;
    out.push_back({static_cast<CopyKind>(rows->number(0)), rows->text(1)});
  }
}

std::uint64_t waiting_until(const fs::path& data) {
  if (!is_there(list_file(data))) return 0;
  auto list = SqliteFile::open(list_file(data), SqliteAccess::kRead);
  if (!list) return 0;
  const auto last = list->ask_number("SELECT coalesce(max(nummer), 0) FROM wachtend");
  return last ? static_cast<std::uint64_t>(*last) : 0;
}

Status note_place(const fs::path& data, const CopyPlace& place, std::uint64_t waiting) {
  std::error_code unknown;
  const fs::path path = fs::weakly_canonical(fs::absolute(place.path, unknown), unknown);
  auto list = open_list(data);
  if (!list) return list.error();
  auto change = SqliteChange::begin(*list);
  if (!change) return change.error();
  auto into = list->prepare("INSERT OR REPLACE INTO plaats(soort, pad) VALUES (?,?)");
  if (!into) return into.error();
  TREDE_RETURN_IF_ERROR(
      into->bind(static_cast<std::int64_t>(place.kind)).bind_text(path.string()).run());
  TREDE_RETURN_IF_ERROR(forget_waiting(*list, path, waiting));
  return change->commit();
}

Result<std::vector<CopyOutcome>> erase_in_copies(const fs::path& data, const Erasure& erasure,
                                                 const Clock& clock) {
  std::vector<CopyOutcome> out;
  const auto places = load_places(data);
  if (!places) return places.error();
  if (places->empty()) return out;
  const auto log = load_format(data);
  if (!log) return log.error();
  auto list = open_list(data);
  if (!list) return std::move(list).error();
  {
    auto change = SqliteChange::begin(*list);
    if (!change) return change.error();
    for (const CopyPlace& place : *places) {
      TREDE_RETURN_IF_ERROR(remember(*list, place.path, erasure));
    }
    TREDE_RETURN_IF_ERROR(change->commit());
  }
  for (const CopyPlace& place : *places) {
    const auto waiting = load_waiting(*list, place.path);
    if (!waiting) return waiting.error();
    const Status erased =
        waiting->last == 0 ? Status() : erase_in_place(place, *log, waiting->erasure, clock);
    if (erased) TREDE_RETURN_IF_ERROR(forget_waiting(*list, place.path, waiting->last));
    out.push_back({place, erased ? "" : erased.error().message});
  }
  return out;
}

Status copy_places(const fs::path& data, const fs::path& folder) {
  if (!is_there(list_file(data))) return {};
  auto list = SqliteFile::open(list_file(data), SqliteAccess::kRead);
  if (!list) return list.error();
  const fs::path to = folder / "copies" / kListName;
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  if (error) return io_error(to.parent_path(), error.value());
  auto copy = list->prepare("VACUUM INTO ?");
  if (!copy) return copy.error();
  TREDE_RETURN_IF_ERROR(copy->bind_text(to.string()).run());
  return sync_path(to);
}

Status copy_vault(const fs::path& data, const fs::path& folder) {
  TREDE_RETURN_IF_ERROR(copy_if_there(sealed_file(data), folder / "sealed.sqlite"));
  return copy_if_there(register_file(data), folder / "erasures.sqlite");
}

Status copy_vault_keys(const fs::path& data, const fs::path& folder) {
  const auto log = load_format(data);
  if (!log) return log.error();
  std::error_code error;
  if (!fs::exists(folder, error) || fs::is_empty(folder, error)) {
    fs::create_directories(folder, error);
    if (error) return io_error(folder, error.value());
    TREDE_RETURN_IF_ERROR(
        write_new_file(folder / "KEYS", std::string(kKeysOf) + log->text() + "\n"));
    TREDE_RETURN_IF_ERROR(sync_path(folder));
  }
  TREDE_RETURN_IF_ERROR(check_key_dir(folder, *log));
  return copy_if_there(key_file(data), folder / "keys.sqlite");
}

Status restore_vault(const fs::path& set, const fs::path& key_dir, const fs::path& data,
                     const Uuid& log) {
  TREDE_RETURN_IF_ERROR(copy_if_there(set / "vault" / "sealed.sqlite", sealed_file(data)));
  TREDE_RETURN_IF_ERROR(copy_if_there(set / "vault" / "erasures.sqlite", register_file(data)));
  if (!key_dir.empty()) {
    TREDE_RETURN_IF_ERROR(check_key_dir(key_dir, log));
    TREDE_RETURN_IF_ERROR(copy_if_there(key_dir / "keys.sqlite", key_file(data)));
  }
  if (!is_there(register_file(data))) return {};
  VaultErasure erasure;
  auto entries = ErasureRegister::open(data, log);
  if (!entries) return std::move(entries).error();
  const auto all = entries->all();
  if (!all) return all.error();
  for (const ErasureEntry& entry : *all) {
    auto& dossiers = entry.part == ErasedPart::kDossier ? erasure.dossiers : erasure.verzuim;
    dossiers.push_back(entry.dossier);
    if (entry.part == ErasedPart::kDossier && entry.person) {
      erasure.persons.push_back(*entry.person);
    }
  }
  const auto gone = erase_in_sealed(sealed_file(data), erasure);
  if (!gone) return gone.error();
  erasure.persons.insert(erasure.persons.end(), gone->begin(), gone->end());
  return erase_in_keys(key_file(data), erasure);
}

}  // namespace trede
