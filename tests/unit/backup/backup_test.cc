#include "tests/unit/backup/backup_fixture.h"

namespace trede::test {
namespace {

TEST_F(BackupTest, HoldsTheEventsAndAddsWhatIsNew) {
  const auto first = value_of(back_up_to(kept()));
  EXPECT_EQ(first.added, 5u);
  grow(3);
  const auto second = value_of(back_up_to(kept()));
  EXPECT_EQ(second.added, 3u);
  EXPECT_EQ(second.state.head, (TreeHead{8, value_of(log().root_at(Position{8}))}));
  EXPECT_TRUE(second.is_signed);
  EXPECT_EQ(value_of(back_up_to(kept())).added, 0u);
  const auto copy =
      value_of(DataFolder::open_copy(kept(), FolderKind::kBackup, OpenMode::kRead, clock_));
  EXPECT_EQ(stored_events(copy->log()), stored_events(log()));
  EXPECT_EQ(joined_findings(check()), "");
}

TEST_F(BackupTest, HoldsNoKeyThatSigns) {
  ASSERT_TRUE(back_up_to(kept()));
  const std::string secret = bytes_of(path() / "signing.key");
  ASSERT_FALSE(secret.empty());
  for (const auto& [name, bytes] : files_of(kept())) {
    EXPECT_EQ(bytes.find(secret.substr(secret.rfind('+'))), std::string::npos) << name;
    EXPECT_EQ(bytes.find("PRIVATE"), std::string::npos) << name;
  }
}

TEST_F(BackupTest, KeysFollowThoseOfTheFolder) {
  ASSERT_TRUE(keys().assign(std::vector<KeyEntry>{{stream(1), "Zonnebloem"}, {stream(2), "Roos"}}));
  EXPECT_EQ(value_of(back_up_to(kept())).keys_added, 2u);
  ASSERT_TRUE(keys().erase(stream(1)));
  ASSERT_TRUE(keys().assign(std::vector<KeyEntry>{{stream(3), "Zonnebloem2"}}));
  const auto run = value_of(back_up_to(kept()));
  EXPECT_EQ(run.keys_added, 1u);
  EXPECT_EQ(run.keys_erased, 1u);
  ASSERT_TRUE(keys().erase(stream(3)));
  ASSERT_TRUE(back_up_to(kept()));
  for (const auto& [name, bytes] : files_of(kept())) {
    EXPECT_EQ(bytes.find("Zonnebloem"), std::string::npos) << name;
  }
  EXPECT_EQ(joined_findings(check()), "");
}

TEST_F(BackupTest, ReportsAndTrailGoAlong) {
  fs::create_directories(path() / "reports" / "eigen");
  std::ofstream(path() / "reports" / "eigen" / "a.textproto") << "x";
  const std::vector<TrailEntry> entries = {{.object = "log", .origin = "cli", .actor = "m17"}};
  const auto trail = value_of(Trail::open(path(), log().identity(), TrailAccess::kWrite, clock_));
  ASSERT_TRUE(trail->append(entries));
  const auto run = value_of(back_up_to(kept()));
  EXPECT_EQ(run.state.trail, value_of(trail->head()));
  EXPECT_TRUE(run.state.files.contains("reports/eigen/a.textproto"));
  fs::remove(path() / "reports" / "eigen" / "a.textproto");
  EXPECT_FALSE(value_of(back_up_to(kept())).state.files.contains("reports/eigen/a.textproto"));
  fs::remove_all(path() / "trail");
  const auto without = value_of(back_up_to(kept()));
  EXPECT_NE(without.trail_finding.find("is gone"), std::string::npos);
  EXPECT_EQ(without.state.trail.count, 1u);
  EXPECT_EQ(joined_findings(check()), "");
}

TEST_F(BackupTest, RefusesWhatIsNotItsOwn) {
  ASSERT_TRUE(back_up_to(kept()));
  EXPECT_TRUE(failed_with(back_up_to(path() / "sub"), ErrorCode::kInvalid, "lies in the data"));
  EXPECT_TRUE(failed_with(back_up_to(dir_.path()), ErrorCode::kInvalid, "lies in the data"));
  const fs::path other = dir_ / "other";
  ASSERT_TRUE(DataFolder::create(other, clock_, random_));
  EXPECT_TRUE(failed_with(back_up_to(other), ErrorCode::kInvalid, "is a data folder"));
  fs::create_directories(dir_ / "photos");
  std::ofstream(dir_ / "photos" / "a.jpg") << "x";
  EXPECT_TRUE(failed_with(back_up_to(dir_ / "photos"), ErrorCode::kInvalid, "is not empty"));
  const auto foreign = value_of(DataFolder::open(other, OpenMode::kRead, clock_, random_));
  const auto before = files_of(kept() / "set");
  EXPECT_TRUE(failed_with(back_up(*foreign, {kept(), {}, {}}, clock_), ErrorCode::kInvalid,
                          "is a backup of log"));
  EXPECT_EQ(files_of(kept() / "set"), before);
}

TEST_F(BackupTest, RefusesAFolderThatWasPutBackAsItWas) {
  folder_.reset();
  fs::copy(path(), dir_ / "earlier", fs::copy_options::recursive);
  reopen();
  grow(3);
  ASSERT_TRUE(back_up_to(kept()));
  const auto earlier =
      value_of(DataFolder::open(dir_ / "earlier", OpenMode::kWrite, clock_, random_));
  const BackupOptions options{kept(), {}, {}};
  EXPECT_TRUE(failed_with(back_up(*earlier, options, clock_), ErrorCode::kInvalid,
                          "holds events up to positie 8, but the data folder ends at 5"));
  append_each(earlier->log(), dossier(1), 50, 4);  // as many, and others
  EXPECT_TRUE(failed_with(back_up(*earlier, options, clock_), ErrorCode::kCorrupt,
                          "tree heads at positie 8 differ"));
  EXPECT_EQ(joined_findings(check()), "");
}

TEST_F(BackupTest, OneRunAtATime) {
  ASSERT_TRUE(back_up_to(kept()));
  const auto other =
      value_of(DataFolder::open_copy(kept(), FolderKind::kBackup, OpenMode::kWrite, clock_));
  EXPECT_TRUE(failed_with(back_up_to(kept()), ErrorCode::kLocked));
}

TEST_F(BackupTest, WhatARunLeftThatWasCutOffIsGood) {
  ASSERT_TRUE(back_up_to(kept()));
  const fs::path set = kept() / "set";
  const auto before = files_of(set);
  grow(2);
  ASSERT_TRUE(back_up_to(kept()));
  fs::remove_all(set);  // the log of the second run with the set of the first
  for (const auto& [name, bytes] : before) {
    fs::create_directories((set / name).parent_path());
    std::ofstream(set / name, std::ios::binary) << bytes;
  }
  fs::create_directory(set / "2.new");
  EXPECT_EQ(joined_findings(check()), "");
  EXPECT_EQ(check().head.size, 7u);
  EXPECT_EQ(check().state->head.size, 5u);
  EXPECT_EQ(value_of(restore_to(dir_ / "new")).head.size, 7u);
  EXPECT_EQ(value_of(back_up_to(kept())).state.head.size, 7u);
}

// CURRENT, IDENTITY, LOCK and empty files hold nothing that is relied on without being checked, or
// nothing at all: that they are not what they were is noticed when they matter.
bool holds_something(const std::string& name, const std::string& bytes) {
  return !bytes.empty() && !name.ends_with("IDENTITY") && !name.ends_with("LOCK");
}

TEST_F(BackupTest, DamageOfEveryFileIsNoticed) {
  ASSERT_TRUE(keys().assign(std::vector<KeyEntry>{{stream(1), "Zonnebloem"}}));
  grow(600);
  fs::create_directories(path() / "reports");
  std::ofstream(path() / "reports" / "a.textproto") << "x";
  const std::vector<TrailEntry> entries = {{.object = "log", .origin = "cli", .actor = "m17"}};
  ASSERT_TRUE(value_of(Trail::open(path(), log().identity(), TrailAccess::kWrite, clock_))
                  ->append(entries));
  ASSERT_TRUE(back_up_to(kept()));
  int looked = 0;
  for (const auto& [name, bytes] : files_of(kept())) {
    if (!holds_something(name, bytes)) continue;
    for (const bool cut : {false, true}) {
      std::string other = bytes;
      if (cut) {
        other.resize(bytes.size() / 2);
      } else {
        other[other.size() / 3] = static_cast<char>(other[other.size() / 3] ^ 0x10);
      }
      // Of a write-ahead log and of SQLite, room that nothing stands in may change.
      if (other == bytes || bytes.at(bytes.size() / 3) == '\0') continue;
      std::ofstream(kept() / name, std::ios::binary) << other;
      const auto found = verify_backup(kept(), clock_);
      EXPECT_TRUE(!found || !found->findings.empty()) << name << (cut ? " cut" : " flipped");
      std::ofstream(kept() / name, std::ios::binary) << bytes;
      ++looked;
    }
  }
  EXPECT_GT(looked, 10);
  EXPECT_EQ(joined_findings(check()), "");
}

}  // namespace
}  // namespace trede::test
