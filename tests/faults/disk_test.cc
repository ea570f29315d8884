// The disk itself: what it keeps, loses and refuses.
#include "tests/faults/disk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <set>

#include "tests/support/temp_dir.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return file ? std::string(std::istreambuf_iterator<char>(file), {}) : "(none)";
}

class DiskTest : public ::testing::Test {
 protected:
  DiskTest() {
    fs::create_directory(folder_);
    std::ofstream(folder_ / "old") << "old";
    disk_.watch(folder_);
  }
  ~DiskTest() override { disk_.stop_watching(); }

  int open_file(const std::string& name) {
    return ::open((folder_ / name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  }
  // Writes a file; synced when asked.
  void write_file(const std::string& name, const std::string& text, bool synced) {
    const int file = open_file(name);
    EXPECT_EQ(::write(file, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    if (synced && ::fsync(file) != 0) ADD_FAILURE() << name;
    ::close(file);
  }
  void sync_folder(const fs::path& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    EXPECT_EQ(::fsync(folder), 0);
    ::close(folder);
  }
  fs::path lose_power(Survivors survivors, std::uint64_t seed = 1) {
    const fs::path after = dir_ / ("after" + std::to_string(++losses_));
    std::mt19937_64 random(seed);
    disk_.after_power_loss(after, survivors, random);
    return after;
  }

  TempDir dir_;
  fs::path folder_ = dir_ / "before";
  Disk& disk_ = Disk::the();
  int losses_ = 0;
};

TEST_F(DiskTest, OfWhatWasNotSyncedNothingSurvives) {
  write_file("old", "new", false);
  write_file("named", "text", true);
  write_file("empty", "text", false);
  sync_folder(folder_);
  write_file("nameless", "text", true);
  const fs::path after = lose_power(Survivors::kNothing);
  EXPECT_EQ(content(after / "old"), "old");
  EXPECT_EQ(content(after / "named"), "text");
  EXPECT_EQ(content(after / "empty"), "");
  EXPECT_EQ(content(after / "nameless"), "(none)");
  EXPECT_EQ(content(lose_power(Survivors::kEverything) / "nameless"), "text");
}

TEST_F(DiskTest, ARenameAndADeletionSurviveWithTheirFolderOnly) {
  write_file("fresh", "fresh", true);
  sync_folder(folder_);
  fs::rename(folder_ / "fresh", folder_ / "old");
  EXPECT_EQ(content(folder_ / "old"), "fresh");
  const fs::path before = lose_power(Survivors::kNothing);
  EXPECT_EQ(content(before / "old"), "old");
  EXPECT_EQ(content(before / "fresh"), "fresh");
  sync_folder(folder_);
  const fs::path after = lose_power(Survivors::kNothing);
  EXPECT_EQ(content(after / "old"), "fresh");
  EXPECT_FALSE(fs::exists(after / "fresh"));
  fs::remove(folder_ / "old");
  EXPECT_EQ(content(lose_power(Survivors::kNothing) / "old"), "fresh");
  EXPECT_FALSE(fs::exists(lose_power(Survivors::kEverything) / "old"));
}

TEST_F(DiskTest, AFolderIsThereWithWhatIsInItWhenBothAreSynced) {
  fs::create_directories(folder_ / "a" / "b");
  write_file("a/b/file", "text", true);
  sync_folder(folder_ / "a" / "b");
  sync_folder(folder_);
  EXPECT_TRUE(fs::exists(lose_power(Survivors::kNothing) / "a"));
  EXPECT_FALSE(fs::exists(lose_power(Survivors::kNothing) / "a" / "b"));
  sync_folder(folder_ / "a");
  EXPECT_EQ(content(lose_power(Survivors::kNothing) / "a" / "b" / "file"), "text");
  fs::remove_all(folder_ / "a");
  EXPECT_EQ(content(lose_power(Survivors::kNothing) / "a" / "b" / "file"), "text");
  EXPECT_FALSE(fs::exists(lose_power(Survivors::kEverything) / "a"));
}

TEST_F(DiskTest, AFolderMadeAnewKeepsItsOwnWhenTheOneBeforeItGoes) {
  fs::create_directory(folder_ / "set");
  write_file("set/half", "half", false);
  fs::remove_all(folder_ / "set");
  fs::create_directory(folder_ / "set");
  write_file("set/whole", "whole", true);
  sync_folder(folder_ / "set");
  EXPECT_FALSE(fs::exists(lose_power(Survivors::kNothing) / "set"));
  EXPECT_EQ(content(lose_power(Survivors::kEverything) / "set" / "whole"), "whole");
  fs::rename(folder_ / "set", folder_ / "kept");
  sync_folder(folder_);
  const fs::path after = lose_power(Survivors::kNothing);
  EXPECT_EQ(content(after / "kept" / "whole"), "whole");
  EXPECT_FALSE(fs::exists(after / "kept" / "half"));
  EXPECT_FALSE(fs::exists(after / "set"));
}

TEST_F(DiskTest, AWriteIntoAFileIsTornAtSectorsInAnyOrderAndAGrowingOneAtItsEnd) {
  write_file("room", std::string(2048, 'a'), true);
  sync_folder(folder_);
  write_file("room", std::string(2048, 'b'), false);
  write_file("old", "old and more", false);
  std::set<std::string> rooms;
  std::set<std::string> olds;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const fs::path after = lose_power(Survivors::kAnything, seed);
    const std::string room = content(after / "room");
    ASSERT_EQ(room.size(), 2048U);
    std::string sectors;
    for (std::size_t at = 0; at < room.size(); at += 512) {
      EXPECT_EQ(room.substr(at, 512), std::string(512, room[at]));
      sectors += room[at];
    }
    rooms.insert(sectors);
    olds.insert(content(after / "old"));
  }
  EXPECT_EQ(rooms.size(), 16U);
  EXPECT_TRUE(olds.contains("old and more") && olds.contains("old an") && olds.contains("old"));
}

TEST_F(DiskTest, AfterASyncThatFailedALaterOneDoesNotBringBackWhatWasLost) {
  for (const Harm harm : {Harm::kIoError, Harm::kForgets}) {
    const int file = open_file("old");
    disk_.fail_at({{"old", DiskCall::kSync}, 1, harm, false});
    EXPECT_EQ(::pwrite(file, "NEW", 3, 0), 3);
    EXPECT_EQ(::fsync(file), -1);
    EXPECT_EQ(errno, EIO);
    EXPECT_EQ(content(folder_ / "old"), harm == Harm::kIoError ? "NEW" : "old");
    EXPECT_EQ(::fsync(file), 0);
    ::close(file);
    EXPECT_EQ(content(lose_power(Survivors::kEverything) / "old"), "old");
    disk_.repair();
  }
}

TEST_F(DiskTest, FailsWhereItIsToldToAndOnlyThere) {
  disk_.fail_at({{"######.log", DiskCall::kWrite}, 2, Harm::kShort, false});
  write_file("other", "text", false);
  const int file = open_file("000012.log");
  EXPECT_EQ(::write(file, "12345678", 8), 8);
  EXPECT_EQ(::write(file, "12345678", 8), 4);
  EXPECT_EQ(::write(file, "5678", 4), -1);
  EXPECT_EQ(errno, ENOSPC);
  EXPECT_EQ(::write(file, "5678", 4), 4);
  ::close(file);
  EXPECT_EQ(content(folder_ / "000012.log"), "1234567812345678");
  EXPECT_EQ(disk_.calls().at({"######.log", DiskCall::kWrite}), 3U);
}

TEST_F(DiskTest, WithoutPowerNothingChangesAnyMore) {
  disk_.fail_at({{"old", DiskCall::kWrite}, 1, Harm::kCutAfter, false});
  write_file("old", "new", false);
  EXPECT_TRUE(disk_.is_cut());
  EXPECT_LT(open_file("fresh"), 0);
  EXPECT_NE(::unlink((folder_ / "old").c_str()), 0);
  EXPECT_NE(::rename((folder_ / "old").c_str(), (folder_ / "young").c_str()), 0);
  EXPECT_EQ(content(folder_ / "old"), "new");
}

}  // namespace
}  // namespace trede::test
