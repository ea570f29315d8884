// Stops writing while the disk still has a little room, so that nothing is written by halves.
#pragma once

#include <chrono>
#include <filesystem>

#include "engine/base/result.h"

namespace trede {

// Threads: one at a time.
class RoomGuard {
 public:
  explicit RoomGuard(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Asks the file system at most every 20 ms. Errors: kIo when there is too little room; nothing is
  // broken, and the next check may be good again.
  Status check();

 private:
  std::filesystem::path folder_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace trede
