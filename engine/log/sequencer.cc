#include "engine/log/sequencer.h"

#include <condition_variable>

namespace trede {

struct Sequencer::Waiter {
  enum class State { kWaiting, kLeads, kDone };

  Request* request = nullptr;  // null: asks for the turn itself, not for work
  Waiter* next = nullptr;
  // Each waiter sleeps on its own lock, so that waking many does not make them queue for one.
  std::mutex mutex;
  std::condition_variable woken;
  State state = State::kWaiting;

  void wake(State to) {
    const std::lock_guard lock(mutex);  // notified inside: the waiter is gone once it can lock
    state = to;
    woken.notify_one();
  }
  State wait() {
    std::unique_lock lock(mutex);
    woken.wait(lock, [this] { return state != State::kWaiting; });
    return state;
  }
};

// Returns at once when nobody has the turn, otherwise queues; the caller then waits.
bool Sequencer::take_or_queue(Waiter& waiter) {
  const std::lock_guard lock(mutex_);
  if (!taken_) {
    taken_ = true;
    return true;
  }
  (last_ == nullptr ? first_ : last_->next) = &waiter;
  last_ = &waiter;
  return false;
}

// Takes those who wait for work, from the first on, as many as one write may hold.
void Sequencer::take_group(std::vector<Request*>& group, std::vector<Waiter*>& followers) {
  const std::lock_guard lock(mutex_);
  std::size_t weight = group.front()->weight;
  while (first_ != nullptr && first_->request != nullptr &&
         weight + first_->request->weight <= kGroupWeight) {
    weight += first_->request->weight;
    group.push_back(first_->request);
    followers.push_back(first_);
    first_ = first_->next;
  }
  if (first_ == nullptr) last_ = nullptr;
}

void Sequencer::submit(Request& request) {
  Waiter self;
  self.request = &request;
  if (!take_or_queue(self) && self.wait() == Waiter::State::kDone) return;
  // Only the one who has the turn uses these; kept to spare allocations.
  group_.assign(1, &request);
  followers_.clear();
  take_group(group_, followers_);
  work_(group_);
  const std::vector<Waiter*> followers = std::exchange(followers_, {});
  leave();
  for (Waiter* follower : followers) follower->wake(Waiter::State::kDone);
}

void Sequencer::enter() {
  Waiter self;
  if (!take_or_queue(self)) self.wait();
}

void Sequencer::leave() {
  Waiter* next = nullptr;
  {
    const std::lock_guard lock(mutex_);
    next = first_;
    if (next == nullptr) {
      taken_ = false;
      return;
    }
    first_ = next->next;
    if (first_ == nullptr) last_ = nullptr;
  }
  next->wake(Waiter::State::kLeads);
}

}  // namespace trede
