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

inline constexpr std::string_view kOrigin = "http";  // of all that is noted here

// What waits when the disk is done with the last ones goes in together. Owner: the Api. Threads:
// any.
class TrailWriter {
 public:
  explicit TrailWriter(std::unique_ptr<Trail> trail);
  ~TrailWriter();

  // Adds `entries`, at least one, and waits without keeping a thread. Durable: when it is good.
  // Errors: those of Trail::append, of all that went in together.
  boost::asio::awaitable<Status> append(std::vector<TrailEntry> entries);

  // The same of what is about to be done: kBegonnen. Returns: the attempt, for the entries that
  // will end it. Errors: those of Trail::begin.
  boost::asio::awaitable<Result<std::uint64_t>> begin(std::vector<TrailEntry> entries);

  // Adds `entries` soon, for who need not wait: what they say stands elsewhere too. `told` hears
  // how that went, in the thread of the writer. Returns: false, and nothing is done, when too many
  // wait or the last ones did not go in.
  using Told = std::move_only_function<void(Status)>;
  bool append_behind(std::vector<TrailEntry>& entries, Told told);

  // Waits until all that was added before went in, or did not.
  void settle();

  // Whether the last entries went in: whoever changes something asks before he does.
  bool is_well() const;

 private:
  using Began = std::move_only_function<void(Result<std::uint64_t>)>;
  struct Waiting {
    std::vector<TrailEntry> entries;
    Told told = {};
    Began began = {};  // instead of `told`, of what is about to be done
  };

  void enter(Waiting waiting, bool is_awaited);
  std::vector<Waiting> take(const std::stop_token& stop);
  void add(std::vector<Waiting>& taken);
  void mark(bool is_well);
  void run(const std::stop_token& stop);

  std::unique_ptr<Trail> trail_;
  mutable std::mutex mutex_;
  std::condition_variable_any filled_;
  std::vector<Waiting> waiting_;
  bool is_awaited_ = false;  // somebody waits for one of them
  bool is_well_ = true;
  std::jthread thread_;  // the last member: it uses all others
};

}  // namespace trede::server
