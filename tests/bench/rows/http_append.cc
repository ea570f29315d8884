// http_append: durable appends over HTTP, one event a request.
#include "tests/bench/data/history.h"
#include "tests/bench/load/desk.h"
#include "tests/bench/load/drive.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

constexpr std::size_t kConnections = 64;
constexpr std::size_t kEventsPerDossier = 16;
constexpr std::size_t kNewPart = 4;  // a new dossier for so many contactmomenten
constexpr unsigned kCreated = 201;

// Each connection has dossiers of its own and takes them in turn.
std::vector<Requests> contacts(const Desk& desk, std::size_t count) {
  const std::size_t own = desk.dossiers() / kConnections;
  std::vector<Requests> out(kConnections);
  for (std::size_t i = 0; i < count / kConnections; ++i) {
    for (std::size_t at = 0; at < kConnections; ++at) {
      out[at].push_back(desk.contact(at * own + i % own, i / own));
    }
  }
  return out;
}

std::vector<Requests> enrolments(const Desk& desk, std::size_t count) {
  std::vector<Requests> out(kConnections);
  for (std::size_t i = 0; i < std::max(count, kConnections); ++i) {
    out[i % kConnections].push_back(desk.enrolment(i));
  }
  return out;
}

}  // namespace

Row http_append(Bench& bench) {
  Row row{.name = "http_append",
          .what = "durable append over HTTP, 64 connections, one event a POST",
          .unit = "events/s",
          .better = Better::kMore};
  PreparedLog& log = bench.log();
  log.close();
  const Settings& settings = bench.settings();
  const std::size_t own =
      std::max<std::size_t>(1, settings.appends / kConnections / kEventsPerDossier);
  const AppendLoad load =
      make_append_load(settings, kConnections, settings.appends, settings.seed + 1);
  Costs costs;
  Extra new_dossiers{"the same, each a new dossier", row.unit, {}};
  const auto append = [&](int) {
    const Desk desk(settings.trede, log.data(), bench.scratch("desk"), kConnections * own);
    ServerProcess server(settings.trede, desk.data(), desk.place());
    const Driven driven = drive(server, contacts(desk, settings.appends), kCreated);
    costs.add(driven);
    const Driven others = drive(server, enrolments(desk, settings.appends / kNewPart), kCreated);
    new_dossiers.values.push_back(others.per_second());
    server.stop();
    return Sample{driven.per_second()};
  };
  const auto insert = [&](int) {
    return Sample{static_cast<double>(load.events()) / bench.postgresql().insert(load)};
  };
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, append},
      {"PostgreSQL, a prepared insert each", Peer::kPostgresql, insert},
  };
  bench.measure(row, contenders);
  costs.put(row);
  row.extras.push_back(std::move(new_dossiers));
  return row;
}

}  // namespace trede::bench
