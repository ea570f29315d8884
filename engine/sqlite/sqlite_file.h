// A SQLite database in one file: opened, asked, and closed, with Errors instead of numbers. What is
// kept in it is the business of the room that uses it.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace trede {

// One statement of SQL. What is bound is copied. Owner: who prepared it; must not outlive the
// file. Threads: those of its file.
class SqliteStatement {
 public:
  // The next `?`, from the first on.
  SqliteStatement& bind(std::int64_t number);
  SqliteStatement& bind_text(std::string_view text);
  SqliteStatement& bind_blob(std::string_view bytes);
  SqliteStatement& bind_null();

  // Returns: whether there is a row now. After the last one the statement can be bound anew.
  // Errors: kLocked  another process kept the file longer than its patience;
  //         kCorrupt the file is damaged;  kInvalid a constraint or trigger said no;  kIo.
  Result<bool> step();
  // Steps to the end. Errors: as step.
  Status run();
  // Forgets what is bound, and the rows that were not asked for.
  void reset();

  // Of the row: columns from 0. Bytes that are no text are not changed into one.
  std::int64_t number(int column) const;
  std::string text(int column) const;
  std::string blob(int column) const;
  bool is_null(int column) const;

 private:
  friend class SqliteFile;
  struct Finish {
    void operator()(sqlite3_stmt* statement) const;
  };
  SqliteStatement(sqlite3_stmt* statement, std::shared_ptr<bool> broke)
      : statement_(statement), broke_(std::move(broke)) {}
  std::unique_ptr<sqlite3_stmt, Finish> statement_;
  std::shared_ptr<bool> broke_;  // of its file
  int next_ = 1;
  int failed_ = 0;  // of the first bind that did
};

enum class SqliteAccess {
  kRead,    // changes nothing, also not on a read-only disk; but undoes half a change
  kWrite,   // it must be there
  kCreate,  // as kWrite; makes the file, and its folder, when they are not there
};

enum class SqliteReaders {
  kAsUsual,    // whom the umask lets
  kOwnerOnly,  // a file that is made is of its owner alone (0600), its journal too
};

// Durable: each commit, on return; the file keeps a rollback journal, not a write-ahead log, so
// that what was deleted with `secure_delete` stands in no file when the change is committed.
// After an error kIo it is refused with kIo whatever is asked, until the file is opened again: what
// a failed sync was to write may be gone from the memory of the system, and with it what SQLite
// would undo a change by. A commit that failed so may stand all the same; who opens it sees.
// Threads: one at a time. Several processes may use the file at once.
class SqliteFile {
 public:
  // Errors: kNotFound  there is no such file;  kLocked, kCorrupt, kIo. The message names the file.
  static Result<SqliteFile> open(const std::filesystem::path& path, SqliteAccess access,
                                 SqliteReaders readers = SqliteReaders::kAsUsual);
  // An empty one that is in no file. Errors: kIo.
  static Result<SqliteFile> in_memory();

  // Statements without a result, separated by `;`. Errors: as SqliteStatement::step.
  Status execute(const std::string& sql);
  Result<SqliteStatement> prepare(std::string_view sql);
  // The first column of the first row. Errors: as step; kCorrupt when there is no row.
  Result<std::int64_t> ask_number(std::string_view sql);

  // How long a call waits for another process that keeps the file; ten seconds when nothing is
  // said.
  void set_patience(std::chrono::milliseconds patience);

  const std::filesystem::path& path() const { return path_; }
  // Whether it is to be opened again before anything else.
  bool broke() const { return *broke_; }
  // For what is asked rarely, such as a copy of the whole file. Valid as long as this object.
  sqlite3* handle() { return database_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  SqliteFile(std::filesystem::path path, sqlite3* database)
      : path_(std::move(path)), database_(database) {}
  Status check_usable() const;
  Error failed(int result);
  std::filesystem::path path_;
  std::shared_ptr<bool> broke_ = std::make_shared<bool>(false);
  std::unique_ptr<sqlite3, Close> database_;
};

// A change as a whole: rolled back unless it is committed. The write lock is taken at once, so that
// what is read within it stays true until the end. Owner: who changes; must not outlive the file.
class SqliteChange {
 public:
  // Errors: kLocked, kIo, kCorrupt.
  static Result<SqliteChange> begin(SqliteFile& file);
  SqliteChange(SqliteChange&& other) noexcept : file_(std::exchange(other.file_, nullptr)) {}
  SqliteChange& operator=(SqliteChange&&) = delete;
  ~SqliteChange();
  // Durable: on return. Errors: kLocked; then it is rolled back.  kIo; it is rolled back or stands.
  Status commit();

 private:
  explicit SqliteChange(SqliteFile* file) : file_(file) {}
  SqliteFile* file_;
};

}  // namespace trede
