#include "tests/bench/machine/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace trede::bench {

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// posix_spawn and not fork: a copy of the page tables of this process, which may hold gigabytes,
// would be counted as the program's own start.
pid_t spawn(const std::vector<std::string>& words, int out, int trouble) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  if (trouble >= 0) posix_spawn_file_actions_adddup2(&actions, trouble, STDERR_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " + words[0]);
  return child;
}

std::string content_of_file(std::FILE* file) {
  std::string out;
  std::array<char, 4096> part{};
  std::rewind(file);
  for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), file)) > 0;) {
    out.append(part.data(), got);
  }
  return out;
}

}  // namespace

std::string run(const std::vector<std::string>& words) {
  const File out(std::tmpfile(), &std::fclose);
  const File trouble(std::tmpfile(), &std::fclose);
  if (!out || !trouble) throw std::runtime_error("no temporary file");
  const pid_t child = spawn(words, fileno(out.get()), fileno(trouble.get()));
  int status = 0;
  if (waitpid(child, &status, 0) != child) throw std::runtime_error("no process");
  if (status != 0) {
    std::string said = content_of_file(trouble.get());
    if (said.size() > 2000) said.erase(0, said.size() - 2000);
    throw std::runtime_error(words[0] + (words.size() > 1 ? " " + words[1] : "") +
                             " failed: " + said);
  }
  return content_of_file(out.get());
}

std::filesystem::path this_program() { return std::filesystem::read_symlink("/proc/self/exe"); }

Running::Running(const std::vector<std::string>& words, const std::filesystem::path& trouble) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  from_ = fdopen(ends[0], "r");
  constexpr int kAdd = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  const int log = trouble.empty() ? -1 : open(trouble.c_str(), kAdd, 0600);
  process_ = spawn(words, ends[1], log);
  if (log >= 0) close(log);
  close(ends[1]);
}

Running::~Running() {
  kill();
  std::fclose(from_);
}

std::string Running::line() {
  std::array<char, 256> text{};
  if (std::fgets(text.data(), text.size(), from_) == nullptr) {
    throw std::runtime_error("a program that should run ended");
  }
  return text.data();
}

void Running::kill() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
  process_ = 0;
}

int Running::stop() {
  constexpr int kSignals = 128;
  if (process_ <= 0) throw std::runtime_error("a program was ended before");
  int status = 0;
  ::kill(process_, SIGTERM);
  waitpid(process_, &status, 0);
  process_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : kSignals + WTERMSIG(status);
}

}  // namespace trede::bench
