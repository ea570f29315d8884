// Groups that are recorded in a thread of their own while the next rows are read.
#include "tools/trede/rows/group_pipe.h"

#include <gtest/gtest.h>

#include <thread>

namespace trede::tool {
namespace {

constexpr std::size_t kGroups = 5000;

ImportGroup group_of_line(std::size_t line) {
  ImportGroup group;
  group.rows.push_back({line, "dossier/A"});
  return group;
}

void expect_nothing(std::span<const ImportGroup> /*next*/) {}

TEST(GroupPipe, HandsGroupsOnInOrderInAnotherThread) {
  const std::thread::id owner = std::this_thread::get_id();
  std::vector<std::size_t> expected;
  std::vector<std::size_t> lines;
  GroupPipe pipe({.expect =
                      [&](std::span<const ImportGroup> next) {
                        EXPECT_EQ(expected.size(), lines.size());
                        for (const ImportGroup& group : next) {
                          expected.push_back(group.rows.front().line);
                        }
                      },
                  .take = [&](ImportGroup& group) -> Status {
                    EXPECT_NE(std::this_thread::get_id(), owner);
                    lines.push_back(group.rows.front().line);
                    return {};
                  }});
  for (std::size_t i = 0; i < kGroups; ++i) {
    EXPECT_TRUE(pipe.push(group_of_line(i)));
    if (i % 777 != 0) continue;
    EXPECT_TRUE(pipe.drain());
    EXPECT_EQ(lines.size(), i + 1);  // the owner may look now
  }
  EXPECT_TRUE(pipe.drain());
  ASSERT_EQ(lines.size(), kGroups);
  for (std::size_t i = 0; i < kGroups; ++i) EXPECT_EQ(lines[i], i);
  EXPECT_EQ(expected, lines);
}

TEST(GroupPipe, TakesNothingAfterAnErrorAndKeepsSayingIt) {
  std::vector<std::size_t> lines;
  GroupPipe pipe({.expect = expect_nothing, .take = [&](ImportGroup& group) -> Status {
                    lines.push_back(group.rows.front().line);
                    if (lines.size() == 300) return Error{ErrorCode::kIo, "the disk is gone"};
                    return {};
                  }});
  Status pushed;
  for (std::size_t i = 0; i < kGroups && pushed; ++i) pushed = pipe.push(group_of_line(i));
  ASSERT_FALSE(pushed);
  EXPECT_EQ(pushed.error().message, "the disk is gone");
  const Status drained = pipe.drain();
  ASSERT_FALSE(drained);
  EXPECT_EQ(drained.error().message, "the disk is gone");
  EXPECT_EQ(lines.size(), 300U);
}

TEST(GroupPipe, GoesWithoutBeingDrained) {
  for (std::size_t groups : {0, 1, 1000}) {
    GroupPipe pipe({.expect = expect_nothing, .take = [](ImportGroup&) -> Status { return {}; }});
    for (std::size_t i = 0; i < groups; ++i) EXPECT_TRUE(pipe.push(group_of_line(i)));
  }
}

}  // namespace
}  // namespace trede::tool
