// Other programs: run to their end, or until they are killed.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace trede::bench {

// Runs a program and waits for it. Returns what it wrote to its standard output.
// Throws std::runtime_error with its last words when it fails.
std::string run(const std::vector<std::string>& words);

// This program itself, for what must happen in a process of its own.
std::filesystem::path this_program();

// A program that writes lines until it is ended. Owner: who started it; killed with the object.
class Running {
 public:
  // `trouble`: the file to which its standard error is added; empty = that of this process.
  explicit Running(const std::vector<std::string>& words,
                   const std::filesystem::path& trouble = {});
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  // The next line; throws when the program ended.
  std::string line();
  void kill();  // -9, and waits until it is gone
  // Asks it to end, and waits until it did. Returns its exit status; 128 and more for a signal.
  int stop();
  pid_t id() const { return process_; }

 private:
  pid_t process_ = 0;
  std::FILE* from_ = nullptr;
};

}  // namespace trede::bench
