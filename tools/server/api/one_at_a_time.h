// Something of which the server does one at a time: it takes long, or much memory.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "tools/server/api/problem.h"

namespace trede::server {

// A turn at `Of`, until the last copy of it is gone. Threads: any.
template <typename Of>
class OneAtATime {
 public:
  // Null: somebody else has the turn.
  static std::shared_ptr<OneAtATime> take() {
    auto turn = std::make_shared<OneAtATime>();
    turn->is_mine_ = !is_taken_.exchange(true);
    return turn->is_mine_ ? turn : nullptr;
  }
  OneAtATime() = default;
  ~OneAtATime() {
    if (is_mine_) is_taken_ = false;
  }
  OneAtATime(const OneAtATime&) = delete;
  OneAtATime& operator=(const OneAtATime&) = delete;

 private:
  static inline std::atomic<bool> is_taken_ = false;
  bool is_mine_ = false;
};

// What who comes meanwhile is told.
inline Problem come_back(std::string detail, std::chrono::seconds after) {
  Problem busy(ProblemCode::kNietBeschikbaar, std::move(detail));
  busy.headers.set("Retry-After", std::to_string(after.count()));
  return busy;
}

}  // namespace trede::server
