#include "tools/server/api/trail_writer.h"

#include <gtest/gtest.h>

#include <future>

#include "engine/sqlite/sqlite_file.h"
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

class TrailWriterTest : public testing::Test {
 protected:
  std::unique_ptr<Trail> open(TrailAccess access) {
    auto trail = Trail::open(dir_.path(), log_, access, clock_);
    EXPECT_TRUE(trail) << trail.error().message;
    return *std::move(trail);
  }
  static std::vector<TrailEntry> entries(const std::string& object) {
    return {
        {.action = TrailAction::kVastleggen, .object = object, .origin = "http", .actor = "w1"}};
  }
  std::uint64_t noted() { return open(TrailAccess::kRead)->head()->count; }
  // From now on the file takes nothing, and says nothing of it.
  void break_file() const {
    auto file = SqliteFile::open(trail_file(dir_.path()), SqliteAccess::kWrite);
    ASSERT_TRUE(file);
    ASSERT_TRUE(
        file->execute("CREATE TRIGGER z BEFORE INSERT ON spoor BEGIN "
                      "SELECT RAISE(IGNORE); END"));
  }

  TempDir dir_;
  Uuid log_{{1}};
  FakeClock clock_{Moment{Day{std::chrono::year{2021} / 4 / 12}}};
};

TEST_F(TrailWriterTest, WhatIsAppendedBehindIsThereWhenItSettled) {
  server::TrailWriter writer(open(TrailAccess::kWrite));
  for (int i = 0; i < 100; ++i) {
    auto some = entries("organisatie");
    ASSERT_TRUE(writer.append_behind(some, [](const Status& added) { EXPECT_TRUE(added); }));
  }
  writer.settle();
  EXPECT_EQ(noted(), 100U);
}

TEST_F(TrailWriterTest, WhatIsStillOnItsWayGoesInBeforeItEnds) {
  {
    server::TrailWriter writer(open(TrailAccess::kWrite));
    auto some = entries("organisatie");
    ASSERT_TRUE(writer.append_behind(some, [](const Status&) {}));
  }
  EXPECT_EQ(noted(), 1U);
}

TEST_F(TrailWriterTest, AfterOneThatDidNotGoInNothingIsTakenBehind) {
  server::TrailWriter writer(open(TrailAccess::kWrite));
  break_file();
  std::promise<Status> told;
  auto some = entries("organisatie");
  ASSERT_TRUE(
      writer.append_behind(some, [&told](Status added) { told.set_value(std::move(added)); }));
  const Status added = told.get_future().get();
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, ErrorCode::kCorrupt);
  writer.settle();
  EXPECT_FALSE(writer.is_well());
  some = entries("organisatie");
  EXPECT_FALSE(writer.append_behind(some, [](const Status&) { ADD_FAILURE(); }));
  EXPECT_EQ(some.size(), 1U);  // still the caller's
  EXPECT_EQ(noted(), 0U);
}

}  // namespace
}  // namespace trede::test
