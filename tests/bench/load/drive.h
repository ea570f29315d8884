// Many connections at once, each with requests of its own.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/figures/row.h"
#include "tests/bench/load/client.h"
#include "tests/bench/load/server_process.h"

namespace trede::bench {

using SteadyClock = std::chrono::steady_clock;

// The requests of one connection, in order.
using Requests = std::vector<std::string>;

// Connections that ask at the same time as others.
struct Stream {
  std::vector<Requests> connections;
  unsigned status = 200;  // which every answer must have
  // Of all connections together; 0 = each sends as soon as it was answered. With a pace latencies
  // count from the moment at which a request was to be sent, so that waiting behind a slow answer
  // counts too.
  double per_second = 0;
  // Looks at an answer; when its request was sent, or was to be.
  std::function<void(const Client&, SteadyClock::time_point sent)> answered = {};
};

struct Driven {
  double seconds = 0;
  double client_cpu = 0;  // of this process, in seconds
  double server_cpu = 0;
  std::vector<double> latencies = {};  // in ms, of every request

  double per_second() const { return static_cast<double>(latencies.size()) / seconds; }
};

// Sends each connection's requests one after another, all connections together, from one thread.
// Throws what went wrong first.
Driven drive(const ServerProcess& server, const std::vector<Requests>& connections,
             unsigned status);
// The same of several streams at once, one `Driven` each; processor times are of all of them.
std::vector<Driven> drive_together(const ServerProcess& server, const std::vector<Stream>& streams);

// Sends a stream over one connection; adds to `latencies` and says in `end` when it was done.
// Requires: all of it stays until then.
boost::asio::awaitable<void> send_all(Client& client, const Stream& stream,
                                      const Requests& requests, Driven& driven,
                                      SteadyClock::time_point begin);

double ms_between(SteadyClock::time_point begin, SteadyClock::time_point end);

// What a coroutine threw, thrown on: for co_spawn.
inline constexpr auto kThrowOn = [](std::exception_ptr trouble) {
  if (trouble) std::rethrow_exception(trouble);
};

// What a round took beside its figure: who took the processors, and latencies.
class Costs {
 public:
  Costs();
  void add(const Driven& driven);
  // Adds them to the row; `name`: before each, when it is not about the row itself.
  void put(Row& row, const std::string& name = "") const;

 private:
  Extra p50_;
  Extra p99_;
  Extra server_us_;
  Extra client_share_;
};

}  // namespace trede::bench
