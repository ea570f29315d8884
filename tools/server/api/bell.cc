#include "tools/server/api/bell.h"

#include <algorithm>
#include <utility>

namespace trede::server {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kMostEvents = 10'000;  // taken from the log at once

}  // namespace

Result<std::unique_ptr<Bell>> Bell::open(EventLog& log) {
  const Position last = log.last_position();
  auto follower = log.follow(last);
  if (!follower) return std::move(follower).error();
  std::unique_ptr<Bell> bell(new Bell(log, *std::move(follower), last));
  bell->thread_ =
      std::jthread([self = bell.get()](const std::stop_token& stop) { self->run(stop); });
  return bell;
}

// Should the log fail, its last position still tells what was appended.
void Bell::run(const std::stop_token& stop) {
  bool follows = true;
  while (!stop.stop_requested()) {
    if (follows) {
      follows = follower_->next(kMostEvents, kPatience, stop).has_value();
    } else {
      std::this_thread::sleep_for(kPatience);
    }
    ring();
  }
}

void Bell::ring() {
  const Position last = log_.last_position();
  const auto now = std::chrono::steady_clock::now();
  std::vector<Waiter> due;
  {
    const std::lock_guard lock(mutex_);
    position_ = std::max(position_, last);
    const auto waits = [&](const Waiter& one) {
      return one.after >= position_ && one.deadline > now && !is_stopped_;
    };
    const auto end = std::stable_partition(waiters_.begin(), waiters_.end(), waits);
    due.insert(due.end(), std::make_move_iterator(end), std::make_move_iterator(waiters_.end()));
    waiters_.erase(end, waiters_.end());
  }
  for (Waiter& one : due) one.told(last);
}

Position Bell::position() const {
  const std::lock_guard lock(mutex_);
  return position_;
}

bool Bell::is_stopped() const {
  const std::lock_guard lock(mutex_);
  return is_stopped_;
}

void Bell::enter(Waiter waiter) {
  Position last;
  {
    const std::lock_guard lock(mutex_);
    last = position_;
    if (!is_stopped_ && waiter.after >= last) {
      waiters_.push_back(std::move(waiter));
      return;
    }
  }
  waiter.told(last);
}

asio::awaitable<Position> Bell::wait(Position after, Deadline deadline) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Position)>(
      [this, after, deadline](auto handler) {
        const auto executor = asio::get_associated_executor(handler);
        auto told = [executor, handler = std::move(handler)](Position last) mutable {
          asio::post(executor,
                     [handler = std::move(handler), last]() mutable { std::move(handler)(last); });
        };
        enter({after, deadline, std::move(told)});
      },
      asio::use_awaitable);
}

void Bell::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  ring();
}

}  // namespace trede::server
