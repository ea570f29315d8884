// Rings when something was appended to the log: for whoever waits for it without keeping a thread.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/log/event_log.h"

namespace trede::server {

// Owner: the Api. Follows the log in a thread of its own; who waits is told within some
// milliseconds, and within kPatience of his deadline. Threads: any.
class Bell {
 public:
  static constexpr std::chrono::milliseconds kPatience{50};
  using Deadline = std::chrono::steady_clock::time_point;

  // Errors: those of EventLog::follow. The log must outlive it.
  static Result<std::unique_ptr<Bell>> open(EventLog& log);
  ~Bell() { stop(); }

  // The last position it knows of. May be behind the log by some milliseconds, never ahead.
  Position position() const;
  bool is_stopped() const;

  // Waits until there is something after `after`, `deadline` has come, or it is stopped; hands over
  // the last position there is.
  boost::asio::awaitable<Position> wait(Position after, Deadline deadline);

  // Lets go whoever waits, now and later.
  void stop();

 private:
  using Told = std::move_only_function<void(Position)>;
  struct Waiter {
    Position after;
    Deadline deadline;
    Told told;
  };

  Bell(EventLog& log, std::unique_ptr<Follower> follower, Position position)
      : log_(log), follower_(std::move(follower)), position_(position) {}
  void run(const std::stop_token& stop);
  void ring();
  void enter(Waiter waiter);

  EventLog& log_;
  std::unique_ptr<Follower> follower_;
  mutable std::mutex mutex_;
  Position position_;
  bool is_stopped_ = false;
  std::vector<Waiter> waiters_;
  std::jthread thread_;  // the last member: it uses all others
};

}  // namespace trede::server
