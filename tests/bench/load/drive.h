// Many connections at once, each with requests of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/bench/figures/row.h"
#include "tests/bench/load/server_process.h"

namespace trede::bench {

// The requests of one connection, in order.
using Requests = std::vector<std::string>;

struct Driven {
  double seconds = 0;
  double client_cpu = 0;  // of this process, in seconds
  double server_cpu = 0;
  std::vector<double> latencies;  // in ms, of every request

  double per_second() const { return static_cast<double>(latencies.size()) / seconds; }
};

// Sends each connection's requests one after another, all connections together, from one thread.
// Every answer must have this status. Throws what went wrong first.
Driven drive(const ServerProcess& server, const std::vector<Requests>& connections,
             unsigned status);

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
