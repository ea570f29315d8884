#include "tools/server/operation/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <mutex>

namespace trede::server {

namespace {

// Seconds: from a figure out of memory to an export.
const prometheus::Histogram::BucketBoundaries kSeconds = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
    0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};

}  // namespace

struct Metrics::Impl {
  explicit Impl(std::function<Standing()> the_look) : look(std::move(the_look)) {}

  prometheus::Gauge& gauge(const std::string& name, const std::string& help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
  }
  static void set(prometheus::Gauge& gauge, std::uint64_t value) {
    gauge.Set(static_cast<double>(value));
  }

  void look_up() {
    const Standing now = look();
    set(log, now.log.value);
    set(projected, now.projections.value);
    set(lag, now.log.value - std::min(now.projections.value, now.log.value));
    set(projecting, now.is_projecting ? 1 : 0);
    set(findings, now.scrub_findings);
    set(sessions, now.sessions);
    set(open, now.http.connections_open);
    set(accepted, now.http.connections_accepted);
    set(refused, now.http.connections_refused);
    set(failed, now.http.connections_failed);
    set(running, now.http.requests_running);
    set(refusals, now.http.refusals);
    set(received, now.http.bytes_received);
    set(sent, now.http.bytes_sent);
  }

  std::function<Standing()> look;
  mutable std::mutex mutex;  // one look at a time
  prometheus::Registry registry;
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("trede_request_seconds")
          .Help("From the whole request to the begin of its answer, by operation and status.")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& rules =
      prometheus::BuildCounter()
          .Name("trede_refusals_total")
          .Help("Events that may not be recorded, by the rule that refused them.")
          .Register(registry);
  prometheus::Gauge& log = gauge("trede_log_position", "The last event of the log.");
  prometheus::Gauge& projected = gauge("trede_projection_position", "The last event projected.");
  prometheus::Gauge& lag = gauge("trede_projection_lag_events", "Events not projected yet.");
  prometheus::Gauge& projecting =
      gauge("trede_projection_running", "0 when it stopped with an error.");
  prometheus::Gauge& findings =
      gauge("trede_scrub_findings", "Damage that was found while reading the log again.");
  prometheus::Gauge& sessions = gauge("trede_sessions", "Sessions that are open.");
  prometheus::Gauge& open = gauge("trede_connections_open", "Connections that are open.");
  prometheus::Gauge& accepted =
      gauge("trede_connections_accepted", "Connections accepted since the start.");
  prometheus::Gauge& refused =
      gauge("trede_connections_refused", "Connections refused because there were too many.");
  prometheus::Gauge& failed =
      gauge("trede_connections_failed", "Connections ended by a fault of the server.");
  prometheus::Gauge& running = gauge("trede_requests_running", "Requests being answered.");
  prometheus::Gauge& refusals =
      gauge("trede_requests_malformed", "Requests that were no good HTTP, since the start.");
  prometheus::Gauge& received = gauge("trede_bytes_received", "Bytes received since the start.");
  prometheus::Gauge& sent = gauge("trede_bytes_sent", "Bytes sent since the start.");
};

Metrics::Metrics(std::function<Standing()> look) : impl_(std::make_unique<Impl>(std::move(look))) {}

Metrics::~Metrics() = default;

void Metrics::count(std::string_view operation, unsigned status, std::chrono::microseconds took) {
  constexpr double kMicro = 1e-6;
  impl_->seconds
      .Add({{"operation", std::string(operation)}, {"status", std::to_string(status)}}, kSeconds)
      .Observe(static_cast<double>(took.count()) * kMicro);
}

void Metrics::count_refusal(std::string_view rule) {
  impl_->rules.Add({{"rule", std::string(rule)}}).Increment();
}

std::string Metrics::text() const {
  const std::lock_guard lock(impl_->mutex);
  impl_->look_up();
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace trede::server
