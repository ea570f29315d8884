// Gives callers their turn, in order of arrival. Whoever finds nobody at work leads at once, in its
// own thread; those who come meanwhile wait, and the next of them leads for all that wait by then.
// So a lone caller never hands over to another thread, and many callers share one write.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace trede {

class Sequencer {
 public:
  // What a caller brings. It lives on the caller's stack until it is answered.
  struct Request {
    std::size_t weight = 1;  // of its work, in events
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
  struct Waiter;
  static constexpr std::size_t kGroupWeight = 4096;

  bool take_or_queue(Waiter& waiter);
  void take_group(std::vector<Request*>& group, std::vector<Waiter*>& followers);

  Work work_;
  std::mutex mutex_;
  bool taken_ = false;  // somebody has the turn
  // Those who wait, in order of arrival; the turn goes to the first.
  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
  std::vector<Request*> group_;     // of the one who has the turn
  std::vector<Waiter*> followers_;  // the same
};

}  // namespace trede
