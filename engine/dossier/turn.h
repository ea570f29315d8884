// Whose turn it is to change something: a mutex that is held by a piece of work and not by a
// thread, so that work that waits for the log keeps no thread waiting with it.
#pragma once

#include <atomic>

namespace trede {

// Who waits is served in order of arrival. Source: the lock of Lewis Baker's cppcoro::async_mutex,
// which takes the place of a mutex here in 16 bytes. Threads: any.
//
// Invariants
//  1. `state_` is kFree, or the turn is taken and it is the one who came last of those who came
//     since `line_` was filled, linked backwards; null when nobody did.
//  2. `line_` belongs to who has the turn: those who come next, in order.
class Turn {
 public:
  // Who waits; stays where it is until `resume`.
  struct Waiter {
    // Has the turn now. Called by who had it before: short. Not looked at afterwards.
    void (*resume)(Waiter&) = nullptr;
    Waiter* next = nullptr;
  };

  Turn() = default;
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  // Whether it was free, and is the caller's now.
  bool try_take();
  // The same; if not, `waiter` will have it.
  bool take_or_wait(Waiter& waiter);
  // Waits for it in this thread.
  void take();
  // Gives it to the next, if any. Requires: the caller has it.
  void pass();

 private:
  void fill_line();

  static Waiter kFree;  // only its address counts
  std::atomic<Waiter*> state_ = &kFree;
  Waiter* line_ = nullptr;
};

}  // namespace trede
