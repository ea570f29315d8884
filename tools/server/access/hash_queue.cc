#include "tools/server/access/hash_queue.h"

namespace trede::server {

HashQueue::Turn::Turn(HashQueue& queue) : queue_(queue) {
  std::unique_lock lock(queue_.mutex_);
  if (queue_.running_ == 0) {
    if (queue_.waiting_ == 0) return;
    --queue_.waiting_;
    queue_.freed_.wait(lock, [&] { return queue_.running_ > 0; });
    ++queue_.waiting_;
  }
  --queue_.running_;
  has_turn_ = true;
}

HashQueue::Turn::~Turn() {
  if (!has_turn_) return;
  {
    const std::lock_guard lock(queue_.mutex_);
    ++queue_.running_;
  }
  queue_.freed_.notify_one();
}

}  // namespace trede::server
