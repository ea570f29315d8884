#include "tools/trede/rows/group_pipe.h"

#include <utility>

namespace trede::tool {

GroupPipe::GroupPipe(Receiver receiver)
    : receiver_(std::move(receiver)), thread_([this] { run(); }) {}

GroupPipe::~GroupPipe() {
  {
    const std::lock_guard lock(mutex_);
    stops_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

Status GroupPipe::push(ImportGroup group) {
  filling_.push_back(std::move(group));
  return filling_.size() < kBatch ? Status() : hand_over();
}

// At most one batch lies ready: what is read ahead stays small.
Status GroupPipe::hand_over() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ready_.empty(); });
  std::swap(filling_, ready_);
  filling_.clear();
  changed_.notify_all();
  return status_;
}

Status GroupPipe::drain() {
  if (!filling_.empty()) TREDE_RETURN_IF_ERROR(hand_over());
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ready_.empty() && !is_taking_; });
  return status_;
}

void GroupPipe::run() {
  std::vector<ImportGroup> taking;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stops_ || !ready_.empty(); });
    if (stops_) return;
    std::swap(taking, ready_);
    is_taking_ = true;
    Status status = status_;
    lock.unlock();
    changed_.notify_all();
    receiver_.expect(taking);
    for (ImportGroup& group : taking) {
      if (status) status = receiver_.take(group);
    }
    taking.clear();
    lock.lock();
    is_taking_ = false;
    status_ = std::move(status);
    changed_.notify_all();
  }
}

}  // namespace trede::tool
