#include "engine/dossier/turn.h"

#include "engine/log/wake_word.h"

namespace trede {

namespace {

struct WaitingThread : Turn::Waiter {
  WakeWord word;
};

}  // namespace

Turn::Waiter Turn::kFree;

bool Turn::try_take() {
  Waiter* seen = &kFree;
  return state_.compare_exchange_strong(seen, nullptr, std::memory_order_acquire,
                                        std::memory_order_relaxed);
}

bool Turn::take_or_wait(Waiter& waiter) {
  Waiter* seen = state_.load(std::memory_order_relaxed);
  for (;;) {
    if (seen == &kFree) {
      if (try_take()) return true;
      seen = state_.load(std::memory_order_relaxed);
      continue;
    }
    waiter.next = seen;
    if (state_.compare_exchange_weak(seen, &waiter, std::memory_order_release,
                                     std::memory_order_relaxed)) {
      return false;
    }
  }
}

void Turn::take() {
  WaitingThread thread;
  thread.resume = [](Waiter& waiter) {
    WakeWord& word = static_cast<WaitingThread&>(waiter).word;
    word.set(1);
    word.wake_one();
  };
  if (!take_or_wait(thread)) thread.word.wait_until(1);
}

void Turn::pass() {
  if (line_ == nullptr) {
    Waiter* seen = nullptr;
    if (state_.compare_exchange_strong(seen, &kFree, std::memory_order_release,
                                       std::memory_order_relaxed)) {
      return;
    }
    fill_line();
  }
  Waiter* const next = line_;
  line_ = next->next;
  next->resume(*next);
}

// Requires: somebody came.
void Turn::fill_line() {
  Waiter* last = state_.exchange(nullptr, std::memory_order_acquire);
  while (last != nullptr) {
    Waiter* const before = last->next;
    last->next = line_;
    line_ = last;
    last = before;
  }
}

}  // namespace trede
