// The data folders of every release are opened by the program of today: all is well in them, and
// they answer as they did.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/ledger/sha256.h"
#include "engine/log/data_folder.h"
#include "tests/e2e/cli/cli.h"
#include "tests/support/fakes.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

std::string read_all(const fs::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

// The bytes of each file, by its path in the folder.
std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).string()] = read_all(entry.path());
    }
  }
  return files;
}

std::vector<std::string> releases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(TREDE_GOLDEN)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

// The lines of `text` that do not hold `word`.
std::string without(const std::string& text, std::string_view word) {
  std::istringstream in(text);
  std::string out;
  for (std::string line; std::getline(in, line);) {
    if (line.find(word) == std::string::npos) out += line + "\n";
  }
  return out;
}

class Golden : public CliTest, public testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override { fs::copy(kept("data"), path("data"), fs::copy_options::recursive); }

  static fs::path kept(const std::string& file) {
    return fs::path(TREDE_GOLDEN) / GetParam() / file;
  }
  std::string run(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", "data"});
    return good(words);
  }
  void expect_same_answers() {
    EXPECT_EQ(run({"query", "--batch", kept("questions.txt").string()}),
              read_all(kept("answers.csv")));
  }
  void expect_same_events() {
    const std::string events = run({"export"});
    EXPECT_EQ(without(events, "\"contactmoment\""), read_all(kept("export.ndjson")));
    EXPECT_EQ(hash_text(sha256({events})) + "\n", read_all(kept("export.sha256")));
  }
};

TEST_P(Golden, IsAsItWasKept) {
  auto files = files_of(kept(""));
  std::istringstream sums(files.extract("SHA256SUMS").mapped());
  for (std::string line; std::getline(sums, line);) {
    const std::string name = line.substr(66);
    ASSERT_TRUE(files.contains(name)) << name << " is gone";
    EXPECT_EQ(hash_text(sha256({files[name]})), line.substr(0, 64)) << name << " was changed";
    files.erase(name);
  }
  EXPECT_TRUE(files.empty()) << files.begin()->first << " was added";
}

TEST_P(Golden, IsReadAsItStandsAndLeftAsItWas) {
  EXPECT_TRUE(contains(run({"verify"}), "all is well"));
  expect_same_events();
  expect_same_answers();
  EXPECT_EQ(without(run({"show", "dossier/K-1_a.B", "--format", "csv"}), "contactmoment"),
            read_all(kept("show.csv")));
  fs::remove_all(path("data/trail"));  // where who reads leaves a trace
  EXPECT_TRUE(files_of(path("data")) == files_of(kept("data")));
}

TEST_P(Golden, IsReadBesideAWriter) {
  const FakeClock clock;
  SeededRandom random;
  const auto writer = DataFolder::open(path("data"), OpenMode::kWrite, clock, random);
  ASSERT_TRUE(writer) << writer.error().message;
  expect_same_events();
  expect_same_answers();
}

TEST_P(Golden, GoesOn) {
  const long before = line_count(run({"export"}));
  run({"record", "--stream", "dossier/K3", "--soort", "trede_doorstroom", "--geldig-op",
       "2021-03-01", "--naar", "4"});
  const std::string events = run({"export"});
  EXPECT_EQ(line_count(events), before + 1);
  EXPECT_TRUE(without(events, "\"contactmoment\"").starts_with(read_all(kept("export.ndjson"))));
  EXPECT_TRUE(contains(run({"verify"}), "all is well"));
}

TEST_P(Golden, AnswersTheSameFromProjectionsMadeAnew) {
  run({"rebuild"});
  expect_same_answers();
  EXPECT_TRUE(contains(run({"verify"}), "all is well"));
}

TEST_P(Golden, MakesAnIdenticalLogByItsExport) {
  write("all.ndjson", run({"export"}));
  good({"init", "--data", "copy"});
  good({"import", "all.ndjson", "--data", "copy"});
  EXPECT_EQ(log_of("copy"), read("all.ndjson"));
}

INSTANTIATE_TEST_SUITE_P(Release, Golden, testing::ValuesIn(releases()), [](const auto& one) {
  std::string name = "v" + one.param;
  std::ranges::replace(name, '.', '_');
  return name;
});

}  // namespace
}  // namespace trede::test
