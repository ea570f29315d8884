// What the server tells about itself to Prometheus: counted here, written in its text format.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/log/figures.h"
#include "tools/server/http/counters.h"

namespace trede::server {

// What is looked up at the moment that somebody asks.
struct Standing {
  Position log;
  Position projections;
  bool is_noting = true;      // false: the audit trail cannot be written
  bool is_projecting = true;  // false: a projection stopped with an error
  std::uint64_t scrub_findings = 0;
  std::size_t sessions = 0;
  Counters http = {};
  LogFigures figures = {};
};

// Labels hold the names of endpoints and measures and codes of problems, never an id, a name or an
// address. Threads: any.
class Metrics {
 public:
  // `measures`: those that may be asked for.
  Metrics(std::function<Standing()> look, const std::vector<std::string>& measures);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // One answer: of which operation (a name of the API's document), and how long it took to begin.
  void count(std::string_view operation, unsigned status, std::chrono::microseconds took);
  // A figure that was worked out. Another measure than those that may be asked for counts nowhere.
  void count_query(const std::string& measure, std::chrono::nanoseconds took);
  // The rule by which an event was refused.
  void count_refusal(std::string_view rule);

  // The text format, version 0.0.4.
  std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede::server
