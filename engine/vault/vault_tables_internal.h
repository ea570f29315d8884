// The tables of a vault: sealed bytes and ids, nothing that needs a key. Both files as one
// database, so that a change of both is one transaction (SQLite commits attached files together).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>

#include "engine/base/ids.h"
#include "engine/sqlite/sqlite_file.h"
#include "engine/vault/erasures.h"
#include "engine/vault/person.h"
#include "engine/vault/sealing.h"

namespace trede {

// The largest number of the form of both files that this program reads.
inline constexpr std::int64_t kVaultForm = 1;

// What is in each file of a vault, beside `meta`, which is in all.
inline constexpr const char* kVaultMeta =
    "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;";
inline constexpr const char* kSealedTables =
    "CREATE TABLE dossier(dossier BLOB PRIMARY KEY, person BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX dossier_person ON dossier(person);"
    "CREATE TABLE person(person BLOB PRIMARY KEY, sealed BLOB NOT NULL, bsn_tag BLOB UNIQUE);"
    "CREATE TABLE note(dossier BLOB NOT NULL, category INTEGER NOT NULL, note BLOB NOT NULL,"
    " sealed BLOB NOT NULL, PRIMARY KEY(dossier, category, note));";
inline constexpr const char* kKeyTables =
    "CREATE TABLE wrapped(what INTEGER NOT NULL, owner BLOB NOT NULL, wrapped BLOB NOT NULL,"
    " PRIMARY KEY(what, owner)) WITHOUT ROWID;";

// A prepared statement per text, made at its first use: an import runs each a hundred thousand
// times. Owner: who owns the file.
class SqliteStatements {
 public:
  explicit SqliteStatements(SqliteFile& file) : file_(&file) {}
  // Reset, with nothing bound. Requires: a text that stays (a literal).
  Result<SqliteStatement*> get(const char* sql);
  // Drops them: a file with statements under way cannot be written anew.
  void clear() { statements_.clear(); }

 private:
  SqliteFile* file_;
  std::map<const char*, SqliteStatement> statements_;
};

struct SealedNote {
  Uuid id;
  std::string sealed;
};

// Threads: one.
class VaultTables {
 public:
  // Makes both files, those of the log `log`; the keys last. Errors: as Vault::create.
  static Status create(const std::filesystem::path& data, const Uuid& log,
                       std::string_view wrapped_index_key);
  // Errors: kNotFound, kCorrupt, kNewer, kIo.
  static Result<std::unique_ptr<VaultTables>> open(const std::filesystem::path& data,
                                                   const Uuid& log);

  Result<SqliteChange> begin() { return SqliteChange::begin(file_); }

  Result<std::string> load_index_key();
  Status put_index_key(std::string_view wrapped);

  using KeyVisitor = std::function<Status(Sealed, const Uuid& owner, std::string wrapped)>;
  Result<std::optional<std::string>> find_key(Sealed what, const Uuid& owner);
  Status put_key(Sealed what, const Uuid& owner, std::string_view wrapped);
  Status scan_keys(const KeyVisitor& visit);

  Result<std::optional<Uuid>> find_person(const StreamId& dossier);
  Result<std::vector<StreamId>> dossiers_of(const Uuid& person);
  Status link(const StreamId& dossier, const Uuid& person);

  Result<std::optional<std::string>> find_data(const Uuid& person);
  Result<std::optional<Uuid>> find_tag(std::string_view tag);
  Result<std::optional<std::string>> find_tag_of(const Uuid& person);
  // `tag` empty: none.
  Status put_data(const Uuid& person, std::string_view sealed, std::string_view tag);
  Status remove_person(const Uuid& person);
  using DataVisitor = std::function<Status(const Uuid& person, std::string sealed)>;
  Status scan_data(const DataVisitor& visit);

  Status put_note(const StreamId& dossier, NoteCategory category, const SealedNote& note);
  Result<std::vector<SealedNote>> notes(const StreamId& dossier, NoteCategory category);
  using NoteVisitor = std::function<Status(const StreamId&, NoteCategory, const SealedNote&)>;
  Status scan_notes(const NoteVisitor& visit);

  // What is wrong with the pages or indexes of either file; empty when nothing is.
  Result<std::string> find_damage();

  // Writes the file of keys anew, without what was replaced.
  Status compact_keys();

 private:
  explicit VaultTables(SqliteFile file) : file_(std::move(file)), statements_(file_) {}

  SqliteFile file_;
  SqliteStatements statements_;
};

// Whether `file` is one of a vault of ours, of the log `log` (any when absent), and has `meta`,
// what `tables` makes, and nothing else: a trigger of another's making could undo an erasure.
// Errors: kCorrupt, kNewer, kIo.
Status check_vault_file(SqliteFile& file, const char* schema, const char* tables,
                        const std::optional<Uuid>& log);

}  // namespace trede
