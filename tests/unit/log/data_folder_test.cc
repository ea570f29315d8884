// Making and opening data folders: what is refused, with which words, and that nothing is touched.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <sstream>

#include "engine/log/anchor.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

class DataFolderTest : public LogTest {
 protected:
  void write(const fs::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  }
  std::string read(const fs::path& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
  }
  // Each file and folder under `folder`, with the bytes and the moment of the last change.
  std::map<std::string, std::pair<std::string, fs::file_time_type>> contents(
      const fs::path& folder) {
    std::map<std::string, std::pair<std::string, fs::file_time_type>> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      all[entry.path()] = {entry.is_regular_file() ? read(entry.path()) : "",
                           entry.last_write_time()};
    }
    return all;
  }
  void expect_refused(ErrorCode code, const std::string& what) {
    for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
      const auto before = contents(path());
      const auto refused = open(mode);
      EXPECT_TRUE(failed_with(refused, code, what));
      EXPECT_TRUE(failed_with(refused, code, path().string()));
      EXPECT_TRUE(contents(path()) == before) << "the folder was touched";
    }
  }
  Status create(const fs::path& where) { return DataFolder::create(where, clock_, random_); }
};

TEST_F(DataFolderTest, AFolderIsMadeWhereNothingOrAnEmptyFolderIs) {
  fs::create_directory(dir_ / "empty");
  EXPECT_TRUE(create(dir_ / "empty"));
  EXPECT_TRUE(create(dir_ / "new" / "deeper"));
  for (const char* name : {"empty", "new/deeper"}) {
    const auto folder = value_of(DataFolder::open(dir_ / name, OpenMode::kRead, clock_, random_));
    EXPECT_EQ(folder->log().last_position(), Position{0});
    EXPECT_EQ(folder->path(), dir_ / name);
    EXPECT_EQ(folder->mode(), OpenMode::kRead);
  }
}

TEST_F(DataFolderTest, EachFolderHasAnIdentityOfItsOwn) {
  ASSERT_TRUE(create(dir_ / "other"));
  const auto other = value_of(DataFolder::open(dir_ / "other", OpenMode::kRead, clock_, random_));
  EXPECT_NE(other->log().identity(), log().identity());
  const Uuid before = log().identity();
  reopen();
  EXPECT_EQ(log().identity(), before);
}

TEST_F(DataFolderTest, NothingIsMadeWhereSomethingIs) {
  folder_.reset();
  const auto before = contents(path());
  EXPECT_TRUE(failed_with(create(path()), ErrorCode::kInvalid, "is not empty"));
  EXPECT_TRUE(contents(path()) == before);
  fs::create_directory(dir_ / "notes");
  write(dir_ / "notes" / "mine.txt", "not yours");
  EXPECT_TRUE(failed_with(create(dir_ / "notes"), ErrorCode::kInvalid, "is not empty"));
  EXPECT_EQ(read(dir_ / "notes" / "mine.txt"), "not yours");
}

TEST_F(DataFolderTest, AFolderThatCannotBeMadeLeavesNothing) {
  write(dir_ / "file", "a file");
  EXPECT_TRUE(failed_with(create(dir_ / "file"), ErrorCode::kIo));
  EXPECT_TRUE(failed_with(create(dir_ / "file" / "below"), ErrorCode::kIo));
  EXPECT_EQ(read(dir_ / "file"), "a file");
  EXPECT_TRUE(failed_with(create("/proc/trede"), ErrorCode::kIo));
}

TEST_F(DataFolderTest, WhatACrashLeftOfMakingAFolderIsMadeAnew) {
  const fs::path half = dir_ / "half";
  fs::create_directories(half / "log");
  write(half / "FORMAT.new", "cut sho");
  write(half / "log" / "CURRENT", "rubbish");
  EXPECT_TRUE(failed_with(DataFolder::open(half, OpenMode::kRead, clock_, random_),
                          ErrorCode::kInvalid, "is not a data folder"));
  ASSERT_TRUE(create(half));
  EXPECT_TRUE(DataFolder::open(half, OpenMode::kWrite, clock_, random_));
}

TEST_F(DataFolderTest, AFolderThatIsNotThereIsNotFound) {
  for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
    EXPECT_TRUE(failed_with(DataFolder::open(dir_ / "nowhere", mode, clock_, random_),
                            ErrorCode::kNotFound, "nowhere"));
    EXPECT_FALSE(fs::exists(dir_ / "nowhere"));
  }
}

TEST_F(DataFolderTest, AFolderThatIsNotOursIsRefused) {
  fs::create_directory(dir_ / "notes");
  write(dir_ / "notes" / "mine.txt", "not yours");
  write(dir_ / "file", "a file");
  for (const char* name : {"notes", "file"}) {
    for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
      EXPECT_TRUE(failed_with(DataFolder::open(dir_ / name, mode, clock_, random_),
                              ErrorCode::kInvalid, "is not a data folder of trede"));
    }
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(dir_ / "notes"), {}), 1);
  folder_.reset();
  write(path() / "FORMAT", "somebody else's format\n");
  expect_refused(ErrorCode::kInvalid, "is not a data folder of trede");
}

TEST_F(DataFolderTest, ANewerFormatIsNamedAndLeftAlone) {
  const std::string format = read(path() / "FORMAT");
  folder_.reset();
  std::string newer = format;
  newer.replace(newer.find("format 1"), 8, "format 27");
  write(path() / "FORMAT", newer + "something of the future\n");
  expect_refused(ErrorCode::kNewer, "format 27");
  write(path() / "FORMAT", format);
  EXPECT_TRUE(open(OpenMode::kWrite));
}

TEST_F(DataFolderTest, AFormatFileThatIsDamagedIsRefused) {
  folder_.reset();
  const std::string format = read(path() / "FORMAT");
  write(path() / "FORMAT", format + " ");
  expect_refused(ErrorCode::kCorrupt, "is damaged");
  fs::remove(path() / "FORMAT");
  fs::create_directory(path() / "FORMAT");
  expect_refused(ErrorCode::kIo, "FORMAT");
}

TEST_F(DataFolderTest, AFolderOfWhichAPartIsMissingIsRefused) {
  folder_.reset();
  for (const char* part : {"anchor", "log", "keys"}) {
    fs::rename(path() / part, dir_ / "aside");
    expect_refused(ErrorCode::kCorrupt, part);
    fs::rename(dir_ / "aside", path() / part);
  }
  EXPECT_TRUE(open(OpenMode::kWrite));
}

TEST_F(DataFolderTest, OneProcessWritesAtATime) {
  EXPECT_TRUE(failed_with(open(OpenMode::kWrite), ErrorCode::kLocked, path().string()));
  EXPECT_TRUE(open(OpenMode::kRead));
  const pid_t child = fork();
  if (child == 0) {
    const auto opened = open(OpenMode::kWrite);
    _exit(!opened && opened.error().code == ErrorCode::kLocked ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  folder_.reset();
  EXPECT_TRUE(open(OpenMode::kWrite));
}

TEST_F(DataFolderTest, ALogThatIsBehindItsAnchorIsNotServed) {
  append_each(log(), dossier(1), 1, 5);
  folder_.reset();
  fs::copy(path(), dir_ / "older", fs::copy_options::recursive);
  reopen();
  append_each(log(), dossier(1), 6, 5);
  folder_.reset();
  fs::remove_all(path() / "log");
  fs::copy(dir_ / "older" / "log", path() / "log", fs::copy_options::recursive);
  expect_refused(ErrorCode::kCorrupt, "ends at positie 5, but events up to 10 were acknowledged");
}

TEST_F(DataFolderTest, ALogWithOtherEventsThanTheAnchorKnowsIsNotServed) {
  append_each(log(), dossier(1), 1, 5);
  folder_.reset();
  fs::copy(path(), dir_ / "other", fs::copy_options::recursive);
  reopen();
  append_each(log(), dossier(1), 6);
  folder_.reset();
  const auto anchor = value_of(load_anchor(path() / "anchor"));
  {
    auto other = value_of(DataFolder::open(dir_ / "other", OpenMode::kWrite, clock_, random_));
    append_each(other->log(), dossier(2), 66, 3);
  }
  fs::remove_all(path() / "log");
  fs::copy(dir_ / "other" / "log", path() / "log", fs::copy_options::recursive);
  expect_refused(ErrorCode::kCorrupt, "the hash differs from the anchor's");
}

TEST_F(DataFolderTest, APartOfAnotherFolderIsNotServed) {
  append_each(log(), dossier(1), 1, 5);
  folder_.reset();
  ASSERT_TRUE(create(dir_ / "other"));
  for (const char* part : {"anchor", "FORMAT", "log", "keys"}) {
    fs::rename(path() / part, dir_ / "aside");
    fs::copy(dir_ / "other" / part, path() / part, fs::copy_options::recursive);
    expect_refused(ErrorCode::kCorrupt, "anchor");
    fs::remove_all(path() / part);
    fs::rename(dir_ / "aside", path() / part);
  }
}

// As many changes and KEYs as the anchor knows of, but other people's.
TEST_F(DataFolderTest, KeysOfAnotherFolderAreNotServed) {
  const KeyEntry mine{dossier(1), "K1"};
  ASSERT_TRUE(keys().assign({&mine, 1}));
  folder_.reset();
  ASSERT_TRUE(create(dir_ / "other"));
  {
    const auto other =
        value_of(DataFolder::open(dir_ / "other", OpenMode::kWrite, clock_, random_));
    const KeyEntry theirs{dossier(2), "K1"};
    ASSERT_TRUE(other->keys().assign({&theirs, 1}));
  }
  fs::rename(path() / "keys", dir_ / "aside");
  fs::copy(dir_ / "other" / "keys", path() / "keys", fs::copy_options::recursive);
  expect_refused(ErrorCode::kCorrupt, "keys is of log");
  fs::remove_all(path() / "keys");
  fs::rename(dir_ / "aside", path() / "keys");
  reopen();
  EXPECT_EQ(value_of(keys().find_key(dossier(1))), "K1");
}

TEST_F(DataFolderTest, OpeningForReadingTouchesNothing) {
  append_each(log(), dossier(1), 1, 20);
  folder_.reset();
  const auto before = contents(path());
  {
    const auto reader = value_of(open(OpenMode::kRead));
    EXPECT_EQ(reader->log().last_position(), Position{20});
    EXPECT_TRUE(reader->keys().find_key(dossier(1)));
    EXPECT_TRUE(reader->close());
  }
  EXPECT_TRUE(contents(path()) == before);
}

TEST_F(DataFolderTest, AFolderTakesNoMoreRoomThanItsFilesHold) {
  append_each(log(), dossier(1), 1, 20);
  std::uintmax_t held = 0;
  std::uintmax_t taken = 0;
  for (const auto& entry : fs::recursive_directory_iterator(path())) {
    struct stat file {};
    ASSERT_EQ(::stat(entry.path().c_str(), &file), 0);
    held += static_cast<std::uintmax_t>(file.st_size);
    taken += static_cast<std::uintmax_t>(file.st_blocks) * 512;
  }
  EXPECT_LT(taken, held + (1 << 20)) << "room set aside counts as full on a small disk";
}

TEST_F(DataFolderTest, AFolderWithoutPermissionToWriteIsReadAllTheSame) {
  append_each(log(), dossier(1), 1, 20);
  folder_.reset();
  const auto as_somebody_else = [&](const std::function<bool()>& check) {
    const pid_t child = fork();
    if (child == 0) _exit(setuid(65534) == 0 && check() ? 0 : 1);
    int status = -1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return status == 0;
  };
  fs::permissions(dir_.path(), fs::perms(0755));
  if (getuid() == 0) {
    EXPECT_TRUE(as_somebody_else([&] {
      const auto reader = open(OpenMode::kRead);
      return reader && (*reader)->log().last_position() == Position{20} &&
             failed_with(open(OpenMode::kWrite), ErrorCode::kIo, path().string());
    }));
    return;
  }
  for (const auto& entry : fs::recursive_directory_iterator(path())) {
    fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::remove);
  }
  EXPECT_EQ(value_of(open(OpenMode::kRead))->log().last_position(), Position{20});
  EXPECT_TRUE(failed_with(open(OpenMode::kWrite), ErrorCode::kIo, path().string()));
}

}  // namespace
}  // namespace trede::test
