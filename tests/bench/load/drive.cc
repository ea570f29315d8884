#include "tests/bench/load/drive.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>

#include "tests/bench/load/client.h"
#include "tests/bench/machine/measuring.h"

namespace trede::bench {

namespace {

namespace asio = boost::asio;
using SteadyClock = std::chrono::steady_clock;

double ms_since(SteadyClock::time_point begin) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

asio::awaitable<void> send_all(Client& client, const Requests& requests, unsigned status,
                               std::vector<double>& latencies) {
  for (const std::string& request : requests) {
    const auto sent = SteadyClock::now();
    co_await client.ask_for(status, request);
    latencies.push_back(ms_since(sent));
  }
}

}  // namespace

Driven drive(const ServerProcess& server, const std::vector<Requests>& connections,
             unsigned status) {
  asio::io_context context(1);
  Driven driven;
  std::vector<std::unique_ptr<Client>> clients;
  for (const Requests& requests : connections) {
    clients.push_back(std::make_unique<Client>(context, server.port()));
    const auto failed = [](std::exception_ptr trouble) {
      if (trouble) std::rethrow_exception(trouble);
    };
    asio::co_spawn(context, send_all(*clients.back(), requests, status, driven.latencies), failed);
  }
  const double client_before = own_cpu();
  const double server_before = server.usage().cpu;
  driven.seconds = seconds([&] { context.run(); });
  driven.client_cpu = own_cpu() - client_before;
  driven.server_cpu = server.usage().cpu - server_before;
  return driven;
}

Costs::Costs()
    : p50_{"p50", "ms", {}},
      p99_{"p99", "ms", {}},
      server_us_{"processor time of the server, a request", "µs", {}},
      client_share_{"share of the processor time that the client took", "%", {}} {}

void Costs::add(const Driven& driven) {
  const Sample sample = sample_of(driven.latencies);
  const double cpu = driven.client_cpu + driven.server_cpu;
  p50_.values.push_back(sample.value);
  p99_.values.push_back(sample.p99);
  server_us_.values.push_back(1e6 * driven.server_cpu /
                              static_cast<double>(driven.latencies.size()));
  client_share_.values.push_back(cpu > 0 ? 100 * driven.client_cpu / cpu : 0);
}

void Costs::put(Row& row, const std::string& name) const {
  for (Extra extra : {p50_, p99_, server_us_, client_share_}) {
    if (!name.empty()) extra.what = name + ", " + extra.what;
    row.extras.push_back(std::move(extra));
  }
}

}  // namespace trede::bench
