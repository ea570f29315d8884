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

// Hands `handler` what became of it in the thread where it waits.
template <typename Outcome, typename Handler>
auto told_where_it_waits(Handler& handler) {
  const auto executor = asio::get_associated_executor(handler);
  return [executor, handler = std::move(handler)](Outcome outcome) mutable {
    asio::post(executor, [handler = std::move(handler), outcome = std::move(outcome)]() mutable {
      std::move(handler)(std::move(outcome));
    });
  };
}

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

void TrailWriter::mark(bool is_well) {
  const std::lock_guard lock(mutex_);
  is_well_ = is_well;
}

// What was done goes in together; each attempt has a sync of its own.
void TrailWriter::add(std::vector<Waiting>& taken) {
  std::vector<TrailEntry> entries;
  for (Waiting& one : taken) {
    if (one.told) std::ranges::move(one.entries, std::back_inserter(entries));
  }
  const Status added = entries.empty() ? Status() : trail_->append(entries);
  if (!entries.empty()) mark(added.has_value());
  for (Waiting& one : taken) {
    if (one.told) one.told(added);
  }
  for (Waiting& one : taken) {
    if (!one.began) continue;
    auto begun = trail_->begin(one.entries);
    mark(begun.has_value());
    one.began(std::move(begun));
  }
}

void TrailWriter::run(const std::stop_token& stop) {
  for (;;) {
    std::vector<Waiting> taken = take(stop);
    if (taken.empty()) return;
    add(taken);
  }
}

asio::awaitable<Status> TrailWriter::append(std::vector<TrailEntry> entries) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Status)>(
      [this, entries = std::move(entries)](auto handler) mutable {
        enter({.entries = std::move(entries), .told = told_where_it_waits<Status>(handler)}, true);
      },
      asio::use_awaitable);
}

asio::awaitable<Result<std::uint64_t>> TrailWriter::begin(std::vector<TrailEntry> entries) {
  using Begun = Result<std::uint64_t>;
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Begun)>(
      [this, entries = std::move(entries)](auto handler) mutable {
        enter({.entries = std::move(entries), .began = told_where_it_waits<Begun>(handler)}, true);
      },
      asio::use_awaitable);
}

void TrailWriter::settle() {
  std::promise<void> settled;
  const std::future<void> done = settled.get_future();
  enter({.entries = {},
         .told = [settled = std::move(settled)](const Status&) mutable { settled.set_value(); }},
        true);
  done.wait();
}

bool TrailWriter::append_behind(std::vector<TrailEntry>& entries, Told told) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_well_ || waiting_.size() >= kMostBehind) return false;
  }
  enter({.entries = std::move(entries), .told = std::move(told)}, false);
  return true;
}

}  // namespace trede::server
