// http_mixed: figures over HTTP while others record.
#include <algorithm>

#include "tests/bench/load/desk.h"
#include "tests/bench/load/drive.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

constexpr std::size_t kWriters = 64;
constexpr std::size_t kReaders = 16;
constexpr double kAppendsPerSecond = 5'000;
constexpr double kReadsPerSecond = 1'000;
constexpr std::size_t kMostAppends = 50'000;
constexpr std::size_t kEventsPerDossier = 16;

Stream appends(const Desk& desk, std::size_t count) {
  Stream out{.connections = std::vector<Requests>(kWriters),
             .status = 201,
             .per_second = kAppendsPerSecond};
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = i % desk.dossiers();
    out.connections[number % kWriters].push_back(desk.contact(number, i / desk.dossiers()));
  }
  return out;
}

Stream reads(const Desk& desk, std::size_t count, std::uint64_t seed) {
  Stream out{.connections = std::vector<Requests>(kReaders), .per_second = kReadsPerSecond};
  const auto targets = figure_targets(count, seed);
  for (std::size_t i = 0; i < count; ++i) {
    out.connections[i % kReaders].push_back(desk.get(targets[i]));
  }
  return out;
}

}  // namespace

Row http_mixed(Bench& bench) {
  Row row{.name = "http_mixed",
          .what =
              "figures over HTTP, 1000/s, from when each was due, while 5000 events/s are "
              "appended over HTTP",
          .unit = "ms",
          .better = Better::kLess};
  PreparedLog& log = bench.log();
  log.close();
  const Settings& settings = bench.settings();
  const std::size_t count = std::min(settings.appends, kMostAppends);
  const std::size_t dossiers = std::max(kWriters, count / kEventsPerDossier);
  const auto read_count =
      static_cast<std::size_t>(static_cast<double>(count) * kReadsPerSecond / kAppendsPerSecond);
  Extra reached{"appends that were reached", "events/s", {}};
  Extra read{"figures that were reached", "requests/s", {}};
  Extra p50{"appends, from when each was due, p50", "ms", {}};
  Extra p99{"appends, from when each was due, p99", "ms", {}};
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, [&](int round) {
         const Desk desk(settings.trede, log.data(), bench.scratch("desk"), dossiers);
         ServerProcess server(settings.trede, desk.data(), desk.place());
         const auto seed = settings.seed + static_cast<std::uint64_t>(round);
         // Every table comes in before anything is timed.
         const Stream before = reads(desk, read_count, seed);
         drive(server, before.connections, before.status);
         const std::vector<Stream> streams = {appends(desk, count), before};
         const auto driven = drive_together(server, streams);
         reached.values.push_back(driven[0].per_second());
         read.values.push_back(driven[1].per_second());
         const Sample appended = sample_of(driven[0].latencies);
         p50.values.push_back(appended.value);
         p99.values.push_back(appended.p99);
         server.stop();
         return sample_of(driven[1].latencies);
       }}};
  bench.measure(row, contenders);
  for (Extra* extra : {&reached, &read, &p50, &p99}) row.extras.push_back(std::move(*extra));
  return row;
}

}  // namespace trede::bench
