#include "engine/sqlite/sqlite_schema.h"

#include <sqlite3.h>

#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

constexpr const char* kMade =
    "CREATE TABLE t(n INTEGER PRIMARY KEY AUTOINCREMENT, s TEXT UNIQUE);"
    "CREATE TABLE w(n INTEGER PRIMARY KEY) WITHOUT ROWID;"
    "CREATE INDEX i ON t(s, n);"
    "CREATE TRIGGER g BEFORE DELETE ON t BEGIN SELECT raise(ABORT, 'no'); END;";

class SqliteSchemaTest : public ::testing::Test {
 protected:
  SqliteFile open(const char* name) {
    return value_of(SqliteFile::open(dir_ / name, SqliteAccess::kCreate));
  }

  TempDir dir_;
};

TEST_F(SqliteSchemaTest, IsTheProgramsOwnAlsoWrittenAnew) {
  SqliteFile file = open("a");
  ASSERT_TRUE(file.execute(std::string(kMade) + "INSERT INTO t(s) VALUES ('x'); VACUUM"));
  EXPECT_EQ(value_of(find_foreign_schema(file, "main", kMade)), "");
  EXPECT_TRUE(check_schema(file, "main", kMade));
}

TEST_F(SqliteSchemaTest, NamesWhatDiffers) {
  const struct {
    const char* sql;
    const char* found;
  } cases[] = {
      {"CREATE TRIGGER z BEFORE INSERT ON t BEGIN SELECT raise(IGNORE); END",
       "trigger z is not of this program"},
      {"ANALYZE", "table sqlite_stat1 is not of this program"},
      {"DROP TRIGGER g", "trigger g is missing"},
      {"DROP TRIGGER g; CREATE TRIGGER g BEFORE DELETE ON t BEGIN SELECT 1; END",
       "trigger g was changed"},
      {"DROP TABLE w; CREATE TABLE w(n INTEGER PRIMARY KEY)", "table w was changed"},
      {"ALTER TABLE w ADD COLUMN m", "table w was changed"},
  };
  int number = 0;
  for (const auto& one : cases) {
    SqliteFile file = open(std::to_string(++number).c_str());
    ASSERT_TRUE(file.execute(std::string(kMade) + "INSERT INTO t(s) VALUES ('x')"));
    ASSERT_TRUE(file.execute(one.sql)) << one.sql;
    EXPECT_EQ(value_of(find_foreign_schema(file, "main", kMade)), one.found);
  }
}

TEST_F(SqliteSchemaTest, LooksAtAnAttachedFileByItsName) {
  ASSERT_TRUE(open("other").execute("CREATE TABLE o(n)"));
  SqliteFile file = open("a");
  ASSERT_TRUE(file.execute(kMade));
  ASSERT_TRUE(file.execute("ATTACH '" + (dir_ / "other").string() + "' AS x"));
  EXPECT_TRUE(check_schema(file, "x", "CREATE TABLE o(n)"));
  ASSERT_TRUE(file.execute("CREATE VIEW x.v AS SELECT * FROM o"));
  const Status checked = check_schema(file, "x", "CREATE TABLE o(n)");
  EXPECT_TRUE(failed_with(checked, ErrorCode::kCorrupt,
                          (dir_ / "other").string() + ": view v is not of this program"));
  EXPECT_TRUE(check_schema(file, "main", kMade));
}

TEST_F(SqliteSchemaTest, AnIndexThatIsNotThatOfItsTableIsDamage) {
  SqliteFile file = open("a");
  ASSERT_TRUE(file.execute("CREATE TABLE t(s); INSERT INTO t VALUES ('x'), ('y')"));
  EXPECT_EQ(value_of(find_damage(file)), "");
  sqlite3_db_config(file.handle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
  ASSERT_TRUE(
      file.execute("CREATE INDEX i ON t(s) WHERE s<>'x'; PRAGMA writable_schema=1;"
                   "UPDATE sqlite_schema SET sql='CREATE INDEX i ON t(s)' WHERE name='i'"));
  SqliteFile again = open("a");
  EXPECT_EQ(value_of(find_damage(again)), "row 1 missing from index i");
}

TEST_F(SqliteSchemaTest, NothingOfTheProgramChangesWhatIsWrittenInTheSchema) {
  SqliteFile file = open("a");
  ASSERT_TRUE(file.execute(kMade));
  EXPECT_FALSE(
      file.execute("PRAGMA writable_schema=1; UPDATE sqlite_schema SET sql='' WHERE name='g'"));
}

}  // namespace
}  // namespace trede::test
