// What a server did and does, in numbers.
#pragma once

#include <cstdint>

namespace trede::server {

// What was and is, at about one moment.
struct Counters {
  std::uint64_t connections_open = 0;      // now
  std::uint64_t connections_accepted = 0;  // since the start, those that were refused apart
  std::uint64_t connections_refused = 0;   // because there were too many
  std::uint64_t connections_failed = 0;    // ended by an exception: a fault of ours
  std::uint64_t requests_running = 0;      // now with the application
  std::uint64_t requests = 0;              // given to the application since the start
  std::uint64_t refusals = 0;              // requests that the transport refused itself
  std::uint64_t bytes_received = 0;        // of requests and answers; over TLS without its own
  std::uint64_t bytes_sent = 0;
};

}  // namespace trede::server
