// How long answering takes: what is quick is done in the thread that serves the connection, since
// handing it to another costs more than it does; what may be long goes to the pool.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace trede::server {

enum class Pace {
  kLong,     // may read much, or wait: for the pool
  kQuick,    // some work in memory and a few reads
  kLearned,  // as quick as the same question was lately
};

// What was quick lately, by the shape of the question: what it asks, without when. Two shapes may
// share a place; then the slower one counts. Threads: any.
class Paces {
 public:
  using Duration = std::chrono::steady_clock::duration;

  bool is_quick(std::size_t shape) const;  // false of what was never seen
  void learn(std::size_t shape, Duration took);

 private:
  static constexpr std::size_t kPlaces = 4096;
  // In microseconds, counted down slowly from the slowest; 0 = never seen.
  std::array<std::atomic<std::uint32_t>, kPlaces> lately_{};
};

}  // namespace trede::server
