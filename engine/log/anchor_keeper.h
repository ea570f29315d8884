// Keeps the anchor close behind the log without slowing an append down: a thread of its own writes
// it at most 100 ms after an event was acknowledged, and at once when the log falls idle.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/log/anchor.h"

namespace trede {

class AnchorKeeper {
 public:
  struct Hooks {
    std::function<MerkleFrontier()> acknowledged;  // the tree over what is on disk
    std::function<void(const Error&)> on_failure;  // the anchor cannot be written any more
  };
  // `state` is what `writer` wrote last.
  AnchorKeeper(AnchorWriter writer, AnchorState state, Hooks hooks);
  ~AnchorKeeper();

  // Tells that something was acknowledged. Costs nearly nothing. Threads: any.
  void touch();

  // Writes the anchor with the changes of the key directory. Durable on return. Threads: any.
  Status write_keys(std::uint64_t key_changes);

  // Stops the thread and writes what it had not. Nothing is written afterwards. Errors: kIo.
  Status close();

 private:
  void run(const std::stop_token& stop);
  void wait_until_due(const std::stop_token& stop);
  Status write_locked();
  Status write_state_locked();

  Hooks hooks_;
  std::atomic<bool> touched_ = false;
  std::mutex wake_mutex_;
  std::condition_variable_any wake_;

  std::mutex mutex_;  // over what follows
  AnchorWriter writer_;
  AnchorState state_;
  std::optional<Error> failed_;
  bool closed_ = false;

  std::jthread thread_;
};

}  // namespace trede
