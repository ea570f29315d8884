// What is known now, asked by nearly every call: worked out once for each position of the log.
#pragma once

#include <mutex>

#include "engine/log/event_log.h"
#include "tools/trede/question.h"

namespace trede::server {

// Owner: the Api. Threads: any.
class KnownNow {
 public:
  KnownNow(const EventLog& log, const Clock& clock) : log_(log), clock_(clock) {}

  // All that is in the log. Errors: kCorrupt, kIo.
  tool::Outcome<tool::Known> find();

 private:
  const EventLog& log_;
  const Clock& clock_;
  std::mutex mutex_;
  tool::Known latest_{};  // of the empty log, which needs no reading
};

}  // namespace trede::server
