// A disk that says "written" and has not, then loses power: what the anchor covers is missed, and
// what is lost without a word lies behind it (engine/log/README.md, the window that remains).
#include <gtest/gtest.h>

#include <thread>

#include "engine/log/anchor.h"
#include "tests/faults/disk.h"
#include "tests/faults/load.h"
#include "tests/support/temp_dir.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

class LyingDiskTest : public ::testing::Test {
 protected:
  LyingDiskTest() {
    fs::create_directory(dir_ / "before");
    load_.create();
    disk_.watch(dir_ / "before");
    load_.open();
    append(10);
    wait_for_anchor();
    disk_.lie_about("data/log/######.log");
  }
  ~LyingDiskTest() override { disk_.stop_watching(); }

  void append(int count) {
    for (int i = 0; i < count; ++i) load_.append(1, 1);
  }
  static std::uint64_t anchored(const fs::path& folder) {
    const auto found = load_anchor(folder / "anchor");
    return found ? found->state.tree.size() : 0;
  }
  // Until it covers all that was acknowledged.
  void wait_for_anchor() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (anchored(dir_ / "before" / "data") < load_.witness().acknowledged()) {
      ASSERT_LT(std::chrono::steady_clock::now(), until);
      std::this_thread::yield();
    }
  }
  fs::path lose_power() {
    disk_.cut_power();
    load_.close();
    std::mt19937_64 random(1);
    disk_.after_power_loss(dir_ / "after", Survivors::kNothing, random);
    disk_.stop_watching();
    load_.move_to(dir_ / "after" / "data");
    return dir_ / "after" / "data";
  }

  TempDir dir_;
  Disk& disk_ = Disk::the();
  Load load_{dir_ / "before" / "data", 1};
};

TEST_F(LyingDiskTest, WhatTheAnchorCoversIsMissedAtOpening) {
  append(10);
  wait_for_anchor();
  lose_power();
  const auto findings = load_.look();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].find("events are lost"), std::string::npos) << findings[0];
}

// The witness sees what the folder itself cannot know.
TEST_F(LyingDiskTest, WhatTheAnchorDoesNotCoverIsLostWithoutAWordAndAsAWhole) {
  disk_.fail_at({{"data/anchor", DiskCall::kWrite}, 1, Harm::kIoError, /*stays=*/true});
  append(10);
  const fs::path after = lose_power();
  EXPECT_EQ(anchored(after), 10U);
  const std::uint64_t acknowledged = load_.witness().acknowledged();
  std::uint64_t lost = 0;
  for (const std::string& finding : load_.look()) {
    EXPECT_TRUE(finding.ends_with(": lost")) << finding;
    ++lost;
  }
  EXPECT_GT(lost, 0U);
  EXPECT_EQ(lost, 2 * (acknowledged - 10));  // seen by a writer and by a reader
}

}  // namespace
}  // namespace trede::test
