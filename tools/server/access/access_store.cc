#include "tools/server/access/access_store.h"

#include <sys/stat.h>

#include "engine/sqlite/sqlite_schema.h"
#include "tools/server/access/access_rows.h"

namespace trede::server {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kVersion = 1;  // PRAGMA user_version

// Hands every row of `sql` to `visit`.
template <typename Visit>
Status each_row(SqliteFile& file, const std::string& sql, const Visit& visit) {
  auto rows = file.prepare(sql);
  if (!rows) return rows.error();
  for (;;) {
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) return {};
    TREDE_RETURN_IF_ERROR(visit(*rows));
  }
}

Error no_user() { return {ErrorCode::kNotFound, "there is no such user"}; }

Status load_tokens(SqliteFile& file, std::vector<Token>& into) {
  const std::string sql = std::string("SELECT ") + kTokenColumns + " FROM token ORDER BY naam";
  return each_row(file, sql, [&](const SqliteStatement& row) -> Status {
    auto token = token_of(row);
    if (!token) return token.error();
    into.push_back(std::move(*token));
    return {};
  });
}

Status load_stand_ins(SqliteFile& file, std::vector<StandIn>& into) {
  const char* const sql = "SELECT actor, voor, tm FROM vervanging ORDER BY actor, voor";
  return each_row(file, sql, [&](const SqliteStatement& row) -> Status {
    into.push_back({row.text(0), row.text(1), day_from_number(static_cast<int>(row.number(2)))});
    return {};
  });
}

Status load_sessions(SqliteFile& file, std::vector<Session>& into) {
  const char* const sql = "SELECT hash, actor, gemaakt, gezien FROM sessie ORDER BY hash";
  return each_row(file, sql, [&](const SqliteStatement& row) -> Status {
    into.push_back({row.blob(0), row.text(1), moment_of(row.number(2)), moment_of(row.number(3))});
    return {};
  });
}

}  // namespace

fs::path access_file(const fs::path& data) { return data / "toegang" / "toegang.sqlite"; }

Result<std::unique_ptr<AccessStore>> AccessStore::open(const fs::path& data, const Uuid& log,
                                                       StoreAccess access) {
  const fs::path path = access_file(data);
  auto file = SqliteFile::open(
      path, access == StoreAccess::kRead ? SqliteAccess::kRead : SqliteAccess::kCreate,
      SqliteReaders::kOwnerOnly);
  if (!file) return std::move(file).error();
  std::unique_ptr<AccessStore> store(new AccessStore(std::move(*file)));
  const auto version = store->file_.ask_number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version > kVersion) {
    return Error{ErrorCode::kNewer,
                 path.string() + ": its form is newer than this program; upgrade trede"};
  }
  if (*version == 0) {  // being made, or something else
    if (access == StoreAccess::kRead) {
      return Error{ErrorCode::kNotFound, path.string() + ": nothing is in it yet"};
    }
    ::chmod(path.parent_path().c_str(), 0700);
    TREDE_RETURN_IF_ERROR(store->make_tables(log));
  }
  TREDE_RETURN_IF_ERROR(check_schema(store->file_, "main", kAccessTables));
  TREDE_RETURN_IF_ERROR(store->check_owner(log));
  return store;
}

Status AccessStore::make_tables(const Uuid& log) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  const auto version = file_.ask_number("PRAGMA user_version");
  if (!version) return version.error();
  if (*version != 0) return {};  // another process was first
  const auto tables = file_.ask_number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  if (*tables != 0) {
    return Error{ErrorCode::kCorrupt, file_.path().string() + ": a file of another program"};
  }
  TREDE_RETURN_IF_ERROR(file_.execute(kAccessTables));
  auto owner = file_.prepare("INSERT INTO toegang_van VALUES (?)");
  if (!owner) return owner.error();
  TREDE_RETURN_IF_ERROR(owner->bind_blob(log.view()).run());
  return change->commit();
}

Status AccessStore::check_owner(const Uuid& log) {
  auto owner = file_.prepare("SELECT log FROM toegang_van");
  if (!owner) return owner.error();
  const auto row = owner->step();
  if (!row) return row.error();
  if (*row && owner->blob(0) == log.view()) return {};
  return Error{ErrorCode::kCorrupt,
               file_.path().string() + " has the users of another log than " + log.text()};
}

Result<std::vector<User>> AccessStore::load_users() {
  std::vector<User> out;
  const std::string sql = std::string("SELECT ") + kUserColumns + " FROM gebruiker ORDER BY actor";
  TREDE_RETURN_IF_ERROR(each_row(file_, sql, [&](const SqliteStatement& row) -> Status {
    auto user = user_of(row);
    if (!user) return user.error();
    out.push_back(std::move(*user));
    return {};
  }));
  return out;
}

Result<Accounts> AccessStore::load() {
  Accounts out;
  TREDE_RETURN_IF_ERROR(file_.execute("BEGIN"));
  auto users = load_users();
  Status loaded = users ? Status() : Status(users.error());
  if (users) out.users = *std::move(users);
  if (loaded) loaded = load_stand_ins(file_, out.stand_ins);
  if (loaded) loaded = load_tokens(file_, out.tokens);
  if (loaded) loaded = load_sessions(file_, out.sessions);
  const Status ended = file_.execute("ROLLBACK");
  if (!loaded) {
    const Error& error = loaded.error();
    const bool is_named = error.message.find(file_.path().string()) != std::string::npos;
    return Error{error.code, (is_named ? "" : file_.path().string() + ": ") + error.message};
  }
  if (!ended) return ended.error();
  return out;
}

Result<std::int64_t> AccessStore::load_data_version() {
  return file_.ask_number("PRAGMA data_version");
}

Status AccessStore::run(const std::string& sql, std::initializer_list<std::string_view> texts) {
  auto statement = file_.prepare(sql);
  if (!statement) return statement.error();
  for (const std::string_view text : texts) statement->bind_text(text);
  return statement->run();
}

Result<bool> AccessStore::changed_any() {
  const auto changes = file_.ask_number("SELECT changes()");
  if (!changes) return changes.error();
  return *changes > 0;
}

Status AccessStore::check_name_is_free(std::string_view name) {
  auto taken = file_.prepare(
      "SELECT 1 FROM gebruiker WHERE actor=?1 COLLATE NOCASE UNION"
      " SELECT 1 FROM token WHERE naam=?1 COLLATE NOCASE UNION"
      " SELECT 1 FROM oude_naam WHERE naam=?1 COLLATE NOCASE");
  if (!taken) return taken.error();
  const auto row = taken->bind_text(name).step();
  if (!row) return row.error();
  if (!*row) return {};
  return Error{ErrorCode::kInvalid, "`" + std::string(name) +
                                        "` is or was the name of a user or a token, expected "
                                        "one that nobody had"};
}

Result<std::optional<User>> AccessStore::find_user(std::string_view actor) {
  auto rows =
      file_.prepare(std::string("SELECT ") + kUserColumns + " FROM gebruiker WHERE actor=?");
  if (!rows) return rows.error();
  const auto row = rows->bind_text(actor).step();
  if (!row) return row.error();
  if (!*row) return std::optional<User>();
  auto user = user_of(*rows);
  if (!user) return user.error();
  return std::optional<User>(std::move(*user));
}

Status AccessStore::put_user(const User& user) {
  auto into = file_.prepare(std::string("INSERT OR REPLACE INTO gebruiker(") + kUserColumns +
                            ") VALUES (?,?,?,?,?,?,?,?,?)");
  if (!into) return into.error();
  bind_user(*into, user);
  return into->run();
}

Status AccessStore::add_user(const User& user) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  TREDE_RETURN_IF_ERROR(check_name_is_free(user.actor));
  TREDE_RETURN_IF_ERROR(put_user(user));
  return change->commit();
}

Status AccessStore::change_user(std::string_view actor,
                                const std::function<Status(User&)>& change_one) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  const auto before = find_user(actor);
  if (!before) return before.error();
  if (!*before) return no_user();
  User after = **before;
  TREDE_RETURN_IF_ERROR(change_one(after));
  after.actor = (*before)->actor;
  TREDE_RETURN_IF_ERROR(put_user(after));
  const bool has_new_password = after.password_hash != (*before)->password_hash;
  if (has_new_password || after.is_blocked) TREDE_RETURN_IF_ERROR(end_sessions_of(actor, ""));
  return change->commit();
}

Status AccessStore::remove_user(std::string_view actor) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  TREDE_RETURN_IF_ERROR(run("DELETE FROM gebruiker WHERE actor=?", {actor}));
  const auto removed = changed_any();
  if (!removed) return removed.error();
  if (!*removed) return no_user();
  TREDE_RETURN_IF_ERROR(run("DELETE FROM vervanging WHERE actor=?1 OR voor=?1", {actor}));
  TREDE_RETURN_IF_ERROR(end_sessions_of(actor, ""));
  TREDE_RETURN_IF_ERROR(run("INSERT INTO oude_naam VALUES (?)", {actor}));
  return change->commit();
}

Status AccessStore::put_stand_in(const StandIn& stand_in) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  for (const std::string& actor : {stand_in.actor, stand_in.voor}) {
    const auto user = find_user(actor);
    if (!user) return user.error();
    if (!*user) return no_user();
  }
  auto into = file_.prepare("INSERT OR REPLACE INTO vervanging VALUES (?,?,?)");
  if (!into) return into.error();
  into->bind_text(stand_in.actor).bind_text(stand_in.voor).bind(day_number(stand_in.tm));
  TREDE_RETURN_IF_ERROR(into->run());
  return change->commit();
}

Status AccessStore::remove_stand_in(std::string_view actor, std::string_view voor) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  TREDE_RETURN_IF_ERROR(run("DELETE FROM vervanging WHERE actor=? AND voor=?", {actor, voor}));
  const auto removed = changed_any();
  if (!removed) return removed.error();
  if (!*removed) return Error{ErrorCode::kNotFound, "nobody stands in there"};
  return change->commit();
}

Status AccessStore::add_token(const Token& token) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  TREDE_RETURN_IF_ERROR(check_name_is_free(token.name));
  auto into = file_.prepare(std::string("INSERT INTO token(") + kTokenColumns +
                            ") VALUES (?,?,?,?,?,?,?,?,?,?,?)");
  if (!into) return into.error();
  bind_token(*into, token);
  TREDE_RETURN_IF_ERROR(into->run());
  return change->commit();
}

Status AccessStore::revoke_token(std::string_view id) {
  auto change = SqliteChange::begin(file_);
  if (!change) return change.error();
  TREDE_RETURN_IF_ERROR(run("UPDATE token SET ingetrokken=1 WHERE id=?", {id}));
  const auto revoked = changed_any();
  if (!revoked) return revoked.error();
  if (!*revoked) return Error{ErrorCode::kNotFound, "there is no such token"};
  return change->commit();
}

}  // namespace trede::server
