// The audit trail of a server: many entries in one sync, whoever they come from.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/trail/trail.h"

namespace trede::server {

// What waits when the disk is done with the last ones goes in together. Owner: the Api. Threads:
// any.
class TrailWriter {
 public:
  explicit TrailWriter(std::unique_ptr<Trail> trail);
  ~TrailWriter();

  // Adds `entries`, at least one, and waits without keeping a thread. Durable: when it is good.
  // Errors: those of Trail::append, of all that went in together.
  boost::asio::awaitable<Status> append(std::vector<TrailEntry> entries);

  // Whether the last entries went in: whoever changes something asks before he does.
  bool is_well() const;

 private:
  using Told = std::move_only_function<void(Status)>;
  struct Waiting {
    std::vector<TrailEntry> entries;
    Told told;
  };

  void enter(Waiting waiting);
  void run(const std::stop_token& stop);

  std::unique_ptr<Trail> trail_;
  mutable std::mutex mutex_;
  std::condition_variable_any filled_;
  std::vector<Waiting> waiting_;
  bool is_well_ = true;
  std::jthread thread_;  // the last member: it uses all others
};

}  // namespace trede::server
