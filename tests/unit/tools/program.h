// The program without a process of its own: what a command answers, with a clock of the test.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"
#include "tools/trede/command_line.h"

namespace trede::test {

struct ProgramRan {
  int status;
  std::string out;
  std::string err;
};

class Program {
 public:
  ProgramRan run(const std::vector<std::string>& words) {
    const int out = open_file("out");
    const int err = open_file("err");
    ProgramRan ran{-1, "", ""};
    {
      tool::Output to_out(out);
      tool::Output to_err(err);
      tool::Context context{clock, random_, to_out, to_err, stdin, false};
      ran.status = tool::run_command_line(words, context);
    }
    ::close(out);
    ::close(err);
    ran.out = read("out");
    ran.err = read("err");
    return ran;
  }

  std::string path(const std::string& file) const { return (dir_ / file).string(); }
  std::string data() const { return path("data"); }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(dir_ / file) << text;
  }
  std::string read(const std::string& file) const {
    std::ifstream in(dir_ / file);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  FakeClock clock;

 private:
  int open_file(const std::string& file) const {
    return ::open((dir_ / file).c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  }

  TempDir dir_;
  SeededRandom random_;
};

}  // namespace trede::test
