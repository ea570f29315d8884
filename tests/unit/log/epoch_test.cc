// Copies of a log, and the epochs that tell them apart.
#include "engine/log/epoch.h"

#include <fstream>

#include "engine/log/signing_key_file.h"
#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

const StreamId kDossier{StreamKind::kDossier, SeededRandom(3).uuid4()};

class EpochTest : public LogTest {
 protected:
  Epoch epoch(std::uint64_t number) {
    return {number, random_.uuid4(), {0, MerkleFrontier().root()}, clock_.now(), {}};
  }
  fs::path copy() const { return dir_ / "copy"; }
  // A copy of the log with all of its events, as `kind`, in the epochs `epochs`.
  void make_copy(FolderKind kind, std::vector<Epoch> epochs) {
    ASSERT_TRUE(DataFolder::create_copy(copy(), {kind, log().identity(), std::move(epochs)}));
    const auto made = value_of(DataFolder::open_copy(copy(), kind, OpenMode::kWrite, clock_));
    const auto staged = value_of(made->log().begin_import({}));
    for (const auto& stored : stored_events(log())) ASSERT_TRUE(staged->adopt(stored));
    ASSERT_TRUE(staged->commit());
    ASSERT_TRUE(made->close());
  }
};

TEST_F(EpochTest, EncodedAndDecodedIsTheSame) {
  std::vector<Epoch> epochs = {epoch(2), epoch(3)};
  epochs[1].lost = TreeHead{9, leaf_hash("x")};
  EXPECT_EQ(value_of(decode_epochs(encode_epochs(epochs))), epochs);
  EXPECT_EQ(current_epoch(epochs), 3u);
  EXPECT_EQ(current_epoch({}), 1u);
  const std::string whole = encode_epochs(epochs);
  EXPECT_TRUE(failed_with(decode_epochs(whole.substr(0, whole.size() - 3)), ErrorCode::kCorrupt));
  EXPECT_TRUE(failed_with(decode_epochs(encode_epochs({epoch(3)})), ErrorCode::kCorrupt));
}

TEST_F(EpochTest, ALogThatWasNeverPutBackHasNone) { EXPECT_TRUE(value_of(log().epochs()).empty()); }

TEST_F(EpochTest, ACopyKeepsItsEpochsAndTheLogsIdentity) {
  append_each(log(), kDossier, 1, 3);
  Epoch second = epoch(2);
  second.begins = {3, value_of(log().root_at(Position{3}))};
  make_copy(FolderKind::kRestoring, {second});
  ASSERT_TRUE(DataFolder::make_live(copy()));
  const auto live = value_of(DataFolder::open(copy(), OpenMode::kWrite, clock_, random_));
  EXPECT_EQ(live->log().identity(), log().identity());
  EXPECT_EQ(value_of(live->log().epochs()), std::vector<Epoch>{second});
  append_each(live->log(), kDossier, 9);
  EXPECT_EQ(value_of(verify_log(*live)), std::vector<std::string>());
  EXPECT_EQ(value_of(checkpoint_at(live->log(), Position{4})).extensions.back(),
            epoch_text(second));
}

TEST_F(EpochTest, AnEpochThatBeganWithOtherEventsIsAFinding) {
  append_each(log(), kDossier, 1, 3);
  Epoch second = epoch(2);
  second.begins = {2, leaf_hash("x")};
  make_copy(FolderKind::kRestoring, {second});
  const auto made =
      value_of(DataFolder::open_copy(copy(), FolderKind::kRestoring, OpenMode::kRead, clock_));
  const auto findings = value_of(verify_log(*made));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_NE(findings[0].find("epoch 2 began with other events"), std::string::npos);
}

TEST_F(EpochTest, FoldersOfAnotherKindAreNotOpenedAsData) {
  make_copy(FolderKind::kBackup, {});
  EXPECT_TRUE(failed_with(DataFolder::open(copy(), OpenMode::kRead, clock_, random_),
                          ErrorCode::kInvalid, "is a backup and no data folder"));
  EXPECT_TRUE(
      failed_with(DataFolder::open_copy(path(), FolderKind::kBackup, OpenMode::kRead, clock_),
                  ErrorCode::kInvalid, "is not a backup"));
  EXPECT_TRUE(failed_with(DataFolder::make_live(copy()), ErrorCode::kInvalid));
  fs::remove_all(copy());
  make_copy(FolderKind::kRestoring, {epoch(2)});
  EXPECT_TRUE(failed_with(DataFolder::open(copy(), OpenMode::kRead, clock_, random_),
                          ErrorCode::kInvalid, "a restore is under way"));
}

TEST_F(EpochTest, PartsOfTwoEpochsAreRefused) {
  append_each(log(), kDossier, 1, 3);
  Epoch second = epoch(2);
  second.begins = {3, value_of(log().root_at(Position{3}))};
  make_copy(FolderKind::kRestoring, {second});
  ASSERT_TRUE(DataFolder::make_live(copy()));
  folder_.reset();
  for (const char* part : {"log", "keys", "anchor"}) {
    const fs::path mixed = dir_ / (std::string("mixed-") + part);
    fs::copy(copy(), mixed, fs::copy_options::recursive);
    fs::remove_all(mixed / part);
    fs::copy(path() / part, mixed / part, fs::copy_options::recursive);
    for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
      EXPECT_TRUE(failed_with(DataFolder::open(mixed, mode, clock_, random_), ErrorCode::kCorrupt,
                              "parts of two folders"))
          << part;
    }
  }
}

TEST_F(EpochTest, ManyKeysAreErasedAtOnce) {
  const std::vector<KeyEntry> entries = {{kDossier, "Zonnebloem"},
                                         {{StreamKind::kDossier, random_.uuid4()}, "Klaproos"},
                                         {{StreamKind::kWerkgever, random_.uuid4()}, "Madelief"}};
  ASSERT_TRUE(keys().assign(entries));
  const std::vector<StreamId> gone = {entries[0].stream,
                                      entries[2].stream,
                                      entries[0].stream,
                                      {StreamKind::kDossier, random_.uuid4()}};
  ASSERT_TRUE(keys().erase_all(gone));
  EXPECT_FALSE(value_of(keys().find_key(entries[0].stream)));
  EXPECT_FALSE(value_of(keys().find_key(entries[2].stream)));
  EXPECT_EQ(value_of(keys().find_key(entries[1].stream)), "Klaproos");
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
  folder_.reset();
  for (const auto& entry : fs::recursive_directory_iterator(path())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(bytes.find("Zonnebloem"), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("Madelief"), std::string::npos) << entry.path();
  }
}

}  // namespace
}  // namespace trede::test
