#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/sqlite/sqlite_schema.h"
#include "engine/vault/vault_tables_internal.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

std::int64_t number_of(Sealed what) { return static_cast<std::int64_t>(what); }
std::int64_t number_of(NoteCategory category) { return static_cast<std::int64_t>(category); }

StreamId dossier_of(const Uuid& uuid) { return {StreamKind::kDossier, uuid}; }

// Only its owner may read it, before a byte is in it.
Status make_private(const fs::path& file) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (made < 0) return Error{ErrorCode::kIo, file.string() + ": cannot be made"};
  ::close(made);
  return {};
}

Status fill(const fs::path& path, const Uuid& log, const char* tables, std::string_view index_key) {
  TREDE_RETURN_IF_ERROR(make_private(path));
  auto file = SqliteFile::open(path, SqliteAccess::kWrite);
  if (!file) return file.error();
  auto change = SqliteChange::begin(*file);
  if (!change) return change.error();
  TREDE_RETURN_IF_ERROR(file->execute(std::string(kVaultMeta) + tables));
  auto put = file->prepare("INSERT INTO meta VALUES(?, ?)");
  if (!put) return put.error();
  TREDE_RETURN_IF_ERROR(put->bind_text("form").bind(kVaultForm).run());
  TREDE_RETURN_IF_ERROR(put->bind_text("log").bind_blob(log.view()).run());
  if (!index_key.empty()) {
    TREDE_RETURN_IF_ERROR(put->bind_text("index_key").bind_blob(index_key).run());
  }
  return change->commit();
}

// Sealed data whose keys are gone may get them back from a copy: they are not to be overwritten.
Status check_nothing_sealed(const fs::path& path) {
  std::error_code unknown;
  if (!fs::exists(path, unknown)) return {};
  {
    auto file = SqliteFile::open(path, SqliteAccess::kWrite);
    if (!file) return file.error();
    const auto tables = file->ask_number("SELECT count(*) FROM sqlite_schema WHERE name='person'");
    if (!tables) return tables.error();
    if (*tables > 0) {
      const auto rows =
          file->ask_number("SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM note)");
      if (!rows) return rows.error();
      if (*rows > 0) {
        return Error{ErrorCode::kCorrupt,
                     path.string() + ": sealed data without their keys; put the file of keys back"};
      }
    }
  }
  fs::remove(path, unknown);
  return {};
}

Result<std::optional<std::string>> one_blob(SqliteStatement& statement) {
  const auto row = statement.step();
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>();
  std::string out = statement.blob(0);
  statement.reset();
  return std::optional<std::string>(std::move(out));
}

Result<std::optional<Uuid>> one_uuid(SqliteStatement& statement) {
  const auto blob = one_blob(statement);
  if (!blob) return blob.error();
  if (!*blob) return std::optional<Uuid>();
  const auto uuid = decode_uuid(**blob);
  if (!uuid) return uuid.error();
  return std::optional<Uuid>(*uuid);
}

// Hands every row to `visit`.
template <typename Visit>
Status each_row(SqliteStatement& statement, const Visit& visit) {
  for (;;) {
    const auto row = statement.step();
    if (!row) return row.error();
    if (!*row) return {};
    Status visited = visit(statement);
    if (visited) continue;
    statement.reset();
    return visited;
  }
}

Status sync_folder(const fs::path& folder) {
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = opened >= 0 && ::fsync(opened) == 0;
  if (opened >= 0) ::close(opened);
  return synced ? Status() : Error{ErrorCode::kIo, folder.string() + ": cannot be synced"};
}

}  // namespace

Result<SqliteStatement*> SqliteStatements::get(const char* sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    auto prepared = file_->prepare(sql);
    if (!prepared) return prepared.error();
    found = statements_.emplace(sql, std::move(*prepared)).first;
  }
  found->second.reset();
  return &found->second;
}

#define TREDE_STATEMENT(name, sql)           \
  const auto name##_ = statements_.get(sql); \
  if (!name##_) return name##_.error();      \
  SqliteStatement& name = **name##_

Status check_vault_file(SqliteFile& file, const char* schema, const char* tables,
                        const std::optional<Uuid>& log) {
  const std::string from = std::string(" FROM ") + schema + ".meta WHERE name=";
  const auto form = file.ask_number("SELECT value" + from + "'form'");
  if (!form) {
    const std::string why = file.path().string() + ": not a file of a vault: ";
    return Error{form.error().code == ErrorCode::kLocked ? ErrorCode::kLocked : ErrorCode::kCorrupt,
                 why + form.error().message};
  }
  if (*form > kVaultForm) {
    return Error{ErrorCode::kNewer, file.path().string() + ": of form " + std::to_string(*form) +
                                        ", this program reads " + std::to_string(kVaultForm)};
  }
  TREDE_RETURN_IF_ERROR(check_schema(file, schema, std::string(kVaultMeta) + tables));
  auto ask = file.prepare("SELECT value" + from + "'log'");
  if (!ask) return ask.error();
  const auto stored = one_uuid(*ask);
  if (!stored) return stored.error();
  if (*stored && (!log || **stored == *log)) return {};
  return Error{ErrorCode::kCorrupt, file.path().string() + ": the vault is of another log"};
}

Status VaultTables::create(const fs::path& data, const Uuid& log,
                           std::string_view wrapped_index_key) {
  const fs::path keys = key_file(data);
  std::error_code error;
  if (fs::exists(keys, error)) {
    return Error{ErrorCode::kInvalid, data.string() + ": has a vault already"};
  }
  fs::create_directories(keys.parent_path(), error);
  if (error) return Error{ErrorCode::kIo, keys.parent_path().string() + ": " + error.message()};
  ::chmod(keys.parent_path().c_str(), 0700);
  TREDE_RETURN_IF_ERROR(check_nothing_sealed(sealed_file(data)));
  TREDE_RETURN_IF_ERROR(fill(sealed_file(data), log, kSealedTables, ""));
  const fs::path unfinished = keys.string() + ".new";
  fs::remove(unfinished, error);
  TREDE_RETURN_IF_ERROR(fill(unfinished, log, kKeyTables, wrapped_index_key));
  fs::rename(unfinished, keys, error);
  if (error) return Error{ErrorCode::kIo, keys.string() + ": " + error.message()};
  fs::remove(unfinished.string() + "-journal", error);  // empty
  TREDE_RETURN_IF_ERROR(sync_folder(keys.parent_path()));
  return sync_folder(data);
}

Result<std::unique_ptr<VaultTables>> VaultTables::open(const fs::path& data, const Uuid& log) {
  std::error_code unknown;
  for (const fs::path& path : {key_file(data), sealed_file(data)}) {
    if (!fs::exists(path, unknown)) {
      return Error{ErrorCode::kNotFound,
                   path.string() + ": there is no such file; `trede person init` makes a vault"};
    }
  }
  auto file = SqliteFile::open(sealed_file(data), SqliteAccess::kWrite);
  if (!file) return std::move(file).error();
  auto attach = file->prepare("ATTACH ? AS keys");
  if (!attach) return attach.error();
  TREDE_RETURN_IF_ERROR(attach->bind_text(key_file(data).string()).run());
  TREDE_RETURN_IF_ERROR(
      file->execute("PRAGMA keys.synchronous=FULL; PRAGMA keys.secure_delete=ON;"
                    "PRAGMA keys.journal_mode=TRUNCATE"));
  TREDE_RETURN_IF_ERROR(check_vault_file(*file, "main", kSealedTables, log));
  TREDE_RETURN_IF_ERROR(check_vault_file(*file, "keys", kKeyTables, log));
  return std::unique_ptr<VaultTables>(new VaultTables(std::move(*file)));
}

Result<std::string> VaultTables::load_index_key() {
  TREDE_STATEMENT(ask, "SELECT value FROM keys.meta WHERE name='index_key'");
  auto found = one_blob(ask);
  if (!found) return found.error();
  if (!*found) return Error{ErrorCode::kCorrupt, "the vault has no key of its index"};
  return std::move(**found);
}

Status VaultTables::put_index_key(std::string_view wrapped) {
  TREDE_STATEMENT(put, "UPDATE keys.meta SET value=? WHERE name='index_key'");
  return put.bind_blob(wrapped).run();
}

Result<std::optional<std::string>> VaultTables::find_key(Sealed what, const Uuid& owner) {
  TREDE_STATEMENT(ask, "SELECT wrapped FROM keys.wrapped WHERE what=? AND owner=?");
  return one_blob(ask.bind(number_of(what)).bind_blob(owner.view()));
}

Status VaultTables::put_key(Sealed what, const Uuid& owner, std::string_view wrapped) {
  TREDE_STATEMENT(put, "INSERT OR REPLACE INTO keys.wrapped VALUES(?, ?, ?)");
  return put.bind(number_of(what)).bind_blob(owner.view()).bind_blob(wrapped).run();
}

Status VaultTables::scan_keys(const KeyVisitor& visit) {
  TREDE_STATEMENT(ask, "SELECT what, owner, wrapped FROM keys.wrapped");
  return each_row(ask, [&](const SqliteStatement& row) -> Status {
    const auto owner = decode_uuid(row.blob(1));
    if (!owner) return owner.error();
    return visit(static_cast<Sealed>(row.number(0)), *owner, row.blob(2));
  });
}

Result<std::optional<Uuid>> VaultTables::find_person(const StreamId& dossier) {
  TREDE_STATEMENT(ask, "SELECT person FROM dossier WHERE dossier=?");
  return one_uuid(ask.bind_blob(dossier.uuid.view()));
}

Result<std::vector<StreamId>> VaultTables::dossiers_of(const Uuid& person) {
  TREDE_STATEMENT(ask, "SELECT dossier FROM dossier WHERE person=? ORDER BY dossier");
  std::vector<StreamId> out;
  TREDE_RETURN_IF_ERROR(
      each_row(ask.bind_blob(person.view()), [&](const SqliteStatement& row) -> Status {
        const auto uuid = decode_uuid(row.blob(0));
        if (!uuid) return uuid.error();
        out.push_back(dossier_of(*uuid));
        return {};
      }));
  return out;
}

Status VaultTables::link(const StreamId& dossier, const Uuid& person) {
  TREDE_STATEMENT(put, "INSERT OR REPLACE INTO dossier VALUES(?, ?)");
  return put.bind_blob(dossier.uuid.view()).bind_blob(person.view()).run();
}

Result<std::optional<std::string>> VaultTables::find_data(const Uuid& person) {
  TREDE_STATEMENT(ask, "SELECT sealed FROM person WHERE person=?");
  return one_blob(ask.bind_blob(person.view()));
}

Result<std::optional<Uuid>> VaultTables::find_tag(std::string_view tag) {
  TREDE_STATEMENT(ask, "SELECT person FROM person WHERE bsn_tag=?");
  return one_uuid(ask.bind_blob(tag));
}

Result<std::optional<std::string>> VaultTables::find_tag_of(const Uuid& person) {
  TREDE_STATEMENT(ask, "SELECT bsn_tag FROM person WHERE person=? AND bsn_tag IS NOT NULL");
  return one_blob(ask.bind_blob(person.view()));
}

Status VaultTables::put_data(const Uuid& person, std::string_view sealed, std::string_view tag) {
  TREDE_STATEMENT(put,
                  "INSERT INTO person VALUES(?, ?, ?) ON CONFLICT(person) DO UPDATE SET "
                  "sealed=excluded.sealed, bsn_tag=excluded.bsn_tag");
  put.bind_blob(person.view()).bind_blob(sealed);
  return (tag.empty() ? put.bind_null() : put.bind_blob(tag)).run();
}

Status VaultTables::remove_person(const Uuid& person) {
  TREDE_STATEMENT(remove, "DELETE FROM person WHERE person=?");
  TREDE_RETURN_IF_ERROR(remove.bind_blob(person.view()).run());
  TREDE_STATEMENT(forget, "DELETE FROM keys.wrapped WHERE what=? AND owner=?");
  return forget.bind(number_of(Sealed::kPersonKey)).bind_blob(person.view()).run();
}

Status VaultTables::scan_data(const DataVisitor& visit) {
  TREDE_STATEMENT(ask, "SELECT person, sealed FROM person ORDER BY person");
  return each_row(ask, [&](const SqliteStatement& row) -> Status {
    const auto person = decode_uuid(row.blob(0));
    if (!person) return person.error();
    return visit(*person, row.blob(1));
  });
}

Status VaultTables::put_note(const StreamId& dossier, NoteCategory category,
                             const SealedNote& note) {
  TREDE_STATEMENT(put, "INSERT INTO note VALUES(?, ?, ?, ?)");
  return put.bind_blob(dossier.uuid.view())
      .bind(number_of(category))
      .bind_blob(note.id.view())
      .bind_blob(note.sealed)
      .run();
}

Result<std::vector<SealedNote>> VaultTables::notes(const StreamId& dossier, NoteCategory category) {
  TREDE_STATEMENT(ask, "SELECT note, sealed FROM note WHERE dossier=? AND category=?");
  ask.bind_blob(dossier.uuid.view()).bind(number_of(category));
  std::vector<SealedNote> out;
  TREDE_RETURN_IF_ERROR(each_row(ask, [&](const SqliteStatement& row) -> Status {
    const auto id = decode_uuid(row.blob(0));
    if (!id) return id.error();
    out.push_back({*id, row.blob(1)});
    return {};
  }));
  return out;
}

Status VaultTables::scan_notes(const NoteVisitor& visit) {
  TREDE_STATEMENT(ask, "SELECT dossier, category, note, sealed FROM note");
  return each_row(ask, [&](const SqliteStatement& row) -> Status {
    const auto dossier = decode_uuid(row.blob(0));
    const auto id = decode_uuid(row.blob(2));
    if (!dossier || !id) return (dossier ? id : dossier).error();
    const auto category = static_cast<NoteCategory>(row.number(1));
    return visit(dossier_of(*dossier), category, {*id, row.blob(3)});
  });
}

Result<std::string> VaultTables::find_damage() { return trede::find_damage(file_); }

Status VaultTables::compact_keys() {
  statements_.clear();
  return file_.execute("VACUUM keys");
}

#undef TREDE_STATEMENT

}  // namespace trede
