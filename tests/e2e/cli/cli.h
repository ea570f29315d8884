// The real program, run as a person would, in a folder of its own.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/temp_dir.h"

namespace trede::test {

struct Ran {
  int status = -1;  // the exit status; 128 + the signal when it was killed
  std::string out;
  std::string err;
};

// A run that has not ended yet. Its standard input is a pipe that is still open.
class Running {
 public:
  Running(pid_t process, int input) : process_(process), input_(input) {}
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void close_input();
  void kill();
  int wait();

 private:
  pid_t process_;
  int input_;
};

class CliTest : public testing::Test {
 protected:
  // Runs `trede ARGUMENTS` in the folder of the test; `input` is its standard input.
  Ran trede(const std::vector<std::string>& arguments, std::string_view input = "");
  // The same without waiting.
  std::unique_ptr<Running> start(const std::vector<std::string>& arguments);
  // As trede; a failure of the test when it does not end well. Returns standard output.
  std::string good(const std::vector<std::string>& arguments, std::string_view input = "");

  void write(const std::string& file, std::string_view text) const;
  std::string read(const std::string& file) const;
  std::filesystem::path path(const std::string& file) const { return dir_ / file; }

  // A data folder `w` of an organisation with two gemeenten and an afdeling.
  void make_folder(const std::string& folder = "w");
  // What is in the log, byte for byte.
  std::string log_of(const std::string& folder = "w") { return good({"export", "--data", folder}); }

 private:
  TempDir dir_;
};

// How many line feeds there are.
long line_count(std::string_view text);

testing::AssertionResult contains(const std::string& text, std::string_view part);

}  // namespace trede::test
