// How many passwords are tried at once: each takes 64 MiB and a core.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace trede::server {

// Owner: the gate. Threads: any.
class HashQueue {
 public:
  // At most `running` at once, and `waiting` more that wait for their turn.
  HashQueue(std::size_t running, std::size_t waiting) : running_(running), waiting_(waiting) {}

  // A turn, given back with the object. Absent when too many wait: `has_turn` is false.
  class Turn {
   public:
    explicit Turn(HashQueue& queue);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    bool has_turn() const { return has_turn_; }

   private:
    HashQueue& queue_;
    bool has_turn_ = false;
  };

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  std::size_t running_;  // how many more may run
  std::size_t waiting_;  // how many more may wait
};

}  // namespace trede::server
