#include "engine/log/verify.h"
#include "tests/unit/backup/backup_fixture.h"

namespace trede::test {
namespace {

class RestoreTest : public BackupTest {
 protected:
  std::unique_ptr<DataFolder> opened(const fs::path& data) {
    return value_of(DataFolder::open(data, OpenMode::kWrite, clock_, random_));
  }
  fs::path fresh() const { return dir_ / "new"; }
};

TEST_F(RestoreTest, GivesTheSameLogInAnEpochOfItsOwn) {
  ASSERT_TRUE(keys().assign(std::vector<KeyEntry>{{stream(1), "Zonnebloem"}}));
  ASSERT_TRUE(back_up_to(kept()));
  const auto restored = value_of(restore_to(fresh()));
  ASSERT_EQ(restored.epochs.size(), 1u);
  EXPECT_EQ(restored.epochs[0].number, 2u);
  EXPECT_FALSE(restored.epochs[0].lost);
  const auto folder = opened(fresh());
  EXPECT_EQ(folder->log().identity(), log().identity());
  EXPECT_EQ(stored_events(folder->log()), stored_events(log()));
  EXPECT_EQ(value_of(folder->keys().find_key(stream(1))), "Zonnebloem");
  EXPECT_EQ(value_of(folder->log().epochs()), restored.epochs);
  EXPECT_EQ(value_of(verify_log(*folder)), std::vector<std::string>());
  EXPECT_FALSE(fs::exists(fresh() / "RESTORE"));
  const auto places = value_of(load_places(fresh()));
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].path, fs::canonical(kept()));
}

TEST_F(RestoreTest, TwoThatGoOnHaveBackupsOfTheirOwn) {
  ASSERT_TRUE(back_up_to(kept()));
  ASSERT_TRUE(restore_to(fresh()));
  const auto folder = opened(fresh());
  append_each(folder->log(), dossier(1), 90);
  grow(1);
  EXPECT_TRUE(failed_with(back_up(*folder, {kept(), {}, {}}, clock_), ErrorCode::kInvalid,
                          "is a backup of epoch 1"));
  ASSERT_TRUE(back_up(*folder, {dir_ / "kept2", {}, {}}, clock_));
  EXPECT_TRUE(
      failed_with(back_up_to(dir_ / "kept2"), ErrorCode::kInvalid, "is a backup of epoch 2"));
  EXPECT_TRUE(back_up_to(kept()));
  ASSERT_TRUE(restore_to(dir_ / "drill"));  // another epoch 2: not the same one
  const auto drill = opened(dir_ / "drill");
  EXPECT_TRUE(failed_with(back_up(*drill, {dir_ / "kept2", {}, {}}, clock_), ErrorCode::kInvalid,
                          "is a backup of epoch 2"));
}

TEST_F(RestoreTest, LeavesAFolderThatHoldsSomething) {
  ASSERT_TRUE(back_up_to(kept()));
  const auto live = files_of(path());
  EXPECT_TRUE(failed_with(restore_to(path()), ErrorCode::kInvalid, "is not empty"));
  fs::create_directories(fresh());
  std::ofstream(fresh() / "a.txt") << "x";
  EXPECT_TRUE(failed_with(restore_to(fresh()), ErrorCode::kInvalid, "is not empty"));
  EXPECT_EQ(files_of(fresh()).size(), 1u);
  EXPECT_EQ(files_of(path()), live);
  EXPECT_TRUE(failed_with(restore_to(kept() / "new"), ErrorCode::kInvalid, "lies in the backup"));
}

TEST_F(RestoreTest, GoesOverWhatARestoreLeftThatWasCutOff) {
  ASSERT_TRUE(back_up_to(kept()));
  ASSERT_TRUE(DataFolder::create_copy(fresh(), {FolderKind::kRestoring, log().identity(), {}}));
  std::ofstream(fresh() / "half") << "x";
  {
    const auto other =
        value_of(DataFolder::open_copy(fresh(), FolderKind::kRestoring, OpenMode::kWrite, clock_));
    EXPECT_TRUE(failed_with(restore_to(fresh()), ErrorCode::kLocked));
  }
  ASSERT_TRUE(restore_to(fresh()));
  EXPECT_FALSE(fs::exists(fresh() / "half"));
  EXPECT_EQ(opened(fresh())->log().last_position(), Position{5});
}

TEST_F(RestoreTest, LossIsRefusedUnlessAcceptedAndIsKept) {
  ASSERT_TRUE(back_up_to(kept()));
  grow(4);
  const std::string later = checkpoint_of(*folder_);
  const Hash lost_root = value_of(log().root_at(Position{9}));
  EXPECT_TRUE(failed_with(restore_to(fresh(), {.checkpoint = later}), ErrorCode::kRefused,
                          "positie 6 to 9 were acknowledged"));
  EXPECT_FALSE(fs::exists(fresh()));
  ASSERT_TRUE(restore_to(fresh(), {.checkpoint = later, .accepts_loss = true}));
  const auto folder = opened(fresh());
  const auto epochs = value_of(folder->log().epochs());
  ASSERT_EQ(epochs.size(), 1u);
  EXPECT_EQ(epochs[0].lost, (TreeHead{9, lost_root}));
  ASSERT_TRUE(back_up(*folder, {dir_ / "kept2", {}, {}}, clock_));
  const auto again =
      value_of(restore({.dir = dir_ / "kept2", .data = dir_ / "new2"}, clock_, random_));
  ASSERT_EQ(again.epochs.size(), 2u);
  EXPECT_EQ(again.epochs[0], epochs[0]);
  EXPECT_EQ(again.epochs[1].number, 3u);
}

TEST_F(RestoreTest, AnEarlierPositieIsALossToo) {
  const auto two = append(log(), {to(dossier(2), 0, {70, 71})});
  ASSERT_TRUE(two);
  ASSERT_TRUE(back_up_to(kept()));
  EXPECT_TRUE(failed_with(restore_to(fresh(), {.until = Position{6}}), ErrorCode::kInvalid,
                          "lies within an append"));
  EXPECT_TRUE(failed_with(restore_to(fresh(), {.until = Position{8}}), ErrorCode::kInvalid,
                          "ends at positie 7"));
  EXPECT_TRUE(failed_with(restore_to(fresh(), {.until = Position{3}}), ErrorCode::kRefused));
  const auto restored = value_of(restore_to(fresh(), {.until = Position{3}, .accepts_loss = true}));
  EXPECT_EQ(restored.head.size, 3u);
  EXPECT_EQ(restored.epochs[0].lost->size, 7u);
  EXPECT_EQ(value_of(verify_log(*opened(fresh()))), std::vector<std::string>());
}

TEST_F(RestoreTest, ACheckpointMustBeOfThisLogAndSigned) {
  ASSERT_TRUE(back_up_to(kept()));
  const std::string own = checkpoint_of(*folder_);
  EXPECT_EQ(value_of(restore_to(fresh(), {.checkpoint = own})).held_to->size, 5u);
  fs::remove_all(fresh());
  std::string altered = own;
  altered.replace(altered.find("\n5\n"), 3, "\n4\n");
  EXPECT_TRUE(failed_with(restore_to(fresh(), {.checkpoint = altered}), ErrorCode::kInvalid));
  const auto key = SigningKey::make(origin_of(log().identity()), random_);
  const std::string other =
      sign_checkpoint({origin_of(log().identity()), {4, leaf_hash("x")}}, key);
  EXPECT_TRUE(failed_with(restore_to(fresh(), {.checkpoint = other}), ErrorCode::kInvalid));
  EXPECT_TRUE(failed_with(restore_to(fresh(), {.checkpoint = other, .key = key.verifier()}),
                          ErrorCode::kCorrupt, "other events up to positie 4"));
  const Uuid stranger = random_.uuid4();
  const auto strange_key = SigningKey::make(origin_of(stranger), random_);
  const std::string foreign =
      sign_checkpoint({origin_of(stranger), {5, leaf_hash("x")}}, strange_key);
  EXPECT_TRUE(
      failed_with(restore_to(fresh(), {.checkpoint = foreign, .key = strange_key.verifier()}),
                  ErrorCode::kInvalid, "the checkpoint is of"));
  EXPECT_FALSE(fs::exists(fresh()));
}

TEST_F(RestoreTest, ABackupThatIsDamagedOrEmptyGivesNothing) {
  ASSERT_TRUE(DataFolder::create_copy(kept(), {FolderKind::kBackup, log().identity(), {}}));
  EXPECT_TRUE(failed_with(restore_to(fresh()), ErrorCode::kInvalid, "no run that ended"));
  ASSERT_TRUE(back_up_to(kept()));
  std::ofstream(kept() / "set" / "1" / "checkpoint") << "x";
  EXPECT_TRUE(failed_with(restore_to(fresh()), ErrorCode::kCorrupt, "checkpoint"));
  EXPECT_FALSE(fs::exists(fresh()));
}

}  // namespace
}  // namespace trede::test
