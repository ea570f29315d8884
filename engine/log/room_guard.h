// Stops writing while the disk still has a little room, so that nothing is written by halves.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>

#include "engine/base/result.h"

namespace trede {

// Threads: one at a time.
class RoomGuard {
 public:
  struct Disk {
    std::uint64_t free_bytes;
    std::uint64_t all_bytes;
  };

  explicit RoomGuard(const std::filesystem::path& folder);
  RoomGuard(std::filesystem::path folder, std::function<Disk()> ask)
      : folder_(std::move(folder)), ask_(std::move(ask)) {}

  // Checks that there is room for `bytes` more, beside what is kept free. Asks the file system at
  // most every 20 ms, but every time when there was too little room, or for more than a little.
  // Errors: kIo when there is too little; nothing is broken, and the next check may be good again.
  Status check(std::uint64_t bytes = 0);
  // Makes the next check ask.
  void ask_again() { next_ = {}; }

 private:
  std::filesystem::path folder_;
  std::function<Disk()> ask_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace trede
