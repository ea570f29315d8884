#include "engine/vault/erasures.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "engine/vault/vault_tables_internal.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& file) {
  std::error_code unknown;
  return fs::exists(file, unknown);
}

Status run(SqliteFile& file, const char* sql, const Uuid& about) {
  auto statement = file.prepare(sql);
  if (!statement) return statement.error();
  return statement->bind_blob(about.view()).run();
}

Result<std::vector<Uuid>> ask_uuids(SqliteFile& file, const char* sql, const Uuid& about) {
  auto statement = file.prepare(sql);
  if (!statement) return statement.error();
  statement->bind_blob(about.view());
  std::vector<Uuid> out;
  for (;;) {
    const auto row = statement->step();
    if (!row) return row.error();
    if (!*row) return out;
    const auto uuid = decode_uuid(statement->blob(0));
    if (!uuid) return uuid.error();
    out.push_back(*uuid);
  }
}

// The person who is left without a dossier once `dossier` is gone.
Result<std::optional<Uuid>> find_left(SqliteFile& file, const Uuid& dossier) {
  const auto persons = ask_uuids(file, "SELECT person FROM dossier WHERE dossier=?", dossier);
  if (!persons) return persons.error();
  if (persons->empty()) return std::optional<Uuid>();
  const auto dossiers =
      ask_uuids(file, "SELECT dossier FROM dossier WHERE person=?", persons->front());
  if (!dossiers) return dossiers.error();
  return dossiers->size() > 1 ? std::optional<Uuid>() : std::optional(persons->front());
}

Result<std::vector<Uuid>> remove_sealed(SqliteFile& file, const VaultErasure& erasure) {
  std::vector<Uuid> persons = erasure.persons;
  for (const StreamId& dossier : erasure.verzuim) {
    TREDE_RETURN_IF_ERROR(
        run(file, "DELETE FROM note WHERE category=2 AND dossier=?", dossier.uuid));
  }
  for (const StreamId& dossier : erasure.dossiers) {
    const auto left = find_left(file, dossier.uuid);
    if (!left) return left.error();
    if (*left) persons.push_back(**left);
    TREDE_RETURN_IF_ERROR(run(file, "DELETE FROM note WHERE dossier=?", dossier.uuid));
    TREDE_RETURN_IF_ERROR(run(file, "DELETE FROM dossier WHERE dossier=?", dossier.uuid));
  }
  std::ranges::sort(persons);
  persons.erase(std::ranges::unique(persons).begin(), persons.end());
  for (const Uuid& person : persons) {
    TREDE_RETURN_IF_ERROR(run(file, "DELETE FROM person WHERE person=?", person));
    TREDE_RETURN_IF_ERROR(run(file, "DELETE FROM dossier WHERE person=?", person));
  }
  return persons;
}

Status remove_key(SqliteFile& file, Sealed what, const Uuid& owner) {
  auto statement = file.prepare("DELETE FROM wrapped WHERE what=? AND owner=?");
  if (!statement) return statement.error();
  return statement->bind(static_cast<std::int64_t>(what)).bind_blob(owner.view()).run();
}

Status remove_keys(SqliteFile& file, const VaultErasure& erasure) {
  for (const Uuid& person : erasure.persons) {
    TREDE_RETURN_IF_ERROR(remove_key(file, Sealed::kPersonKey, person));
  }
  for (const StreamId& dossier : erasure.verzuim) {
    TREDE_RETURN_IF_ERROR(remove_key(file, Sealed::kVerzuimKey, dossier.uuid));
  }
  for (const StreamId& dossier : erasure.dossiers) {
    TREDE_RETURN_IF_ERROR(remove_key(file, Sealed::kDossierKey, dossier.uuid));
    TREDE_RETURN_IF_ERROR(remove_key(file, Sealed::kVerzuimKey, dossier.uuid));
  }
  return {};
}

Status sync(const fs::path& path) {
  const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = opened >= 0 && ::fsync(opened) == 0;
  if (opened >= 0) ::close(opened);
  return synced ? Status() : Error{ErrorCode::kIo, path.string() + ": cannot be synced"};
}

// An older file that a change was cut short in leaves a journal, which would be played back into
// the one that takes its place.
Status settle_older(const fs::path& file) {
  const fs::path journal = file.string() + "-journal";
  std::error_code error;
  if (!fs::exists(journal, error) || fs::file_size(journal, error) == 0) return {};
  const auto undone = SqliteFile::open(file, SqliteAccess::kWrite);
  if (undone) return {};
  if (undone.error().code == ErrorCode::kLocked) return undone.error();
  fs::remove(journal, error);  // of a file that cannot be mended any more
  if (error) return Error{ErrorCode::kIo, journal.string() + ": " + error.message()};
  return sync(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

}  // namespace

fs::path sealed_file(const fs::path& data) { return data / "vault" / "sealed.sqlite"; }
fs::path key_file(const fs::path& data) { return data / "vault" / "keys.sqlite"; }
fs::path register_file(const fs::path& data) { return data / "vault" / "erasures.sqlite"; }

Status copy_vault_file(const fs::path& file, const fs::path& to) {
  auto from = SqliteFile::open(file, SqliteAccess::kRead);
  if (!from) return from.error();
  const fs::path unfinished = to.string() + ".new";
  std::error_code error;
  fs::remove(unfinished, error);
  const int made = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return Error{ErrorCode::kIo, unfinished.string() + ": cannot be made"};
  ::close(made);
  // As it is at one moment, and only what is in use: no page that was let go.
  auto copy = from->prepare("VACUUM INTO ?");
  if (!copy) return copy.error();
  TREDE_RETURN_IF_ERROR(copy->bind_text(unfinished.string()).run());
  TREDE_RETURN_IF_ERROR(sync(unfinished));
  TREDE_RETURN_IF_ERROR(settle_older(to));
  fs::rename(unfinished, to, error);
  if (error) return Error{ErrorCode::kIo, to.string() + ": " + error.message()};
  return sync(to.has_parent_path() ? to.parent_path() : fs::path("."));
}

Result<std::vector<Uuid>> erase_in_sealed(const fs::path& file, const VaultErasure& erasure) {
  if (!is_there(file)) return erasure.persons;
  auto sealed = SqliteFile::open(file, SqliteAccess::kWrite);
  if (!sealed) return sealed.error();
  TREDE_RETURN_IF_ERROR(check_vault_file(*sealed, "main", kSealedTables, std::nullopt));
  std::vector<Uuid> persons;
  {
    auto change = SqliteChange::begin(*sealed);
    if (!change) return change.error();
    auto removed = remove_sealed(*sealed, erasure);
    if (!removed) return removed.error();
    persons = std::move(*removed);
    TREDE_RETURN_IF_ERROR(change->commit());
  }
  TREDE_RETURN_IF_ERROR(sealed->execute("VACUUM"));
  return persons;
}

Status erase_in_keys(const fs::path& file, const VaultErasure& erasure) {
  if (!is_there(file)) return {};
  auto keys = SqliteFile::open(file, SqliteAccess::kWrite);
  if (!keys) return keys.error();
  TREDE_RETURN_IF_ERROR(check_vault_file(*keys, "main", kKeyTables, std::nullopt));
  {
    auto change = SqliteChange::begin(*keys);
    if (!change) return change.error();
    TREDE_RETURN_IF_ERROR(remove_keys(*keys, erasure));
    TREDE_RETURN_IF_ERROR(change->commit());
  }
  return keys->execute("VACUUM");
}

Result<VaultHolding> vault_holding(const fs::path& data, const StreamId& dossier) {
  VaultHolding holding;
  if (!is_there(sealed_file(data))) return holding;
  auto file = SqliteFile::open(sealed_file(data), SqliteAccess::kRead);
  if (!file) return file.error();
  const auto persons = ask_uuids(*file, "SELECT person FROM dossier WHERE dossier=?", dossier.uuid);
  if (!persons) return persons.error();
  if (!persons->empty()) {
    holding.person = persons->front();
    const auto all = ask_uuids(*file, "SELECT dossier FROM dossier WHERE person=? ORDER BY dossier",
                               persons->front());
    if (!all) return all.error();
    for (const Uuid& one : *all) holding.dossiers.push_back({StreamKind::kDossier, one});
  }
  auto count =
      file->prepare("SELECT count(*), coalesce(sum(category=2), 0) FROM note WHERE dossier=?");
  if (!count) return count.error();
  const auto row = count->bind_blob(dossier.uuid.view()).step();
  if (!row) return row.error();
  holding.notes = static_cast<std::uint64_t>(count->number(0));
  holding.verzuim_notes = static_cast<std::uint64_t>(count->number(1));
  return holding;
}

}  // namespace trede
