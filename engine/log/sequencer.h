// Gives callers their turn, in order of arrival. Whoever finds nobody at work leads at once, in its
// own thread; those who come meanwhile form the next group, led by the first of them. So a lone
// caller never hands over to another thread, and many callers share one write.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

#include "engine/log/wake_word.h"

namespace trede {

// Invariants
//  1. Groups have numbers that rise in order of arrival, and are done in that order.
//  2. A group can be joined until its leader begins with it, and only while it is the last one.
//  3. The next leader is told before the callers of the group that is done are woken: waking many
//     takes about as long as a write.
class Sequencer {
 public:
  // What a caller brings. It lives on the caller's stack until it is answered.
  struct Request {
    std::size_t weight = 1;   // of its work, in events
    Request* next = nullptr;  // of its group
  };
  // Does the work of `group`: one request or more, in order of arrival.
  using Work = std::function<void(const std::vector<Request*>& group)>;

  // `work` runs in one thread at a time, and what one call of it wrote the next one sees.
  explicit Sequencer(Work work) : work_(std::move(work)) {}
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Returns when the work of `request` is done. Threads: any.
  void submit(Request& request);

  // Waits for the turn and keeps it until `leave`; everybody else waits.
  void enter();
  void leave();

 private:
  struct Group;
  static constexpr std::size_t kGroupWeight = 4096;
  // Callers of one group sleep on one word, those of the next on another.
  static constexpr std::size_t kWords = 8;

  bool join(Request& request, std::uint32_t& number);
  void take_or_queue(Group& group);
  void lead(Group& group);
  void begin(Group& group);
  WakeWord& word_of(std::uint32_t number) { return done_[number % kWords]; }

  Work work_;
  std::vector<Request*> group_;          // of the one who has the turn; kept to spare allocations
  std::array<WakeWord, kWords> done_{};  // the last group that is done, of those with its word

  std::mutex mutex_;    // over what follows, and the groups
  bool taken_ = false;  // somebody has the turn
  std::uint32_t last_number_ = 0;
  // Groups that wait, in order of arrival; the turn goes to the first.
  Group* first_ = nullptr;
  Group* last_ = nullptr;
};

}  // namespace trede
