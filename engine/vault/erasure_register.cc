#include <utility>

#include "engine/sqlite/sqlite_file.h"
#include "engine/sqlite/sqlite_schema.h"
#include "engine/vault/erasures.h"
#include "engine/vault/vault_tables_internal.h"

namespace trede {

namespace {

constexpr const char* kTables =
    "CREATE TABLE IF NOT EXISTS erasure(number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " part INTEGER NOT NULL, dossier BLOB NOT NULL, person BLOB, begun INTEGER NOT NULL,"
    " done INTEGER NOT NULL)";

Result<std::vector<ErasureEntry>> read(SqliteFile& file, const char* sql) {
  auto ask = file.prepare(sql);
  if (!ask) return ask.error();
  std::vector<ErasureEntry> out;
  for (;;) {
    const auto row = ask->step();
    if (!row) return row.error();
    if (!*row) return out;
    const auto dossier = decode_uuid(ask->blob(2));
    if (!dossier) return dossier.error();
    ErasureEntry entry{.number = ask->number(0),
                       .part = static_cast<ErasedPart>(ask->number(1)),
                       .dossier = {StreamKind::kDossier, *dossier},
                       .person = std::nullopt,
                       .begun = Moment{std::chrono::microseconds{ask->number(4)}},
                       .is_done = ask->number(5) != 0};
    if (!ask->is_null(3)) {
      const auto person = decode_uuid(ask->blob(3));
      if (!person) return person.error();
      entry.person = *person;
    }
    out.push_back(entry);
  }
}

constexpr const char* kAll =
    "SELECT number, part, dossier, person, begun, done FROM erasure ORDER BY number";
constexpr const char* kUnfinished =
    "SELECT number, part, dossier, person, begun, done FROM erasure WHERE done=0 ORDER BY number";

// The register opened, to be read; absent when there is none. One that was cut short while it was
// made for the first time is empty, and nothing was begun by it.
Result<std::optional<SqliteFile>> find_register(const std::filesystem::path& data,
                                                SqliteAccess access) {
  std::error_code unknown;
  if (!std::filesystem::exists(register_file(data), unknown)) return std::optional<SqliteFile>();
  auto file = SqliteFile::open(register_file(data), access);
  if (!file) return file.error();
  const auto tables = file->ask_number("SELECT count(*) FROM sqlite_master");
  if (!tables) return tables.error();
  if (*tables == 0) return std::optional<SqliteFile>();
  return std::optional(std::move(*file));
}

}  // namespace

struct ErasureRegister::Impl {
  SqliteFile file;
};

ErasureRegister::ErasureRegister(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ErasureRegister::ErasureRegister(ErasureRegister&&) noexcept = default;
ErasureRegister::~ErasureRegister() = default;

Result<ErasureRegister> ErasureRegister::open(const std::filesystem::path& data, const Uuid& log) {
  auto file =
      SqliteFile::open(register_file(data), SqliteAccess::kCreate, SqliteReaders::kOwnerOnly);
  if (!file) return std::move(file).error();
  auto impl = std::make_unique<Impl>(Impl{std::move(*file)});
  {
    auto change = SqliteChange::begin(impl->file);
    if (!change) return std::move(change).error();
    TREDE_RETURN_IF_ERROR(impl->file.execute(std::string(kVaultMeta) + kTables));
    auto put = impl->file.prepare("INSERT OR IGNORE INTO meta VALUES(?, ?)");
    if (!put) return put.error();
    TREDE_RETURN_IF_ERROR(put->bind_text("form").bind(kVaultForm).run());
    TREDE_RETURN_IF_ERROR(put->bind_text("log").bind_blob(log.view()).run());
    TREDE_RETURN_IF_ERROR(change->commit());
  }
  TREDE_RETURN_IF_ERROR(check_vault_file(impl->file, "main", kTables, log));
  return ErasureRegister(std::move(impl));
}

Status ErasureRegister::begin(std::span<const ErasureEntry> entries) {
  auto change = SqliteChange::begin(impl_->file);
  if (!change) return std::move(change).error();
  auto put = impl_->file.prepare(
      "INSERT INTO erasure(part, dossier, person, begun, done) SELECT ?1, ?2, ?3, ?4, 0 "
      "WHERE NOT EXISTS(SELECT 1 FROM erasure WHERE part=?1 AND dossier=?2 AND done=0)");
  if (!put) return put.error();
  for (const ErasureEntry& entry : entries) {
    put->bind(static_cast<std::int64_t>(entry.part)).bind_blob(entry.dossier.uuid.view());
    if (entry.person) {
      put->bind_blob(entry.person->view());
    } else {
      put->bind_null();
    }
    TREDE_RETURN_IF_ERROR(put->bind(entry.begun.time_since_epoch().count()).run());
  }
  return change->commit();
}

Status ErasureRegister::finish() {
  return impl_->file.execute("UPDATE erasure SET done=1 WHERE done=0");
}

Result<std::vector<ErasureEntry>> ErasureRegister::unfinished() const {
  return read(impl_->file, kUnfinished);
}

Result<std::vector<ErasureEntry>> ErasureRegister::all() const { return read(impl_->file, kAll); }

Result<std::vector<ErasureEntry>> load_erasures(const std::filesystem::path& data,
                                                const Uuid& log) {
  auto found = find_register(data, SqliteAccess::kWrite);
  if (!found) return found.error();
  std::optional<SqliteFile>& file = *found;
  if (!file) return std::vector<ErasureEntry>();
  TREDE_RETURN_IF_ERROR(check_vault_file(*file, "main", kTables, log));
  const auto damage = find_damage(*file);
  if (!damage) return damage.error();
  if (!damage->empty()) {
    return Error{ErrorCode::kCorrupt, file->path().string() + ": damaged: " + *damage};
  }
  const auto missing = file->ask_number(
      "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name='erasure'), 0)"
      " - coalesce((SELECT max(number) FROM erasure), 0)");
  if (!missing) return missing.error();
  if (*missing != 0) {
    return Error{ErrorCode::kCorrupt,
                 file->path().string() + ": the last entries of the register were taken off"};
  }
  return read(*file, kAll);
}

Result<std::vector<StreamId>> erased_dossiers(const std::filesystem::path& data) {
  std::vector<StreamId> out;
  auto found = find_register(data, SqliteAccess::kRead);
  if (!found) return found.error();
  if (!*found) return out;
  const auto entries = read(**found, kAll);
  if (!entries) return entries.error();
  for (const ErasureEntry& entry : *entries) {
    if (entry.part == ErasedPart::kDossier) out.push_back(entry.dossier);
  }
  return out;
}

}  // namespace trede
