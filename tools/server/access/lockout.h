// Who guesses wrong too often waits, and each time longer.
#pragma once

#include <chrono>
#include <string>

#include "engine/base/time.h"
#include "tools/server/access/bounded_map.h"

namespace trede::server {

struct LockoutRule {
  unsigned free_failures = 5;           // before the first wait
  std::chrono::seconds first{30};       // then twice as long after each further failure
  std::chrono::seconds most{15 * 60};   // nobody is locked out for good by somebody else
  std::chrono::seconds forget{86'400};  // without a failure for so long: as if there was none
};

// Failures per key, in memory: a restart forgets them. Threads: one at a time.
class Lockout {
 public:
  Lockout(const LockoutRule& rule, std::size_t most_keys) : rule_(rule), failures_(most_keys) {}

  // How long `key` has to wait yet; zero: not at all.
  std::chrono::seconds wait(const std::string& key, Moment now);
  // Notes a failure. Returns: the wait that begins now; zero: none.
  std::chrono::seconds fail(const std::string& key, Moment now);
  void forget(const std::string& key) { failures_.erase(key); }

 private:
  struct Failures {
    unsigned count = 0;
    Moment last{};
    Moment until{};
  };

  LockoutRule rule_;
  BoundedMap<Failures> failures_;
};

}  // namespace trede::server
