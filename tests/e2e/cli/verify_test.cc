// Reading the log a part at a time: `verify --seconds`.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

class VerifyInParts : public CliTest {
 protected:
  VerifyInParts() { good({"simulate", "--events", "20000", "--data", "a"}); }

  // One share of the round.
  Ran verify_share() { return trede({"verify", "--seconds", "0", "--data", "a"}); }

  // To the end of the round; the last run of it.
  Ran finish_round() {
    for (;;) {
      const Ran ran = verify_share();
      if (ran.out.find("goes on") == std::string::npos) return ran;
    }
  }

  // Flips a bit of the events that is read only when they are.
  void damage() {
    fs::path largest;
    for (const auto& file : fs::directory_iterator(path("a/log"))) {
      if (file.path().extension() != ".sst") continue;
      if (largest.empty() || file.file_size() > fs::file_size(largest)) largest = file.path();
    }
    std::fstream bytes(largest, std::ios::binary | std::ios::in | std::ios::out);
    bytes.seekg(1000);
    const int byte = bytes.get();
    bytes.seekp(1000);
    bytes.put(static_cast<char>(byte ^ 4));
  }
};

TEST_F(VerifyInParts, EachRunGoesOnWhereTheLastOneStopped) {
  std::vector<std::string> seen;
  for (;;) {
    const Ran ran = verify_share();
    ASSERT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(line_count(ran.out), 2) << ran.out;
    if (ran.out.find("goes on") == std::string::npos) {
      EXPECT_TRUE(ran.out.starts_with("a: round 1 ended\na: the last whole round ended at 2"))
          << ran.out;
      break;
    }
    EXPECT_TRUE(ran.out.ends_with("\na: no round has ended yet\n")) << ran.out;
    seen.push_back(ran.out.substr(0, ran.out.find('\n')));
  }
  for (const char* place :
       {"a: round 1 goes on: events, 8192 of 20000", "a: round 1 goes on: events, 16384 of 20000",
        "a: round 1 goes on: index of ids, 0 of 20000"}) {
    EXPECT_EQ(std::ranges::count(seen, place), 1) << place;
  }
  const Ran next = verify_share();
  EXPECT_TRUE(next.out.starts_with("a: round 2 goes on: ")) << next.out;
  EXPECT_FALSE(contains(next.out, "no round"));
}

TEST_F(VerifyInParts, ReadsToTheEndOfTheRoundWhenThereIsTime) {
  const std::string out = good({"verify", "--seconds", "3600", "--data", "a"});
  EXPECT_TRUE(out.starts_with("a: round 1 ended\n")) << out;
}

TEST_F(VerifyInParts, NamesWhatItFoundAtEachRunUntilTheRoundAfterIsOver) {
  damage();
  const Ran ran = finish_round();
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(contains(ran.out, "another checksum")) << ran.out;
  EXPECT_TRUE(contains(ran.err, "restore a backup")) << ran.err;
  EXPECT_EQ(line_count(ran.err), 1);
  damage();  // the bit as it was
  for (;;) {
    const Ran again = verify_share();
    const bool over = !contains(again.out, "goes on");
    EXPECT_EQ(again.status, over ? 0 : 1) << again.out;
    EXPECT_EQ(static_cast<bool>(contains(again.out, "another checksum")), !over) << again.out;
    if (over) break;
  }
}

TEST_F(VerifyInParts, IsRefusedWhereItGoesOnAlready) {
  const int folder = ::open(path("a").c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_EQ(::flock(folder, LOCK_EX | LOCK_NB), 0);
  const Ran ran = verify_share();
  ::close(folder);
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err, "trede verify: a is being scrubbed already\n");
}

TEST_F(VerifyInParts, NamesWhatIsWrongWithItsOption) {
  for (const char* text : {"-1", "1.5", "ten", "", "4294967296"}) {
    const Ran ran = trede({"verify", "--seconds", text, "--data", "a"});
    EXPECT_EQ(ran.status, 2) << text;
    EXPECT_EQ(line_count(ran.err), 1) << ran.err;
    EXPECT_TRUE(ran.err.starts_with("trede verify: --seconds: ")) << ran.err;
  }
}

}  // namespace
}  // namespace trede::test
