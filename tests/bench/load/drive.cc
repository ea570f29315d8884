#include "tests/bench/load/drive.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>

#include "tests/bench/machine/measuring.h"

namespace trede::bench {

namespace asio = boost::asio;

double ms_between(SteadyClock::time_point begin, SteadyClock::time_point end) {
  return std::chrono::duration<double, std::milli>(end - begin).count();
}

asio::awaitable<void> send_all(Client& client, const Stream& stream, const Requests& requests,
                               Driven& driven, SteadyClock::time_point begin) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  const double apart_s = stream.per_second > 0
                             ? static_cast<double>(stream.connections.size()) / stream.per_second
                             : 0;
  const auto apart =
      std::chrono::duration_cast<SteadyClock::duration>(std::chrono::duration<double>(apart_s));
  auto due = begin;
  for (const std::string& request : requests) {
    if (stream.per_second > 0) {
      timer.expires_at(due);
      co_await timer.async_wait(asio::use_awaitable);
    } else {
      due = SteadyClock::now();
    }
    co_await client.ask_for(stream.status, request);
    const auto now = SteadyClock::now();
    driven.latencies.push_back(ms_between(due, now));
    driven.seconds = ms_between(begin, now) / 1000;
    if (stream.answered) stream.answered(client, due);
    due += apart;
  }
}

Driven drive(const ServerProcess& server, const std::vector<Requests>& connections,
             unsigned status) {
  const std::vector<Stream> streams = {{.connections = connections, .status = status}};
  return drive_together(server, streams).front();
}

std::vector<Driven> drive_together(const ServerProcess& server,
                                   const std::vector<Stream>& streams) {
  asio::io_context context(1);
  std::vector<Driven> out(streams.size());
  std::vector<std::unique_ptr<Client>> clients;
  for (const Stream& stream : streams) {
    for (std::size_t i = 0; i < stream.connections.size(); ++i) {
      clients.push_back(std::make_unique<Client>(context, server.port()));
    }
  }
  const auto begin = SteadyClock::now();
  std::size_t client = 0;
  for (std::size_t at = 0; at < streams.size(); ++at) {
    for (std::size_t i = 0; i < streams[at].connections.size(); ++i) {
      // So that those with a pace do not all send at once.
      const auto first = begin + std::chrono::milliseconds{streams[at].per_second > 0 ? i : 0};
      asio::co_spawn(
          context,
          send_all(*clients[client++], streams[at], streams[at].connections[i], out[at], first),
          kThrowOn);
    }
  }
  const double client_before = own_cpu();
  const double server_before = server.usage().cpu;
  context.run();
  const double client_cpu = own_cpu() - client_before;
  const double server_cpu = server.usage().cpu - server_before;
  for (Driven& driven : out) {
    driven.client_cpu = client_cpu;
    driven.server_cpu = server_cpu;
  }
  return out;
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
