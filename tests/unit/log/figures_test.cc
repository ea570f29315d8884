// What a log tells of itself changes with what is done to it.
#include "engine/log/figures.h"

#include <algorithm>
#include <numeric>

#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using FiguresTest = LogTest;

std::uint64_t count(const DistributionCounts& of) {
  return std::accumulate(of.counts.begin(), of.counts.end(), std::uint64_t{0});
}

TEST_F(FiguresTest, AppendsGroupsAndSyncsAreCounted) {
  const LogFigures before = figures_of(*folder_);
  EXPECT_EQ(count(before.append_seconds), 0U);
  EXPECT_EQ(count(before.group_events), 0U);
  append_each(log(), dossier(1), 1, 3);
  ASSERT_TRUE(append(log(), {to(dossier(2), 0, {4, 5}), to(dossier(3), 0, {6})}));
  const LogFigures after = figures_of(*folder_);
  EXPECT_EQ(count(after.append_seconds), 4U);
  EXPECT_EQ(count(after.group_events), 4U);
  EXPECT_EQ(after.group_events.sum, 6);
  // One write of each group.
  EXPECT_GE(count(after.sync_seconds) - count(before.sync_seconds), 4U);
  EXPECT_GT(after.sync_seconds.sum, before.sync_seconds.sum);
  EXPECT_GE(after.append_seconds.sum, after.sync_seconds.sum - before.sync_seconds.sum);
}

TEST_F(FiguresTest, WhatIsRefusedIsNoAppend) {
  append_each(log(), dossier(1), 1);
  ASSERT_TRUE(failed_with(append(log(), {to(dossier(1), 5, {2})}), ErrorCode::kConflict));
  const LogFigures after = figures_of(*folder_);
  EXPECT_EQ(count(after.append_seconds), 1U);
  EXPECT_EQ(count(after.group_events), 1U);
}

TEST_F(FiguresTest, RowsAreInMemoryAndThenInTableFiles) {
  const DatabaseFigures before = figures_of(*folder_).database;
  EXPECT_EQ(before.name, "log");
  // More than what is left in memory when the folder is closed.
  std::vector<StreamAppend> many(1, {dossier(1), {}, {}});
  for (std::uint64_t i = 1; i <= 2500; ++i) {
    many[0].events.push_back(some_event(dossier(1), i));
  }
  ASSERT_TRUE(append(log(), many));
  const DatabaseFigures filled = figures_of(*folder_).database;
  EXPECT_GT(filled.memtable_bytes, before.memtable_bytes);
  EXPECT_GE(filled.keys, before.keys + 7500);
  EXPECT_GT(filled.write_ahead_bytes, 2500U * 100);
  reopen();
  const LogFigures closed = figures_of(*folder_);
  EXPECT_GT(closed.database.table_bytes, before.table_bytes);
  EXPECT_LT(closed.database.memtable_bytes, filled.memtable_bytes);
  EXPECT_FALSE(closed.database.is_slowed || closed.database.is_stopped);
  EXPECT_EQ(closed.database.background_errors, 0U);
  ASSERT_TRUE(log().load(Position{7}));
  EXPECT_GE(figures_of(*folder_).block_cache_bytes, closed.block_cache_bytes);
}

}  // namespace
}  // namespace trede::test
