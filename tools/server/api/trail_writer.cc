#include "tools/server/api/trail_writer.h"

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <future>
#include <iterator>
#include <utility>

namespace trede::server {

namespace asio = boost::asio;

namespace {

// While nobody waits for it, that long for more to come: each sync is of all that came.
constexpr std::chrono::milliseconds kGathering{100};
// More than this behind, those who come wait.
constexpr std::size_t kMostBehind = 10'000;

}  // namespace

TrailWriter::TrailWriter(std::unique_ptr<Trail> trail)
    : trail_(std::move(trail)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

TrailWriter::~TrailWriter() {
  thread_.request_stop();
  filled_.notify_all();
}

bool TrailWriter::is_well() const {
  const std::lock_guard lock(mutex_);
  return is_well_;
}

void TrailWriter::enter(Waiting waiting, bool is_awaited) {
  const std::lock_guard lock(mutex_);
  const bool may_sleep = waiting_.empty() || (is_awaited && !is_awaited_);
  waiting_.push_back(std::move(waiting));
  is_awaited_ = is_awaited_ || is_awaited;
  if (may_sleep) filled_.notify_one();
}

// Empty when it is to stop and nobody waits any more.
std::vector<TrailWriter::Waiting> TrailWriter::take(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, stop, [this] { return !waiting_.empty(); });
  filled_.wait_for(lock, stop, kGathering, [this] { return is_awaited_; });
  is_awaited_ = false;
  return std::exchange(waiting_, {});
}

void TrailWriter::run(const std::stop_token& stop) {
  for (;;) {
    std::vector<Waiting> taken = take(stop);
    if (taken.empty()) return;
    std::vector<TrailEntry> entries;
    for (Waiting& one : taken) std::ranges::move(one.entries, std::back_inserter(entries));
    const Status added = entries.empty() ? Status() : trail_->append(entries);
    if (!entries.empty()) {
      const std::lock_guard lock(mutex_);
      is_well_ = added.has_value();
    }
    for (Waiting& one : taken) one.told(added);
  }
}

asio::awaitable<Status> TrailWriter::append(std::vector<TrailEntry> entries) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Status)>(
      [this, entries = std::move(entries)](auto handler) mutable {
        const auto executor = asio::get_associated_executor(handler);
        auto told = [executor, handler = std::move(handler)](Status added) mutable {
          asio::post(executor, [handler = std::move(handler), added = std::move(added)]() mutable {
            std::move(handler)(std::move(added));
          });
        };
        enter({std::move(entries), std::move(told)}, true);
      },
      asio::use_awaitable);
}

void TrailWriter::settle() {
  std::promise<void> settled;
  const std::future<void> done = settled.get_future();
  enter({{}, [settled = std::move(settled)](const Status&) mutable { settled.set_value(); }}, true);
  done.wait();
}

bool TrailWriter::append_behind(std::vector<TrailEntry>& entries, Told told) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_well_ || waiting_.size() >= kMostBehind) return false;
  }
  enter({std::move(entries), std::move(told)}, false);
  return true;
}

}  // namespace trede::server
