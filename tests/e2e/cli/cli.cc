#include "tests/e2e/cli/cli.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <sstream>

namespace trede::test {

namespace {

constexpr std::string_view kOrganisatie =
    "stream,soort,geldig_op,event_id,gemeente,afdeling\n"
    "organisatie,gemeente_toegetreden,2010-01-01,0a000000-0000-4000-8000-000000000001,Velsen,\n"
    "organisatie,gemeente_toegetreden,2010-01-01,0a000000-0000-4000-8000-000000000002,Beverwijk,\n"
    "organisatie,afdeling_ingesteld,2010-01-01,0a000000-0000-4000-8000-000000000003,,Groen\n";

int status_of(pid_t process) {
  int status = 0;
  if (waitpid(process, &status, 0) != process) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

struct Files {
  std::string in = "/dev/null";
  std::string out = "/dev/null";
  std::string err = "/dev/null";
};

void redirect(const std::string& file, int flags, int to) {
  const int from = open(file.c_str(), flags, 0600);
  if (from < 0 || dup2(from, to) < 0) _exit(126);
}

// Forks and becomes the program. `input` >= 0 is its standard input instead of `files.in`.
pid_t launch(const std::vector<std::string>& arguments, const std::string& folder,
             const Files& files, int input = -1) {
  std::vector<char*> words = {const_cast<char*>(TREDE_PROGRAM)};
  for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  const pid_t process = fork();
  if (process != 0) return process;
  if (chdir(folder.c_str()) != 0) _exit(126);
  if (input >= 0) {
    if (dup2(input, STDIN_FILENO) < 0) _exit(126);
  } else {
    redirect(files.in, O_RDONLY, STDIN_FILENO);
  }
  redirect(files.out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  redirect(files.err, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  execv(TREDE_PROGRAM, words.data());
  _exit(127);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out = "trede";
  for (const auto& word : words) out += " " + word;
  return out;
}

}  // namespace

Running::~Running() {
  if (process_ > 0) kill();
}

void Running::close_input() {
  if (input_ >= 0) close(input_);
  input_ = -1;
}

void Running::kill() {
  ::kill(process_, SIGKILL);
  wait();
}

int Running::wait() {
  close_input();
  const int status = status_of(process_);
  process_ = -1;
  return status;
}

Ran CliTest::trede(const std::vector<std::string>& arguments, std::string_view input) {
  const Files files{path(".in"), path(".out"), path(".err")};
  write(".in", input);
  Ran ran;
  ran.status = status_of(launch(arguments, path("").string(), files));
  ran.out = read(".out");
  ran.err = read(".err");
  return ran;
}

std::unique_ptr<Running> CliTest::start(const std::vector<std::string>& arguments) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t process = launch(arguments, path("").string(), {}, ends[0]);
  close(ends[0]);
  return std::make_unique<Running>(process, ends[1]);
}

std::string CliTest::good(const std::vector<std::string>& arguments, std::string_view input) {
  const Ran ran = trede(arguments, input);
  EXPECT_EQ(ran.status, 0) << joined(arguments) << "\n" << ran.err;
  return ran.out;
}

void CliTest::write(const std::string& file, std::string_view text) const {
  std::ofstream(path(file), std::ios::binary) << text;
}

std::string CliTest::read(const std::string& file) const {
  std::ostringstream text;
  text << std::ifstream(path(file), std::ios::binary).rdbuf();
  return text.str();
}

void CliTest::make_folder(const std::string& folder) {
  write("organisatie.csv", kOrganisatie);
  good({"init", "--zonder-beheerder", "--data", folder});
  good({"import", "organisatie.csv", "--data", folder});
}

long line_count(std::string_view text) { return std::ranges::count(text, '\n'); }

testing::AssertionResult contains(const std::string& text, std::string_view part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "`" << part << "` is not in: " << text;
}

}  // namespace trede::test
