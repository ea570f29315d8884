// Lets many callers share one write, in two stages that run beside each other: while one group of
// requests is written, the next one is drafted. A caller that waits for its answer hands no work to
// another thread: it drafts what it brings, and writes when nobody else does. So a lone caller does
// all of it itself. For callers that do not wait there is one thread that writes.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "engine/log/wake_word.h"

namespace trede {

// Invariants
//  1. One thread drafts at a time, one writes at a time, and each stage sees what it did before.
//  2. Requests are drafted in order of arrival. All that were drafted since a group was closed are
//     the next one; groups are written, and answered, in the order in which they were closed.
//  3. What waits to be drafted has somebody who drafts; what was drafted has somebody who drafts or
//     writes, or one of its callers or the writer was told to. They look at each other's work under
//     the lock before they leave, so nothing is left lying.
//  4. A group is closed when nobody drafts or writes: the stages see each other's work then.
class Sequencer {
 public:
  // What a caller brings. It lives until it is answered.
  struct Request {
    std::size_t weight = 1;                  // of its work, in events
    void (*on_written)(Request&) = nullptr;  // of a posted one: answers it; not looked at after
    Request* next = nullptr;                 // of those that wait, or of its group
  };
  using Requests = std::vector<Request*>;  // one or more, in order of arrival
  struct Stages {
    // May run while the group before is written.
    std::function<void(const Requests& arrived)> draft;
    // What was drafted up to now is what is written next. Short: arrivals wait for it.
    std::function<void()> close;
    std::function<void(const Requests& group)> write;
  };

  explicit Sequencer(Stages stages) : stages_(std::move(stages)) {}
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;
  // What was posted is answered first. Requires: nobody is in `submit` or has entered.
  ~Sequencer();

  // Returns when the group of `request` is written. Threads: any.
  void submit(Request& request);
  // Returns soon; when the group of `request` is written its `on_written` is called, which is to be
  // short: the next group waits for it. Threads: any.
  void post(Request& request);

  // Waits until nobody drafts or writes and nothing is left to, and keeps it so until `leave`:
  // everybody else waits.
  void enter();
  void leave();

 private:
  struct List {
    Request* first = nullptr;
    Request* last = nullptr;

    void add(Request& request);
    void add(const List& list);
    void copy_to(Requests& requests) const;
  };
  using Lock = std::unique_lock<std::mutex>;
  // A group that has as many is full: one write holds that and one request more at most.
  static constexpr std::size_t kGroupWeight = 4096;
  // So many groups a caller writes one after the other before it goes back to its own work.
  static constexpr std::size_t kRounds = 2;
  // From so many events in a group on, one of its callers watches for its end instead of sleeping.
  static constexpr std::size_t kCrowd = 8;
  // Callers of one group sleep on one word, those of the next on another.
  static constexpr std::size_t kWords = 8;
  struct Done {
    WakeWord word;                     // done(number) of the last group done, or asked(number)
    std::atomic<bool> relays = false;  // who wakes first wakes the others
  };

  // What stands in the word of a group: it is done; one of its callers should see to it.
  static std::uint32_t done(std::uint32_t number) { return 2 * number; }
  static std::uint32_t asked(std::uint32_t number) { return 2 * number - 1; }
  Done& done_of(std::uint32_t number) { return done_[number % kWords]; }

  bool is_full() const { return open_weight_ >= kGroupWeight; }
  void join(Request& request);
  void wait_to_join(Lock& lock);
  void admit_postponed();
  void work(Lock& lock, std::size_t rounds = kRounds);
  void draft_arrived(Lock& lock);
  Done& write_drafted(Lock& lock, Done* before);
  void answer_posted();
  void ask_somebody();
  void ask_the_writer();
  void watch_for(std::uint32_t number);
  void wait_for(std::uint32_t number);
  void see_to_it(std::size_t rounds = kRounds);
  void run_writer(const std::stop_token& stop);

  Stages stages_;
  Requests drafting_;  // of the one who drafts; kept to spare allocations
  Requests writing_;   // of the one who writes; the same
  std::array<Done, kWords> done_{};
  std::atomic<bool> watched_ = false;  // somebody watches

  std::mutex mutex_;               // over what follows
  bool drafts_ = false;            // somebody drafts
  bool writes_ = false;            // somebody writes
  List arrived_;                   // not drafted yet
  List drafted_;                   // the group that is open
  List postponed_;                 // posted while they could not join it
  std::size_t open_weight_ = 0;    // of both
  std::uint32_t open_number_ = 1;  // of the group that they are or will be

  std::condition_variable changed_;  // of what follows, or nobody drafts or writes any more
  bool barred_ = false;              // somebody entered, or is about to
  std::size_t held_ = 0;             // callers that wait until it is left
  std::size_t admitted_ = 0;         // of those, the ones that come before anybody else may enter

  WakeWord asked_writer_;  // how often the writer was asked
  std::jthread writer_;    // since the first request was posted
};

}  // namespace trede
