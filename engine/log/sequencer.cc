#include "engine/log/sequencer.h"

#include <chrono>
#include <limits>
#include <thread>
#include <utility>

namespace trede {

namespace {

// Some writes long: who watches for longer sleeps like the others.
constexpr auto kWatch = std::chrono::microseconds(400);
// Rounds of who has nothing else to do.
constexpr std::size_t kForever = std::numeric_limits<std::size_t>::max();

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

Sequencer::~Sequencer() {
  if (!writer_.joinable()) return;
  writer_.request_stop();
  ask_the_writer();
}

void Sequencer::submit(Request& request) {
  std::uint32_t number = 0;
  bool is_crowded = false;
  {
    Lock lock(mutex_);
    wait_to_join(lock);
    number = open_number_;
    join(request);
    is_crowded = open_weight_ >= kCrowd;
    if (!drafts_) work(lock);
  }
  if (is_crowded) watch_for(number);
  wait_for(number);
}

// Drafts like any caller, and leaves the writing to others.
void Sequencer::post(Request& request) {
  Lock lock(mutex_);
  if (!writer_.joinable()) {
    writer_ = std::jthread([this](const std::stop_token& stop) { run_writer(stop); });
  }
  if (barred_ || is_full()) return postponed_.add(request);
  join(request);
  if (drafts_) return;
  draft_arrived(lock);
  if (!writes_ && drafted_.first != nullptr) ask_the_writer();
}

void Sequencer::join(Request& request) {
  open_weight_ += request.weight;
  arrived_.add(request);
}

// As many as the group that is open can take.
void Sequencer::admit_postponed() {
  while (postponed_.first != nullptr && !barred_ && !is_full()) {
    Request* const request = postponed_.first;
    postponed_.first = request->next;
    if (postponed_.first == nullptr) postponed_.last = nullptr;
    join(*request);
  }
}

// Returns when a request can join the group that is open.
void Sequencer::wait_to_join(Lock& lock) {
  for (;;) {
    if (barred_) {
      ++held_;
      changed_.wait(lock, [this] { return !barred_; });
      if (--admitted_ == 0) changed_.notify_all();
    } else if (is_full()) {
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
void Sequencer::work(Lock& lock, std::size_t rounds) {
  Done* written = nullptr;  // the group whose callers are still to be woken
  for (std::size_t round = 0;; ++round) {
    draft_arrived(lock);
    if (writes_ || drafted_.first == nullptr) break;
    if (round == rounds) {
      ask_somebody();
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
  admit_postponed();
  lock.unlock();
  if (before != nullptr) {
    // Waking many takes about as long as a write: the first who wakes does it.
    before->relays = true;
    before->word.wake_one();
  }
  group.copy_to(writing_);
  stages_.write(writing_);
  answer_posted();
  done_of(number).word.set(done(number));
  lock.lock();
  writes_ = false;
  return done_of(number);
}

// Those of the group that was written. The others live until its word is set.
void Sequencer::answer_posted() {
  for (Request* request : writing_) {
    if (request->on_written != nullptr) request->on_written(*request);
  }
}

// Has the writer, or a caller of the group that is open, see to it. Requires: nobody drafts or
// writes; the lock is held.
void Sequencer::ask_somebody() {
  if (writer_.joinable()) return ask_the_writer();
  WakeWord& word = done_of(open_number_).word;
  word.set(asked(open_number_));
  word.wake_one();
}

void Sequencer::ask_the_writer() {
  asked_writer_.set(asked_writer_.read() + 1);
  asked_writer_.wake_one();
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
void Sequencer::see_to_it(std::size_t rounds) {
  Lock lock(mutex_);
  if (drafts_) return;
  if (arrived_.first != nullptr || (!writes_ && drafted_.first != nullptr)) work(lock, rounds);
}

void Sequencer::run_writer(const std::stop_token& stop) {
  for (;;) {
    const std::uint32_t seen = asked_writer_.read();
    const bool is_last = stop.stop_requested();
    see_to_it(kForever);
    if (is_last) return;
    asked_writer_.sleep_on(seen);
  }
}

void Sequencer::enter() {
  Lock lock(mutex_);
  changed_.wait(lock, [this] { return !barred_ && admitted_ == 0; });
  barred_ = true;
  changed_.wait(lock, [this] {
    return !drafts_ && !writes_ && arrived_.first == nullptr && drafted_.first == nullptr;
  });
}

void Sequencer::leave() {
  const std::lock_guard lock(mutex_);
  barred_ = false;
  admitted_ = std::exchange(held_, 0);
  changed_.notify_all();
  admit_postponed();
  if (arrived_.first != nullptr && !drafts_) ask_the_writer();
}

}  // namespace trede
