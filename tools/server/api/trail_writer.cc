#include "tools/server/api/trail_writer.h"

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <iterator>
#include <utility>

namespace trede::server {

namespace asio = boost::asio;

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

void TrailWriter::enter(Waiting waiting) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(waiting));
  filled_.notify_one();
}

// Ends when it is to stop and nobody waits any more.
void TrailWriter::run(const std::stop_token& stop) {
  for (;;) {
    std::vector<Waiting> taken;
    {
      std::unique_lock lock(mutex_);
      filled_.wait(lock, stop, [this] { return !waiting_.empty(); });
      if (waiting_.empty()) return;
      taken.swap(waiting_);
    }
    std::vector<TrailEntry> entries;
    for (Waiting& one : taken) std::ranges::move(one.entries, std::back_inserter(entries));
    const Status added = trail_->append(entries);
    {
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
        enter({std::move(entries), std::move(told)});
      },
      asio::use_awaitable);
}

}  // namespace trede::server
