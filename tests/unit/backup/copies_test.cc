#include "engine/backup/copies.h"

#include "tests/unit/backup/backup_fixture.h"

namespace trede::test {
namespace {

class CopiesTest : public BackupTest {
 protected:
  CopiesTest() {
    const std::vector<KeyEntry> entries = {{stream(1), "Zonnebloem"}, {stream(2), "Roos"}};
    EXPECT_TRUE(keys().assign(entries));
  }
  std::string outcomes(const Erasure& erasure) {
    std::string out;
    for (const auto& one : value_of(erase_in_copies(path(), erasure, clock_))) {
      out += one.place.path.filename().string() + (one.why_not.empty() ? ": done\n" : ": not\n");
    }
    return out;
  }
  static bool holds(const fs::path& folder, std::string_view word) {
    for (const auto& [name, bytes] : files_of(folder)) {
      if (bytes.find(word) != std::string::npos) return true;
    }
    return false;
  }
};

TEST_F(CopiesTest, AFolderWithoutCopiesHasNothingToReach) {
  EXPECT_EQ(outcomes({{stream(1)}, {}}), "");
  EXPECT_FALSE(fs::exists(path() / "copies"));
}

TEST_F(CopiesTest, AKeyIsGoneFromEveryBackup) {
  ASSERT_TRUE(back_up_to(kept()));
  ASSERT_TRUE(back_up_to(dir_ / "kept2"));
  ASSERT_TRUE(holds(kept(), "Zonnebloem"));
  EXPECT_EQ(outcomes({{stream(1)}, {}}), "kept: done\nkept2: done\n");
  EXPECT_FALSE(holds(kept(), "Zonnebloem"));
  EXPECT_FALSE(holds(dir_ / "kept2", "Zonnebloem"));
  EXPECT_TRUE(holds(kept(), "Roos"));
  EXPECT_EQ(joined_findings(check()), "");
}

TEST_F(CopiesTest, WhatCannotBeReachedWaits) {
  ASSERT_TRUE(back_up_to(kept()));
  fs::rename(kept(), dir_ / "away");
  EXPECT_EQ(outcomes({{stream(1)}, {}}), "kept: not\n");
  fs::rename(dir_ / "away", kept());
  EXPECT_TRUE(holds(kept(), "Zonnebloem"));
  EXPECT_EQ(outcomes({}), "kept: done\n");
  EXPECT_FALSE(holds(kept(), "Zonnebloem"));
}

TEST_F(CopiesTest, ABackupUnderWayLosesNoErasure) {
  ASSERT_TRUE(back_up_to(kept()));
  const std::uint64_t waiting = waiting_until(path());
  {
    const auto busy =
        value_of(DataFolder::open_copy(kept(), FolderKind::kBackup, OpenMode::kWrite, clock_));
    EXPECT_EQ(outcomes({{stream(1)}, {}}), "kept: not\n");
  }
  // It ends, and had read the KEYs before the erasure.
  ASSERT_TRUE(note_place(path(), {CopyKind::kBackup, kept()}, waiting));
  EXPECT_EQ(outcomes({}), "kept: done\n");
  EXPECT_FALSE(holds(kept(), "Zonnebloem"));
}

TEST_F(CopiesTest, TheNextBackupDoesWhatWaited) {
  ASSERT_TRUE(back_up_to(kept()));
  fs::rename(kept(), dir_ / "away");
  ASSERT_TRUE(keys().erase(stream(1)));
  EXPECT_EQ(outcomes({{stream(1)}, {}}), "kept: not\n");
  EXPECT_GT(waiting_until(path()), 0u);
  fs::rename(dir_ / "away", kept());
  ASSERT_TRUE(back_up_to(kept()));
  EXPECT_EQ(waiting_until(path()), 0u);
  EXPECT_FALSE(holds(kept(), "Zonnebloem"));
}

TEST_F(CopiesTest, AnotherLogInThatPlaceIsLeftAlone) {
  ASSERT_TRUE(back_up_to(kept()));
  fs::remove_all(kept());
  ASSERT_TRUE(DataFolder::create_copy(kept(), {FolderKind::kBackup, SeededRandom(9).uuid4(), {}}));
  const auto before = files_of(kept());
  const auto all = value_of(erase_in_copies(path(), {{stream(1)}, {}}, clock_));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_NE(all[0].why_not.find("another log"), std::string::npos);
}

TEST_F(CopiesTest, TheCopyOfTheKeysHasAPlaceOfItsOwn) {
  EXPECT_TRUE(failed_with(back_up_to(kept(), kept() / "keys2"), ErrorCode::kInvalid));
  EXPECT_TRUE(failed_with(back_up_to(kept(), path() / "x"), ErrorCode::kInvalid));
  fs::create_directories(dir_ / "photos");
  std::ofstream(dir_ / "photos" / "a.jpg") << "x";
  EXPECT_TRUE(failed_with(back_up_to(kept(), dir_ / "photos"), ErrorCode::kInvalid,
                          "no place for the vault keys"));
  ASSERT_TRUE(back_up_to(kept(), dir_ / "sleutels"));
  EXPECT_EQ(value_of(load_places(path())).size(), 2u);
}

}  // namespace
}  // namespace trede::test
