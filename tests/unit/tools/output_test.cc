#include "tools/trede/output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "tools/trede/options.h"
#include "tools/trede/progress.h"

namespace trede::tool {
namespace {

// A pipe whose written text can be read back.
class Pipe {
 public:
  Pipe() {
    if (pipe(ends_) != 0) throw std::runtime_error("no pipe");
  }
  ~Pipe() {
    close_reader();
    close(ends_[1]);
  }
  int writer() const { return ends_[1]; }
  void close_reader() {
    if (ends_[0] >= 0) close(ends_[0]);
    ends_[0] = -1;
  }
  // What was written so far, at most 64 KiB of it; waits for something.
  std::string text() const {
    std::string out(1 << 16, '\0');
    out.resize(static_cast<std::size_t>(read(ends_[0], out.data(), out.size())));
    return out;
  }

 private:
  int ends_[2] = {-1, -1};
};

TEST(Output, IsWrittenInOrderAtTheFlush) {
  Pipe pipe;
  Output out(pipe.writer());
  out.write("a");
  out.line("b");
  ASSERT_TRUE(out.flush());
  EXPECT_EQ(pipe.text(), "ab\n");
}

TEST(Output, FullDiskIsReportedByEveryFlush) {
  const int full = open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  Output out(full);
  out.line("verloren");
  for (int i = 0; i < 2; ++i) {
    const Status flushed = out.flush();
    ASSERT_FALSE(flushed);
    EXPECT_EQ(flushed.error().code, ErrorCode::kIo);
  }
  EXPECT_TRUE(out.failed());
  EXPECT_FALSE(out.reader_left());
  close(full);
}

TEST(Output, ReaderThatLeftIsKnown) {
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  pipe.close_reader();
  Output out(pipe.writer());
  out.line("niemand leest dit");
  EXPECT_FALSE(out.flush());
  EXPECT_TRUE(out.reader_left());
  std::signal(SIGPIPE, before);
}

class BarTest : public testing::Test {
 protected:
  std::string drawn(bool is_terminal) {
    Pipe pipe;
    {
      Output err(pipe.writer());
      Output out(pipe.writer());
      Context context{clock_, random_, out, err, stdin, is_terminal};
      ProgressBar bar(context, "werk");
      bar.show(1, 2);
      bar.show(2, 2);  // within a tenth of a second: not drawn
      out.write("klaar");
      EXPECT_TRUE(out.flush());
    }
    return pipe.text();
  }
  SystemClock clock_;
  SystemRandom random_;
};

TEST_F(BarTest, IsDrawnOnATerminalAndWipedAfterwards) {
  EXPECT_EQ(drawn(true), "\rwerk [####################....................] 50 %klaar\r\x1b[K");
}

TEST_F(BarTest, IsSilentElsewhere) { EXPECT_EQ(drawn(false), "klaar"); }

// Words of a command line against options of every kind.
struct Parsed {
  std::optional<std::string> op;
  std::string data;
  std::vector<std::string> waar;
  bool dry_run = false;
  std::optional<std::string> word;
  Outcome<bool> outcome = true;
};

Parsed parse(const std::vector<std::string>& words) {
  Parsed parsed;
  Options options({"proef", "Een proef.", "  trede proef\n"});
  options.word("WORD", &parsed.word, "a word");
  options.value("--op", &parsed.op, "a day");
  options.required_value("--data", &parsed.data, "a folder");
  options.values("--waar", &parsed.waar, "conditions");
  options.flag("--dry-run", &parsed.dry_run, "write nothing");
  parsed.outcome = options.parse(words);
  return parsed;
}

TEST(Options, FillWhatTheyAreBoundTo) {
  const auto parsed = parse({"woord", "--waar", "a=1,2", "--data", "d", "--waar=b=3", "--dry-run"});
  ASSERT_TRUE(parsed.outcome && *parsed.outcome);
  EXPECT_EQ(parsed.word, "woord");
  EXPECT_EQ(parsed.data, "d");
  EXPECT_EQ(parsed.waar, (std::vector<std::string>{"a=1,2", "b=3"}));
  EXPECT_TRUE(parsed.dry_run);
  EXPECT_EQ(parsed.op, std::nullopt);
}

TEST(Options, ValuesMayLookLikeAnything) {
  for (const std::string value : {"-500", "--data", "[1,2]", "{\"a\":1}", "", "a b", "export"}) {
    const auto parsed = parse({"--data", "d", "--op", value});
    ASSERT_TRUE(parsed.outcome) << value;
    EXPECT_EQ(parsed.op, value);
  }
}

TEST(Options, WrongWordsAreWrongInputAndNameTheAllowedOnes) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> table = {
      {{}, "--data"},
      {{"--data"}, "--data"},
      {{"--data", "d", "--data", "e"}, "--data"},
      {{"--data", "d", "--pos", "3"}, "unknown option or word `--pos`, expected one of"},
      {{"--data", "d", "--pos", "3"}, "--dry-run"},
      {{"--data", "d", "een", "twee"}, "unknown option or word `twee`"},
      {{"--data", "d", "--dry-run=misschien"}, "--dry-run"},
      {{"--data", "d", "--op"}, "--op"},
  };
  for (const auto& [words, says] : table) {
    const auto parsed = parse(words);
    ASSERT_FALSE(parsed.outcome) << says;
    EXPECT_EQ(parsed.outcome.error().exit, Exit::kInput);
    EXPECT_NE(parsed.outcome.error().line.find(says), std::string::npos)
        << parsed.outcome.error().line;
  }
}

TEST(Options, HelpIsNotAFailure) {
  for (const std::string help : {"--help", "-h"}) {
    const auto parsed = parse({help});
    ASSERT_TRUE(parsed.outcome);
    EXPECT_FALSE(*parsed.outcome);
  }
}

}  // namespace
}  // namespace trede::tool
