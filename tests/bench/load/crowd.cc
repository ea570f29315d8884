#include "tests/bench/load/crowd.h"

#include <boost/asio/co_spawn.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "tests/bench/load/desk.h"
#include "tests/bench/load/drive.h"
#include "tests/bench/machine/measuring.h"

namespace trede::bench {

namespace {

namespace asio = boost::asio;

constexpr std::size_t kDossiers = 100;

// One morning of a werkcoach, in one dossier.
asio::awaitable<void> journey(Client& client, const Desk& desk, std::size_t turn,
                              std::vector<double>& latencies) {
  const std::size_t number = turn % kDossiers;
  const std::string dossier = Desk::path_of(number);
  const std::vector<std::pair<unsigned, std::string>> requests = {
      {200, desk.get_as_coach("/v1/caseload")},
      {200, desk.get_as_coach(dossier)},
      {200, desk.get_as_coach(dossier + "/tijdlijn")},
      {201, desk.contact_by_coach(number, turn)},
      {200, desk.get_as_coach("/v1/cijfers/aanmeldingen_open?per=gemeente&op=2024-06-30")}};
  for (const auto& [status, request] : requests) {
    const auto begin = SteadyClock::now();
    co_await client.ask_for(status, request);
    latencies.push_back(ms_between(begin, SteadyClock::now()));
  }
}

asio::awaitable<void> journeys(Client& client, const Desk& desk, std::size_t first,
                               std::size_t count, std::vector<double>& latencies) {
  for (std::size_t turn = first; turn < first + count; ++turn) {
    co_await journey(client, desk, turn, latencies);
  }
}

Sample measure(const ServerProcess& server, const Desk& desk, std::size_t first,
               std::size_t count) {
  asio::io_context context(1);
  Client client(context, server.port());
  std::vector<double> latencies;
  asio::co_spawn(context, journeys(client, desk, first, count, latencies), kThrowOn);
  context.run();
  return sample_of(std::move(latencies));
}

}  // namespace

void run_crowd(const CrowdOptions& options) {
  const auto history = options.folder / "history";
  run({options.trede, "init", "--zonder-beheerder", "--data", history});
  const Desk desk(options.trede, history, options.folder / "desk", kDossiers);
  ServerProcess server(options.trede, desk.data(), desk.place());
  const auto turns = static_cast<std::size_t>(options.turns);
  measure(server, desk, 0, turns);  // what is read for the first time
  const Sample alone = measure(server, desk, turns, turns);

  const Usage before = server.usage();
  asio::io_context context(1);
  std::vector<std::unique_ptr<Client>> crowd;
  for (int i = 0; i < options.connections; ++i) {
    crowd.push_back(std::make_unique<Client>(context, server.port()));
  }
  const Sample beside = measure(server, desk, 2 * turns, turns);
  const Usage after = server.usage();
  const auto kept = static_cast<int>(after.descriptors - before.descriptors);
  const auto memory = static_cast<double>(after.memory) - static_cast<double>(before.memory);
  std::printf(
      "a werkcoach alone: p50 %.2f ms, p99 %.2f ms; beside %d idle connections: p50 %.2f "
      "ms, p99 %.2f ms; %.1f kB a connection\n",
      alone.value, alone.p99, kept, beside.value, beside.p99, memory / 1000 / options.connections);
  constexpr int kFilesOfTheLog = 10;  // those of RocksDB come and go
  if (kept + kFilesOfTheLog < options.connections) {
    throw std::runtime_error("the server has not kept all who came");
  }
  server.stop();
}

}  // namespace trede::bench
