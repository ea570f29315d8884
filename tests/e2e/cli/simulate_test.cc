// Made-up histories: the same into a folder and into a file, and nothing by halves.
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class Simulate : public CliTest {
 protected:
  // What a run left in the folder of the test.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path("."))) {
      const std::string name = entry.path().filename().string();
      if (!name.starts_with('.')) names.push_back(name);  // those hold what the program said
    }
    std::ranges::sort(names);
    return names;
  }

  std::string csv_of(const std::string& folder) {
    return good({"export", "--format", "csv", "--data", folder});
  }

  const std::vector<std::string> small_{"--events",      "1500", "--gemeenten", "6",
                                        "--corrections", "20",   "--seed",      "3"};
  std::vector<std::string> simulate(const std::vector<std::string>& more) const {
    std::vector<std::string> words{"simulate"};
    words.insert(words.end(), small_.begin(), small_.end());
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
};

TEST_F(Simulate, MakesTheSameLogThroughAFileAsAtOnce) {
  const std::string totals = good(simulate({"--data", "a"}));
  EXPECT_TRUE(contains(totals,
                       " 1500\n\n"
                       "posities: 1 t/m 1500\n"
                       "overgeslagen: 0\n"
                       "import: "));
  const std::string written = good(simulate({"--csv", "a.csv"}));
  EXPECT_EQ(written, totals.substr(0, totals.find("import: ")));
  EXPECT_EQ(line_count(read("a.csv")), 1501);
  good({"init", "--data", "b"});
  const std::string taken = good({"import", "a.csv", "--data", "b", "--as-recorded"});
  EXPECT_EQ(taken.substr(0, taken.find("import: ")), written);
  EXPECT_EQ(csv_of("a"), csv_of("b"));
}

TEST_F(Simulate, MakesAFolderThatIsInOrderAndAnswers) {
  good(simulate({"--data", "a", "--from", "2019-01-01", "--until", "2021-12-31"}));
  EXPECT_TRUE(contains(good({"verify", "--data", "a"}), "all is well, 1500 events"));
  const std::string stand =
      good({"query", "trajecten", "--op", "2020-06-30", "--data", "a", "--format", "csv"});
  EXPECT_GT(std::stoi(stand.substr(stand.find('\n'))), 10) << stand;
  EXPECT_TRUE(contains(good({"show", "dossier/d-0000001", "--data", "a"}), "geldig_op"));
}

TEST_F(Simulate, TakesAnEmptyLogThatIsThere) {
  good({"init", "--data", "a"});
  good(simulate({"--data", "a"}));
  EXPECT_EQ(line_count(log_of("a")), 1500);
}

TEST_F(Simulate, MakesTheExampleAloneAndOnce) {
  EXPECT_EQ(trede({"simulate", "--example"}).status, 2);
  EXPECT_EQ(trede({"simulate", "--example", "--seed", "3", "--data", "d"}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(path("d")));
  ASSERT_EQ(trede({"simulate", "--example", "--data", "d"}).status, 0);
  EXPECT_EQ(trede({"simulate", "--example", "--data", "d"}).status, 2);
}

TEST_F(Simulate, RefusesALogThatHasEvents) {
  make_folder();
  const std::string before = log_of();
  const Ran ran = trede(simulate({"--data", "w"}));
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(ran.err.starts_with("trede simulate: --data: ")) << ran.err;
  EXPECT_EQ(line_count(ran.err), 1);
  EXPECT_EQ(log_of(), before);
}

TEST_F(Simulate, ReplacesAFileWhole) {
  good(simulate({"--csv", "a.csv"}));
  const std::string first = read("a.csv");
  good(simulate({"--until", "2022-12-31", "--csv", "a.csv"}));
  EXPECT_NE(read("a.csv"), first);
  EXPECT_EQ(line_count(read("a.csv")), 1501);
  EXPECT_EQ(files(), std::vector<std::string>{"a.csv"});
}

// A device or a pipe is nobody's to replace.
TEST_F(Simulate, WritesIntoWhatIsNoFile) {
  good(simulate({"--csv", "a.csv"}));
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const auto running = start(simulate({"--csv", "pipe"}));
  EXPECT_EQ(read("pipe"), read("a.csv"));
  EXPECT_EQ(running->wait(), 0);
  EXPECT_TRUE(std::filesystem::is_fifo(path("pipe")));
  EXPECT_EQ(files(), (std::vector<std::string>{"a.csv", "pipe"}));
}

TEST_F(Simulate, ReplacesWhatALinkLeadsTo) {
  write("a.csv", "before");
  std::filesystem::create_symlink("a.csv", path("link"));
  good(simulate({"--csv", "link"}));
  EXPECT_TRUE(std::filesystem::is_symlink(path("link")));
  EXPECT_EQ(line_count(read("a.csv")), 1501);
}

// A file that is not finished has another name.
TEST_F(Simulate, LeavesNoHalfAFileWhenItIsKilled) {
  write("a.csv", "before");
  const auto running = start({"simulate", "--events", "3000000", "--csv", "a.csv"});
  while (files().size() < 2) std::this_thread::yield();
  running->kill();
  running->wait();
  EXPECT_EQ(read("a.csv"), "before");
}

TEST_F(Simulate, NamesWhatIsWrongWithItsOptions) {
  struct Case {
    std::vector<std::string> words;
    std::string says;
  };
  const Case cases[] = {
      {{}, "--data or --csv: expected one of the two, where the history goes"},
      {{"--csv", "a.csv", "--data", "a"},
       "--data or --csv: expected one of the two, where the history goes"},
      {{"--csv", "a.csv", "--events", "many"},
       "--events: `many` is not a whole number here, expected digits only"},
      {{"--csv", "a.csv", "--events", "0"},
       "--events: out of range, expected a whole number from 1 to 1000000000"},
      {{"--csv", "a.csv", "--gemeenten", "343"},
       "--gemeenten: out of range, expected a whole number from 1 to 342"},
      {{"--csv", "a.csv", "--corrections", "51"},
       "--corrections: out of range, expected a whole number from 0 to 50"},
      {{"--csv", "a.csv", "--seed", "-1"},
       "--seed: `-1` is not a whole number here, expected digits only"},
      {{"--csv", "a.csv", "--from", "2020-02-30"}, "--from: "},
      {{"--csv", "a.csv", "--from", "2020-01-01", "--until", "2020-01-20"},
       "--until: out of range, expected a day from 2020-01-28 to 2100-12-31"},
      {{"--csv", "a.csv", "--until", "2099-01-01"},
       "--until: 2099-01-01 is not over yet, expected a day before "},
      {{"--csv", "no/such/folder/a.csv"},
       "no/such/folder/a.csv: No such file or directory, expected a file that can be written"},
      {{"--csv", "."}, ".: Is a directory, expected a file that can be written"},
  };
  for (const auto& [words, says] : cases) {
    std::vector<std::string> all{"simulate"};
    all.insert(all.end(), words.begin(), words.end());
    const Ran ran = trede(all);
    EXPECT_EQ(ran.status, 2) << says;
    EXPECT_EQ(ran.out, "") << says;
    EXPECT_EQ(line_count(ran.err), 1) << ran.err;
    EXPECT_TRUE(ran.err.starts_with("trede simulate: " + says)) << ran.err;
  }
  EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace trede::test
