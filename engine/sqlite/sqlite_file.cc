#include "engine/sqlite/sqlite_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace trede {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{10};  // for another process that writes

ErrorCode code_of(int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::kLocked;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorCode::kCorrupt;
    case SQLITE_CONSTRAINT: return ErrorCode::kInvalid;
    default: return ErrorCode::kIo;
  }
}

Error error_of(sqlite3* database, int result) {
  const char* const file = sqlite3_db_filename(database, "main");
  std::string message = file == nullptr ? "" : std::string(file) + ": ";
  if ((result & 0xFF) == SQLITE_BUSY) {
    return {ErrorCode::kLocked,
            message + "in use by another program, for longer than one waits; try again"};
  }
  message += sqlite3_errmsg(database);
  const int system_error = sqlite3_system_errno(database);
  const bool is_system = (result & 0xFF) == SQLITE_IOERR || (result & 0xFF) == SQLITE_CANTOPEN;
  if (is_system && system_error != 0) message += std::string(", ") + std::strerror(system_error);
  return {code_of(result), std::move(message)};
}

// An error after which the file must be opened again. A full disk is none: nothing is lost there.
bool is_of_the_disk(int result) { return (result & 0xFF) == SQLITE_IOERR; }

Error broken(const std::string& file) {
  return {ErrorCode::kIo, file + ": a write to it failed; open it again"};
}

// Whether there is one. What stands where its folder should is said: it is not as if nothing was
// ever kept there.
Result<bool> is_there(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::exists(status)) return true;
  if (status.type() != fs::file_type::not_found) {
    return Error{ErrorCode::kIo, path.string() + ": " + error.message()};
  }
  const fs::path folder = path.parent_path();
  if (!fs::exists(folder, error) || fs::is_directory(folder, error)) return false;
  return Error{ErrorCode::kCorrupt, folder.string() + " is no folder, expected one with " +
                                        path.filename().string() + " in it"};
}

// A folder that is in its parent on disk, also when an earlier call could not see to that.
Status make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Error{ErrorCode::kIo, folder.string() + ": " + error.message()};
  const fs::path parent = fs::absolute(folder).lexically_normal().parent_path();
  const int descriptor = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int why = errno;
  if (descriptor >= 0) ::close(descriptor);
  return synced ? Status() : Error{ErrorCode::kIo, parent.string() + ": " + std::strerror(why)};
}

// Syncs the journal of `path`. An emptied one that a failed sync left on disk as it was would come
// back when power goes, and undo a commit that others have seen by then.
Status sync_journal(const fs::path& path) {
  const fs::path journal = path.string() + "-journal";
  const int descriptor = ::open(journal.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {};  // there is none, or it is not ours to sync
  const bool synced = ::fsync(descriptor) == 0;
  const int why = errno;
  ::close(descriptor);
  return synced ? Status() : Error{ErrorCode::kIo, journal.string() + ": " + std::strerror(why)};
}

// Whether a process was killed in the middle of a change: a file that was opened to be read alone
// cannot be read before that is undone.
bool has_half_change(sqlite3* database) {
  sqlite3_extended_result_codes(database, 1);
  const int code = sqlite3_exec(database, "PRAGMA schema_version", nullptr, nullptr, nullptr);
  sqlite3_extended_result_codes(database, 0);
  return code == SQLITE_READONLY_ROLLBACK;
}

// Undoes it, as whoever opens the file to write does.
Status undo_half_change(const fs::path& path) {
  const auto file = SqliteFile::open(path, SqliteAccess::kWrite);
  if (file) return {};
  return Error{file.error().code,
               path.string() + ": a process was cut short while it wrote, which must be undone " +
                   "first by who may write: " + file.error().message};
}

// An empty file, which SQLite takes for a new database; its journal gets the same mode.
Status make_private(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return Error{ErrorCode::kIo, path.string() + ": " + std::strerror(errno)};
  ::close(descriptor);
  return {};
}

}  // namespace

void SqliteStatement::Finish::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

SqliteStatement& SqliteStatement::bind(std::int64_t number) {
  const int bound = sqlite3_bind_int64(statement_.get(), next_++, number);
  if (failed_ == SQLITE_OK) failed_ = bound;
  return *this;
}

SqliteStatement& SqliteStatement::bind_text(std::string_view text) {
  const int bound = sqlite3_bind_text64(statement_.get(), next_++, text.data(), text.size(),
                                        SQLITE_TRANSIENT, SQLITE_UTF8);
  if (failed_ == SQLITE_OK) failed_ = bound;
  return *this;
}

SqliteStatement& SqliteStatement::bind_blob(std::string_view bytes) {
  // An empty one that is not NULL.
  const int bound = bytes.empty() ? sqlite3_bind_zeroblob(statement_.get(), next_++, 0)
                                  : sqlite3_bind_blob64(statement_.get(), next_++, bytes.data(),
                                                        bytes.size(), SQLITE_TRANSIENT);
  if (failed_ == SQLITE_OK) failed_ = bound;
  return *this;
}

SqliteStatement& SqliteStatement::bind_null() {
  const int bound = sqlite3_bind_null(statement_.get(), next_++);
  if (failed_ == SQLITE_OK) failed_ = bound;
  return *this;
}

void SqliteStatement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  next_ = 1;
  failed_ = SQLITE_OK;
}

Result<bool> SqliteStatement::step() {
  sqlite3* const database = sqlite3_db_handle(statement_.get());
  if (*broke_) return broken(sqlite3_db_filename(database, "main"));
  const int result = failed_ == SQLITE_OK ? sqlite3_step(statement_.get()) : failed_;
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) {
    reset();
    return false;
  }
  Error error = error_of(database, result);
  *broke_ = is_of_the_disk(result);
  reset();
  return error;
}

Status SqliteStatement::run() {
  for (;;) {
    const auto row = step();
    if (!row) return row.error();
    if (!*row) return {};
  }
}

std::int64_t SqliteStatement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string SqliteStatement::text(int column) const { return blob(column); }

std::string SqliteStatement::blob(int column) const {
  const void* const bytes = sqlite3_column_blob(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void SqliteFile::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Result<SqliteFile> SqliteFile::open(const fs::path& path, SqliteAccess access,
                                    SqliteReaders readers) {
  const auto found = is_there(path);
  if (!found) return found.error();
  if (!*found && access != SqliteAccess::kCreate) {
    return Error{ErrorCode::kNotFound, path.string() + ": there is no such file"};
  }
  if (!*found) TREDE_RETURN_IF_ERROR(make_folder(path.parent_path()));
  if (!*found && readers == SqliteReaders::kOwnerOnly) {
    TREDE_RETURN_IF_ERROR(make_private(path));
  }
  const Status settled = sync_journal(path);
  if (!settled && access != SqliteAccess::kRead) return settled.error();
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= access == SqliteAccess::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (access == SqliteAccess::kCreate) flags |= SQLITE_OPEN_CREATE;
  sqlite3* database = nullptr;
  const int opened = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
  SqliteFile file(path, database);  // closed also when it could not be opened
  if (database == nullptr) return Error{ErrorCode::kIo, path.string() + ": no memory"};
  if (opened != SQLITE_OK) return error_of(database, opened);
  file.set_patience(kPatience);
  // A statement of another's making, stored in the file, can do no more than its tables allow.
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (access == SqliteAccess::kRead && has_half_change(database)) {
    TREDE_RETURN_IF_ERROR(undo_half_change(path));
  }
  TREDE_RETURN_IF_ERROR(
      file.execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY"));
  // Reads the file: whoever handed over another kind of file hears it now. Emptying the journal is
  // one sync less than removing it, and no folder has to be synced.
  if (access != SqliteAccess::kRead) {
    // Journal mode is read with SHARED lock; a file system without room says so at the first write.
    TREDE_RETURN_IF_ERROR(file.execute("PRAGMA journal_mode=TRUNCATE"));
  }
  const auto version = file.ask_number("PRAGMA schema_version");
  if (!version) return version.error();
  return file;
}

Result<SqliteFile> SqliteFile::in_memory() {
  sqlite3* database = nullptr;
  const int opened = sqlite3_open(":memory:", &database);
  SqliteFile file({}, database);
  if (database == nullptr) return Error{ErrorCode::kIo, "no memory"};
  if (opened != SQLITE_OK) return error_of(database, opened);
  return file;
}

void SqliteFile::set_patience(std::chrono::milliseconds patience) {
  sqlite3_busy_timeout(database_.get(), static_cast<int>(patience.count()));
}

Status SqliteFile::check_usable() const {
  return *broke_ ? Status(broken(path_.string())) : Status();
}

Error SqliteFile::failed(int result) {
  *broke_ = *broke_ || is_of_the_disk(result);
  return error_of(database_.get(), result);
}

Status SqliteFile::execute(const std::string& sql) {
  TREDE_RETURN_IF_ERROR(check_usable());
  const int result = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return result == SQLITE_OK ? Status() : failed(result);
}

Result<SqliteStatement> SqliteFile::prepare(std::string_view sql) {
  TREDE_RETURN_IF_ERROR(check_usable());
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                        &statement, nullptr);
  if (result != SQLITE_OK) return failed(result);
  return SqliteStatement(statement, broke_);
}

Result<std::int64_t> SqliteFile::ask_number(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  if (!*row) return Error{ErrorCode::kCorrupt, path_.string() + ": no row where one must be"};
  return statement->number(0);
}

Result<SqliteChange> SqliteChange::begin(SqliteFile& file) {
  TREDE_RETURN_IF_ERROR(file.execute("BEGIN IMMEDIATE"));
  return SqliteChange(&file);
}

SqliteChange::~SqliteChange() {
  if (file_ == nullptr) return;
  // SQLite may have done it already.
  sqlite3_exec(file_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Status SqliteChange::commit() {
  const Status committed = file_->execute("COMMIT");
  if (committed) file_ = nullptr;
  return committed;
}

}  // namespace trede
