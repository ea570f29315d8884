#include "tools/server/operation/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace trede::server {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// Seconds: from a figure out of memory to an export.
const prometheus::Histogram::BucketBoundaries kSeconds = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
    0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};

ClientMetric::Histogram histogram_of(const DistributionCounts& counts) {
  ClientMetric::Histogram out;
  out.sample_sum = counts.sum;
  for (std::size_t i = 0; i < counts.counts.size(); ++i) {
    out.sample_count += counts.counts[i];
    const bool is_last = i == counts.bounds.size();
    out.bucket.push_back(
        {out.sample_count, is_last ? std::numeric_limits<double>::infinity() : counts.bounds[i]});
  }
  return out;
}

// What was looked up, as families of one number each.
class Families {
 public:
  void gauge(const char* name, const char* help, std::uint64_t value) {
    ClientMetric metric;
    metric.gauge.value = static_cast<double>(value);
    add(name, help, MetricType::Gauge, std::move(metric));
  }
  // Since the start.
  void counter(const char* name, const char* help, std::uint64_t value) {
    ClientMetric metric;
    metric.counter.value = static_cast<double>(value);
    add(name, help, MetricType::Counter, std::move(metric));
  }
  void histogram(const char* name, const char* help, const DistributionCounts& counts) {
    ClientMetric metric;
    metric.histogram = histogram_of(counts);
    add(name, help, MetricType::Histogram, std::move(metric));
  }
  void add(const char* name, const char* help, MetricType type, ClientMetric metric) {
    all_.push_back({name, help, type, {std::move(metric)}});
  }
  void add(MetricFamily family) {
    if (!family.metric.empty()) all_.push_back(std::move(family));
  }
  std::vector<MetricFamily> take() { return std::move(all_); }

 private:
  std::vector<MetricFamily> all_;
};

void add_database(Families& into, const DatabaseFigures& of) {
  into.gauge("trede_log_keys", "Rows in the database of the log, about.", of.keys);
  into.gauge("trede_log_memtable_bytes", "Of the log in memory, to be written to table files.",
             of.memtable_bytes);
  into.gauge("trede_log_table_bytes", "Table files of the log that are in use.", of.table_bytes);
  into.gauge("trede_log_write_ahead_bytes",
             "Write-ahead logs of the log on disk, with the room ahead.", of.write_ahead_bytes);
  into.gauge("trede_log_compaction_pending_bytes",
             "Table files of the log to be written anew before all is in order, about.",
             of.compaction_pending_bytes);
  into.gauge("trede_log_writes_slowed", "1 while the log slows writes, for its table files.",
             of.is_slowed ? 1 : 0);
  into.gauge("trede_log_writes_stopped", "1 while the log keeps writes waiting.",
             of.is_stopped ? 1 : 0);
  into.counter("trede_log_background_errors_total",
               "Errors of RocksDB beside what it was asked for.", of.background_errors);
}

void add_log(Families& into, const Standing& now) {
  const LogFigures& figures = now.figures;
  into.gauge("trede_log_position", "The last event of the log.", now.log.value);
  into.histogram("trede_log_append_seconds",
                 "From the call of an append until it is on disk, of those acknowledged.",
                 figures.append_seconds);
  into.histogram("trede_log_group_events", "Events that were written together.",
                 figures.group_events);
  into.histogram("trede_log_sync_seconds", "A sync of the write-ahead log.", figures.sync_seconds);
  add_database(into, figures.database);
  into.gauge("trede_log_appends_refused", "1 when the log takes no appends until it is reopened.",
             figures.refuses.empty() ? 0 : 1);
  into.gauge("trede_trail_failing", "1 while the audit trail cannot be written.",
             now.is_noting ? 0 : 1);
  into.gauge("trede_block_cache_bytes", "Blocks of table files of the log that are in memory.",
             figures.block_cache_bytes);
  into.gauge("trede_scrub_findings", "Damage that was found while reading the log again.",
             now.scrub_findings);
}

void add_projections(Families& into, const Standing& now) {
  into.gauge("trede_projection_position", "The last event projected.", now.projections.value);
  into.gauge("trede_projection_lag_events", "Events not projected yet.",
             now.log.value - std::min(now.projections.value, now.log.value));
  into.gauge("trede_projection_running", "0 when it stopped with an error.",
             now.is_projecting ? 1 : 0);
}

void add_http(Families& into, const Standing& now) {
  const Counters& http = now.http;
  into.gauge("trede_sessions", "Sessions that are open.", now.sessions);
  into.gauge("trede_connections_open", "Connections that are open.", http.connections_open);
  into.counter("trede_connections_accepted_total", "Connections accepted.",
               http.connections_accepted);
  into.counter("trede_connections_refused_total",
               "Connections refused because there were too many.", http.connections_refused);
  into.counter("trede_connections_failed_total", "Connections ended by a fault of the server.",
               http.connections_failed);
  into.gauge("trede_requests_running", "Requests being answered.", http.requests_running);
  into.counter("trede_requests_malformed_total", "Requests that were no good HTTP.", http.refusals);
  into.counter("trede_received_bytes_total", "Bytes received.", http.bytes_received);
  into.counter("trede_sent_bytes_total", "Bytes sent.", http.bytes_sent);
}

}  // namespace

struct Metrics::Impl {
  Impl(std::function<Standing()> the_look, const std::vector<std::string>& measures)
      : look(std::move(the_look)) {
    for (const std::string& measure : measures) queries.try_emplace(measure, kQuery);
  }

  // Those measures that were asked for.
  MetricFamily query_family() const {
    MetricFamily family{"trede_query_seconds",
                        "Working out a figure, without what kept it waiting, by measure.",
                        MetricType::Histogram,
                        {}};
    for (const auto& [measure, distribution] : queries) {
      ClientMetric metric;
      metric.label = {{"maat", measure}};
      metric.histogram = histogram_of(distribution.read());
      if (metric.histogram.sample_count > 0) family.metric.push_back(std::move(metric));
    }
    std::ranges::sort(family.metric, {}, [](const ClientMetric& one) { return one.label; });
    return family;
  }

  static constexpr std::initializer_list<double> kQuery = {
      0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
      0.025,   0.05,     0.1,     0.25,   0.5,     1,      2.5,   5,      10};

  std::function<Standing()> look;
  std::unordered_map<std::string, Distribution> queries;  // never changed: counted without a lock
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
};

Metrics::Metrics(std::function<Standing()> look, const std::vector<std::string>& measures)
    : impl_(std::make_unique<Impl>(std::move(look), measures)) {}

Metrics::~Metrics() = default;

void Metrics::count(std::string_view operation, unsigned status, std::chrono::microseconds took) {
  constexpr double kMicro = 1e-6;
  impl_->seconds
      .Add({{"operation", std::string(operation)}, {"status", std::to_string(status)}}, kSeconds)
      .Observe(static_cast<double>(took.count()) * kMicro);
}

void Metrics::count_query(const std::string& measure, std::chrono::nanoseconds took) {
  const auto found = impl_->queries.find(measure);
  if (found == impl_->queries.end()) return;
  found->second.add(std::chrono::duration<double>(took).count());
}

void Metrics::count_refusal(std::string_view rule) {
  impl_->rules.Add({{"rule", std::string(rule)}}).Increment();
}

std::string Metrics::text() const {
  const Standing now = impl_->look();
  Families families;
  for (MetricFamily& family : impl_->registry.Collect()) families.add(std::move(family));
  families.add(impl_->query_family());
  add_log(families, now);
  add_projections(families, now);
  add_http(families, now);
  return prometheus::TextSerializer().Serialize(families.take());
}

}  // namespace trede::server
