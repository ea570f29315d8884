#include "engine/log/sequencer.h"

#include <chrono>
#include <thread>
#include <utility>

namespace trede {

namespace {

// Some writes long: who watches for longer sleeps like the others.
constexpr auto kWatch = std::chrono::microseconds(400);

}  // namespace

void Sequencer::List::add(Request& request) {
  request.next = nullptr;
  (last == nullptr ? first : last->next) = &request;
  last = &request;
}

void Sequencer::List::add(const List& list) {
  if (list.first == nullptr) return;
  (last == nullptr ? first : last->next) = list.first;
  last = list.last;
}

void Sequencer::List::copy_to(Requests& requests) const {
  requests.clear();
  for (Request* request = first; request != nullptr; request = request->next) {
    requests.push_back(request);
  }
}

void Sequencer::submit(Request& request) {
  std::uint32_t number = 0;
  bool is_crowded = false;
  {
    Lock lock(mutex_);
    wait_to_join(lock);
    number = open_number_;
    open_weight_ += request.weight;
    is_crowded = open_weight_ >= kCrowd;
    arrived_.add(request);
    if (!drafts_) work(lock);
  }
  if (is_crowded) watch_for(number);
  wait_for(number);
}

// Returns when a request can join the group that is open.
void Sequencer::wait_to_join(Lock& lock) {
  for (;;) {
    if (barred_) {
      ++held_;
      changed_.wait(lock, [this] { return !barred_; });
      if (--admitted_ == 0) changed_.notify_all();
    } else if (open_weight_ >= kGroupWeight) {
      const std::uint32_t full = open_number_;
      lock.unlock();
      wait_for(full);
      lock.lock();
    } else {
      return;
    }
  }
}

// Drafts what arrived, and writes what is drafted unless somebody does already, who then goes on
// with it. Requires: nobody drafts; the lock is held. It is not when this returns.
void Sequencer::work(Lock& lock) {
  Done* written = nullptr;  // the group whose callers are still to be woken
  for (int round = 0;; ++round) {
    draft_arrived(lock);
    if (writes_ || drafted_.first == nullptr) break;
    if (round == kRounds) {
      ask_a_caller();
      break;
    }
    written = &write_drafted(lock, written);
    if (drafts_) break;
  }
  if (barred_) changed_.notify_all();
  lock.unlock();
  if (written != nullptr) written->word.wake_all();
}

void Sequencer::draft_arrived(Lock& lock) {
  drafts_ = true;
  while (arrived_.first != nullptr) {
    const List taken = std::exchange(arrived_, {});
    lock.unlock();
    taken.copy_to(drafting_);
    stages_.draft(drafting_);
    lock.lock();
    drafted_.add(taken);
  }
  drafts_ = false;
}

// Writes the group that is open, and has the callers of the one `before` it woken, if any.
// Requires: nobody drafts or writes.
Sequencer::Done& Sequencer::write_drafted(Lock& lock, Done* before) {
  writes_ = true;
  const std::uint32_t number = open_number_++;
  open_weight_ = 0;
  const List group = std::exchange(drafted_, {});
  stages_.close();
  lock.unlock();
  if (before != nullptr) {
    // Waking many takes about as long as a write: the first who wakes does it.
    before->relays = true;
    before->word.wake_one();
  }
  group.copy_to(writing_);
  stages_.write(writing_);
  done_of(number).word.set(done(number));
  lock.lock();
  writes_ = false;
  return done_of(number);
}

// Has a caller of the group that is open see to it. Requires: nobody drafts or writes; the lock is
// held.
void Sequencer::ask_a_caller() {
  WakeWord& word = done_of(open_number_).word;
  word.set(asked(open_number_));
  word.wake_one();
}

// Looks on for a while instead of sleeping, unless somebody does already, and makes way for whoever
// has work. A processor without work halts, and getting a halted one to run again takes long, in a
// virtual machine as long as a write.
void Sequencer::watch_for(std::uint32_t number) {
  if (watched_.exchange(true)) return;
  const auto end = std::chrono::steady_clock::now() + kWatch;
  while (!WakeWord::is_at_or_beyond(done_of(number).word.read(), asked(number)) &&
         std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  watched_ = false;
}

void Sequencer::wait_for(std::uint32_t number) {
  Done& group = done_of(number);
  for (;;) {
    const std::uint32_t seen = group.word.read();
    if (WakeWord::is_at_or_beyond(seen, done(number))) break;
    if (seen == asked(number)) see_to_it();
    group.word.sleep_on(seen);
  }
  if (group.relays && group.relays.exchange(false)) group.word.wake_all();
}

// Goes on with what lies there when nobody does.
void Sequencer::see_to_it() {
  Lock lock(mutex_);
  if (!drafts_ && !writes_ && drafted_.first != nullptr) work(lock);
}

void Sequencer::enter() {
  Lock lock(mutex_);
  changed_.wait(lock, [this] { return !barred_ && admitted_ == 0; });
  barred_ = true;
  changed_.wait(lock, [this] { return !drafts_ && !writes_ && drafted_.first == nullptr; });
}

void Sequencer::leave() {
  const std::lock_guard lock(mutex_);
  barred_ = false;
  admitted_ = std::exchange(held_, 0);
  changed_.notify_all();
}

}  // namespace trede
