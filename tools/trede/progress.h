// A bar on stderr for long work, when stderr is a terminal; nothing otherwise.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "tools/trede/context.h"

namespace trede::tool {

// Owner: the command. Drawn at most ten times a second; wiped on destruction.
class ProgressBar {
 public:
  ProgressBar(Context& context, std::string label);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::uint64_t done, std::uint64_t total);
  // For functions that report progress; valid as long as this object.
  std::function<void(std::uint64_t, std::uint64_t)> reporter();

 private:
  Context& context_;
  std::string label_;
  std::chrono::steady_clock::time_point next_{};
  bool drawn_ = false;
};

}  // namespace trede::tool
