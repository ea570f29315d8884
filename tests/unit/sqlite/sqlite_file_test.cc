#include "engine/sqlite/sqlite_file.h"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

class SqliteTest : public ::testing::Test {
 protected:
  SqliteFile open(SqliteAccess access = SqliteAccess::kCreate) {
    return value_of(SqliteFile::open(file_, access));
  }
  std::string bytes() const {
    std::ostringstream out;
    out << std::ifstream(file_, std::ios::binary).rdbuf();
    return out.str();
  }

  TempDir dir_;
  std::filesystem::path file_ = dir_ / "sub" / "a.sqlite";
};

TEST_F(SqliteTest, GivesBackWhatWasBound) {
  SqliteFile file = open();
  ASSERT_TRUE(file.execute("CREATE TABLE t(n INTEGER, s TEXT, b BLOB, z BLOB) STRICT"));
  auto into = value_of(file.prepare("INSERT INTO t VALUES (?,?,?,?)"));
  ASSERT_TRUE(into.bind(-7).bind_text("é\"").bind_blob(std::string("\0x", 2)).bind_null().run());
  ASSERT_TRUE(into.bind(8).bind_text("").bind_blob("").bind_null().run());
  auto rows = value_of(file.prepare("SELECT n, s, b, z FROM t ORDER BY n"));
  ASSERT_TRUE(value_of(rows.step()));
  EXPECT_EQ(rows.number(0), -7);
  EXPECT_EQ(rows.text(1), "é\"");
  EXPECT_EQ(rows.blob(2), std::string("\0x", 2));
  EXPECT_TRUE(rows.is_null(3));
  ASSERT_TRUE(value_of(rows.step()));
  EXPECT_EQ(rows.text(1), "");
  EXPECT_FALSE(rows.is_null(2));
  EXPECT_FALSE(value_of(rows.step()));
}

TEST_F(SqliteTest, SaysThatThereIsNoFile) {
  EXPECT_TRUE(failed_with(SqliteFile::open(file_, SqliteAccess::kRead), ErrorCode::kNotFound));
  EXPECT_TRUE(failed_with(SqliteFile::open(file_, SqliteAccess::kWrite), ErrorCode::kNotFound));
}

TEST_F(SqliteTest, RefusesAnotherKindOfFile) {
  std::filesystem::create_directory(file_.parent_path());
  std::ofstream(file_) << std::string(4096, 'x');
  EXPECT_TRUE(failed_with(SqliteFile::open(file_, SqliteAccess::kCreate), ErrorCode::kCorrupt));
}

// What is left by a process that was killed in the middle of a change: pages of it in the file, and
// what they were in the journal.
TEST_F(SqliteTest, WhoReadsUndoesTheChangeThatAnotherWasKilledIn) {
  const std::filesystem::path left = dir_ / "left.sqlite";
  {
    SqliteFile file = open();
    ASSERT_TRUE(
        file.execute("CREATE TABLE t(s); INSERT INTO t VALUES ('before');"
                     "PRAGMA cache_size=1"));
    auto change = value_of(SqliteChange::begin(file));
    ASSERT_TRUE(
        file.execute("UPDATE t SET s = 'halfway';"
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                     " WHERE i < 500) INSERT INTO t SELECT zeroblob(1000) FROM n"));
    std::filesystem::copy_file(file_, left);
    std::filesystem::copy_file(file_.string() + "-journal", left.string() + "-journal");
  }
  file_ = left;
  ASSERT_NE(bytes().find("halfway"), std::string::npos);
  SqliteFile file = open(SqliteAccess::kRead);
  auto rows = value_of(file.prepare("SELECT s FROM t"));
  ASSERT_TRUE(value_of(rows.step()));
  EXPECT_EQ(rows.text(0), "before");
  EXPECT_FALSE(value_of(rows.step()));
  EXPECT_TRUE(failed_with(file.execute("INSERT INTO t VALUES (1)"), ErrorCode::kIo));
}

TEST_F(SqliteTest, WritesNothingWhenOpenedToRead) {
  ASSERT_TRUE(open().execute("CREATE TABLE t(n)"));
  SqliteFile file = open(SqliteAccess::kRead);
  EXPECT_TRUE(failed_with(file.execute("INSERT INTO t VALUES (1)"), ErrorCode::kIo));
}

TEST_F(SqliteTest, RollsBackAChangeThatIsNotCommitted) {
  SqliteFile file = open();
  ASSERT_TRUE(file.execute("CREATE TABLE t(n)"));
  {
    const auto change = value_of(SqliteChange::begin(file));
    ASSERT_TRUE(file.execute("INSERT INTO t VALUES (1)"));
  }
  EXPECT_EQ(value_of(file.ask_number("SELECT count(*) FROM t")), 0);
  auto change = value_of(SqliteChange::begin(file));
  ASSERT_TRUE(file.execute("INSERT INTO t VALUES (1)"));
  ASSERT_TRUE(change.commit());
  EXPECT_EQ(value_of(file.ask_number("SELECT count(*) FROM t")), 1);
}

TEST_F(SqliteTest, NamesAConstraintThatSaysNo) {
  SqliteFile file = open();
  ASSERT_TRUE(file.execute("CREATE TABLE t(n UNIQUE); INSERT INTO t VALUES (1)"));
  EXPECT_TRUE(failed_with(file.execute("INSERT INTO t VALUES (1)"), ErrorCode::kInvalid));
}

TEST_F(SqliteTest, LeavesNoByteOfWhatWasDeleted) {
  SqliteFile file = open();
  ASSERT_TRUE(file.execute("CREATE TABLE t(s); INSERT INTO t VALUES ('Zonnebloem-4711')"));
  ASSERT_NE(bytes().find("Zonnebloem"), std::string::npos);
  ASSERT_TRUE(file.execute("DELETE FROM t"));
  EXPECT_EQ(bytes().find("Zonnebloem"), std::string::npos);
  EXPECT_EQ(std::filesystem::file_size(file_.string() + "-journal"), 0u);
}

TEST_F(SqliteTest, MakesAPrivateFileOfItsOwnerAlone) {
  auto file = value_of(SqliteFile::open(file_, SqliteAccess::kCreate, SqliteReaders::kOwnerOnly));
  ASSERT_TRUE(file.execute("CREATE TABLE t(n)"));
  for (const char* suffix : {"", "-journal"}) {
    struct stat about {};
    ASSERT_EQ(stat((file_.string() + suffix).c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600u) << suffix;
  }
}

}  // namespace
}  // namespace trede::test
