// Hands groups on to a thread of its own, which records them in order while the next rows are read.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "tools/trede/rows/group_recorder.h"

namespace trede::tool {

// Threads: one, that of its owner. What the receiver uses may be used by the owner after `drain`
// and before the next `push`.
class GroupPipe {
 public:
  struct Receiver {
    // Called with the groups that are taken next, all of them.
    std::function<void(std::span<const ImportGroup>)> expect;
    // Called for each group, in order, until it fails.
    std::function<Status(ImportGroup&)> take;
  };

  explicit GroupPipe(Receiver receiver);
  // Groups that were not drained may be lost.
  ~GroupPipe();
  GroupPipe(const GroupPipe&) = delete;
  GroupPipe& operator=(const GroupPipe&) = delete;

  // Errors (both): what `take` gave; later groups are not taken any more.
  Status push(ImportGroup group);
  // Waits until every group was taken.
  Status drain();

 private:
  // Many at a time, because waking the other thread costs as much as recording some groups.
  static constexpr std::size_t kBatch = 128;

  Status hand_over();
  void run();

  Receiver receiver_;
  std::vector<ImportGroup> filling_;  // of the owner alone

  std::mutex mutex_;  // over what follows
  std::condition_variable changed_;
  std::vector<ImportGroup> ready_;
  bool is_taking_ = false;
  bool stops_ = false;
  Status status_;

  std::thread thread_;
};

}  // namespace trede::tool
