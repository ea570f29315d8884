// A word that threads sleep on until it changes. Waking all who sleep on it is one system call, and
// whoever wakes has nothing to lock, unlike with a condition variable: with many callers that
// difference is most of what an append costs.
#pragma once

#include <atomic>
#include <cstdint>

namespace trede {

// Numbers only go up; they are compared as if they never wrapped around.
// Threads: any. It may go out of life while `wake_*` still runs in another thread, as soon as what
// is waited for stands in it: only its address is used then.
class WakeWord {
 public:
  // What was written before `set` is seen by whoever reads that number or one beyond it.
  void set(std::uint32_t number) { number_.store(number, std::memory_order_release); }
  std::uint32_t read() const { return number_.load(std::memory_order_acquire); }
  void wake_one();
  void wake_all();

  // Sleeps while the number is `seen`; returns now and then for no reason.
  void sleep_on(std::uint32_t seen);
  // Returns when the number is `number` or beyond.
  void wait_until(std::uint32_t number);

  static bool is_at_or_beyond(std::uint32_t number, std::uint32_t other) {
    return static_cast<std::int32_t>(number - other) >= 0;
  }

 private:
  std::atomic<std::uint32_t> number_ = 0;
};

}  // namespace trede
