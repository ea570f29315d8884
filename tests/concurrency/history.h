// What callers of a log at one time asked and were answered, and whether one order of the calls can
// explain it all: each at one moment between its call and its answer (linearizability). Positions
// say which order the log chose, so none has to be searched for.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/time.h"

namespace trede::test {

struct Call {
  enum class Kind { kAppend, kLastPosition, kVersion };
  enum class Answer {
    kDone,      // an append that was written now
    kThere,     // that was there already
    kConflict,  // a stream was not at the version expected
    kRefused,   // for another reason; nothing was written
  };
  struct Part {
    StreamId stream;
    std::optional<std::uint64_t> expected;  // absent: at whatever version
    std::uint64_t count = 1;
  };

  Kind kind = Kind::kAppend;
  // Of one counter: a call that ended before another began has `answered` below its `asked`.
  std::uint64_t asked = 0;
  std::uint64_t answered = 0;

  std::vector<Part> parts;     // of an append; of kVersion one
  std::uint64_t first_id = 0;  // of an append; tells one that is delivered again
  Answer answer = Answer::kDone;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::optional<Moment> vastgelegd_op;
  std::uint64_t value = 0;  // of a read
};

// Threads: any.
class History {
 public:
  std::uint64_t tick() { return ++ticks_; }
  void add(Call call) {
    const std::lock_guard lock(mutex_);
    calls_.push_back(std::move(call));
  }
  // Requires: nobody adds any more.
  const std::vector<Call>& calls() const { return calls_; }

 private:
  std::atomic<std::uint64_t> ticks_ = 0;
  std::mutex mutex_;
  std::vector<Call> calls_;
};

// What no order of `calls` explains, on a log that was empty before, a line each.
std::vector<std::string> contradictions(const std::vector<Call>& calls);

}  // namespace trede::test
