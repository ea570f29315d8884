// Data folders that cannot be used: exit status 1, one line, and a folder that is left as it was.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class BadFolder : public CliTest {
 protected:
  // Expects every command that opens `folder` to fail with status 1 and one line that says so.
  void expect_unusable(const std::string& folder, std::string_view says) {
    write("leeg.csv", "stream,soort\n");
    const std::vector<std::vector<std::string>> commands = {
        {"query", "trajecten"},
        {"explain", "trajecten"},
        {"diff", "trajecten", "--positie", "0", "--en-positie", "0"},
        {"show", "organisatie"},
        {"export"},
        {"verify"},
        {"rebuild"},
        {"import", "leeg.csv"},
        {"record", "--json", "{\"stream\":\"dossier/K\",\"soort\":\"herstelmelding\"}"}};
    for (auto words : commands) {
      words.insert(words.end(), {"--data", folder});
      const Ran ran = trede(words);
      SCOPED_TRACE(words.front());
      EXPECT_EQ(ran.status, 1) << ran.err;
      EXPECT_EQ(line_count(ran.err), 1) << ran.err;
      EXPECT_TRUE(contains(ran.err, folder));
      EXPECT_TRUE(contains(ran.err, says));
      EXPECT_EQ(ran.out, "");
    }
  }

  // Whether some process holds a lock on `file`; looks without locking.
  bool is_locked(const std::string& file) const {
    struct stat about {};
    if (stat(path(file).c_str(), &about) != 0) return false;
    std::ifstream locks("/proc/locks");
    const std::string inode = ":" + std::to_string(about.st_ino) + " ";
    for (std::string line; std::getline(locks, line);) {
      if (line.find("FLOCK") != std::string::npos && line.find(inode) != std::string::npos) {
        return true;
      }
    }
    return false;
  }

  // Every file under `folder` with its bytes.
  std::map<std::string, std::string> files_of(const std::string& folder) const {
    std::map<std::string, std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path(folder))) {
      const std::string name = std::filesystem::relative(entry.path(), path("")).string();
      out[name] = entry.is_regular_file() ? read(name) : "";
    }
    return out;
  }

  // The same but for the trail, in which who reads leaves a trace too.
  std::map<std::string, std::string> files_without_trail(const std::string& folder) const {
    auto files = files_of(folder);
    std::erase_if(files,
                  [&](const auto& file) { return file.first.starts_with(folder + "/trail"); });
    return files;
  }
};

TEST_F(BadFolder, OneThatDoesNotExist) { expect_unusable("nergens", "nergens"); }

TEST_F(BadFolder, OneThatIsNotOurs) {
  std::filesystem::create_directories(path("foto's/2021"));
  write("foto's/2021/strand.jpg", "jpg");
  const auto before = files_of("foto's");
  expect_unusable("foto's", "foto's");
  EXPECT_EQ(files_of("foto's"), before);
}

TEST_F(BadFolder, OneThatIsAFile) {
  write("bestand", "tekst");
  expect_unusable("bestand", "bestand");
  EXPECT_EQ(read("bestand"), "tekst");
}

TEST_F(BadFolder, OneOfANewerFormat) {
  make_folder();
  std::string format = read("w/FORMAT");
  const auto digit = format.find_first_of("123456789");
  ASSERT_NE(digit, std::string::npos);
  write("w/FORMAT", format.replace(digit, 1, "99"));
  const auto before = files_of("w");
  expect_unusable("w", "newer");
  EXPECT_EQ(files_of("w"), before);
}

TEST_F(BadFolder, OneThatLostItsLog) {
  make_folder();
  std::filesystem::remove_all(path("w/log"));
  expect_unusable("w", "w");
}

TEST_F(BadFolder, OneThatAnotherProcessWritesIn) {
  make_folder();
  const std::string before = log_of();
  // An import that waits for its input holds the folder.
  const auto writer = start({"import", "/dev/stdin", "--data", "w"});
  while (!is_locked("w/FORMAT")) usleep(10'000);
  const Ran locked = trede({"rebuild", "--data", "w"});
  EXPECT_EQ(locked.status, 1);
  EXPECT_TRUE(contains(locked.err, "another process"));
  EXPECT_EQ(line_count(locked.err), 1);
  EXPECT_EQ(log_of(), before);  // reading goes on
  EXPECT_EQ(good({"query", "trajecten", "--data", "w", "--format", "csv"}), "waarde\n0\n");
  writer->kill();
  EXPECT_EQ(log_of(), before);
  good({"rebuild", "--data", "w"});
}

TEST_F(BadFolder, ReadingChangesNothingBesideTheAuditTrail) {
  make_folder();
  const auto before = files_without_trail("w");
  good({"query", "trajecten", "--data", "w"});
  good({"show", "organisatie", "--data", "w"});
  good({"verify", "--data", "w"});
  log_of();
  EXPECT_EQ(files_without_trail("w"), before);
}

TEST_F(BadFolder, ImportThatIsKilledLeavesTheLogAsItWas) {
  make_folder();
  const std::string before = log_of();
  std::string text = "stream,soort,geldig_op,gemeente,regeling\n";
  for (int i = 0; i < 30'000; ++i) {
    text += "dossier/P" + std::to_string(i) + ",aanmelding,2021-01-04,Velsen,ioaw\n";
  }
  write("veel.csv", text);
  const auto writer = start({"import", "veel.csv", "--data", "w"});
  usleep(300'000);
  writer->kill();
  const std::string after = log_of();
  const bool whole = line_count(after) == 30'003;
  EXPECT_TRUE(after == before || whole);
  EXPECT_EQ(good({"import", "veel.csv", "--data", "w"}).find("posities: -") != std::string::npos,
            whole);
}

TEST_F(BadFolder, InitLeavesWhatIsThere) {
  make_folder();
  const std::string before = log_of();
  const Ran again = trede({"init", "--data", "w"});
  EXPECT_EQ(again.status, 2);
  EXPECT_TRUE(contains(again.err, "w"));
  EXPECT_EQ(log_of(), before);
  std::filesystem::create_directory(path("leeg"));
  good({"init", "--data", "leeg"});
  EXPECT_EQ(log_of("leeg"), "");
}

}  // namespace
}  // namespace trede::test
