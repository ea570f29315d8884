#include "engine/log/sequencer.h"

namespace trede {

// Lives on the stack of its leader.
struct Sequencer::Group {
  std::uint32_t number = 0;
  Request* first = nullptr;  // null: asks for the turn itself, not for work
  Request* last = nullptr;
  std::size_t weight = 0;
  Group* next = nullptr;  // of those that wait
  bool waits = false;
  WakeWord turn;  // 1: it is this group's

  void add(Request& request) {
    (last == nullptr ? first : last->next) = &request;
    last = &request;
    weight += request.weight;
  }
};

// Joins the last group that waits, when it has room. Requires: the lock is held.
bool Sequencer::join(Request& request, std::uint32_t& number) {
  if (last_ == nullptr || last_->first == nullptr) return false;
  if (last_->weight + request.weight > kGroupWeight) return false;
  last_->add(request);
  number = last_->number;
  return true;
}

// Requires: the lock is held.
void Sequencer::take_or_queue(Group& group) {
  group.number = ++last_number_;
  group.waits = taken_;
  taken_ = true;
  if (!group.waits) return;
  (last_ == nullptr ? first_ : last_->next) = &group;
  last_ = &group;
}

void Sequencer::submit(Request& request) {
  Group own;
  own.add(request);
  std::uint32_t number = 0;
  bool joined = false;
  {
    const std::lock_guard lock(mutex_);
    joined = join(request, number);
    if (!joined) take_or_queue(own);
  }
  if (joined) {
    word_of(number).wait_until(number);
  } else {
    lead(own);
  }
}

// Waits for the turn of `group`; from then on nobody joins it.
void Sequencer::begin(Group& group) {
  if (!group.waits) return;
  group.turn.wait_until(1);
  const std::lock_guard lock(mutex_);
  first_ = group.next;
  if (first_ == nullptr) last_ = nullptr;
}

void Sequencer::lead(Group& group) {
  begin(group);
  group_.clear();
  for (Request* request = group.first; request != nullptr; request = request->next) {
    group_.push_back(request);
  }
  const bool has_followers = group_.size() > 1;
  work_(group_);
  WakeWord& done = word_of(group.number);
  done.set(group.number);  // before the next group can set it
  leave();
  if (has_followers) done.wake_all();
}

void Sequencer::enter() {
  Group own;
  {
    const std::lock_guard lock(mutex_);
    take_or_queue(own);
  }
  begin(own);
}

void Sequencer::leave() {
  WakeWord* next = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (first_ == nullptr) {
      taken_ = false;
      return;
    }
    next = &first_->turn;
  }
  next->set(1);
  next->wake_all();
}

}  // namespace trede
