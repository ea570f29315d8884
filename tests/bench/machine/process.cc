#include "tests/bench/machine/process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>

namespace trede::bench {

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

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
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    if (dup2(fileno(out.get()), STDOUT_FILENO) < 0) _exit(126);
    if (dup2(fileno(trouble.get()), STDERR_FILENO) < 0) _exit(126);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) throw std::runtime_error("no process");
  if (status != 0) {
    std::string said = content_of_file(trouble.get());
    if (said.size() > 2000) said.erase(0, said.size() - 2000);
    throw std::runtime_error(words[0] + (words.size() > 1 ? " " + words[1] : "") +
                             " failed: " + said);
  }
  return content_of_file(out.get());
}

}  // namespace trede::bench
