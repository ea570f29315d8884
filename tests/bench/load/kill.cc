#include "tests/bench/load/kill.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdio>
#include <memory>
#include <random>
#include <unordered_set>

#include "tests/bench/load/desk.h"
#include "tests/bench/load/drive.h"

namespace trede::bench {

namespace {

namespace asio = boost::asio;

constexpr std::size_t kConnections = 64;
constexpr int kLeastMs = 100;
constexpr std::size_t kEnough = 100'000;  // requests of one round: more than any can make
constexpr std::size_t kUuidLength = 36;

// The value behind `"name":"`, of the length of a UUID.
std::string id_behind(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(name);
  if (at == std::string_view::npos) throw std::runtime_error("an answer without its event");
  return std::string(text.substr(at + name.size(), kUuidLength));
}

// What came back before the server was gone.
struct Round {
  bool is_killed = false;
  std::size_t next_new = 0;   // number of the next new dossier
  std::size_t next_turn = 0;  // of the contactmomenten in dossiers that were there
  std::vector<std::string> acknowledged = {};
};

// Half of it new dossiers, half of it contactmomenten in a dossier of its own.
asio::awaitable<void> record_until_killed(Client& client, const Desk& desk, std::size_t own,
                                          Round& round) {
  for (std::size_t i = 0; i < kEnough && !round.is_killed; ++i) {
    const std::string request =
        i % 2 == 0 ? desk.enrolment(round.next_new++) : desk.contact(own, round.next_turn++);
    try {
      co_await client.ask(request);
    } catch (const std::exception&) {
      if (round.is_killed) co_return;
      throw;
    }
    if (client.status() != 201) {
      throw std::runtime_error("status " + std::to_string(client.status()) + ": " +
                               std::string(client.body()));
    }
    round.acknowledged.push_back(id_behind(client.body(), R"("eventId":")"));
  }
}

void record_and_kill(ServerProcess& server, const Desk& desk, int after_ms, Round& round) {
  asio::io_context context(1);
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < kConnections; ++i) {
    clients.push_back(std::make_unique<Client>(context, server.port()));
    asio::co_spawn(context, record_until_killed(*clients.back(), desk, i, round), kThrowOn);
  }
  asio::steady_timer timer(context, std::chrono::milliseconds{after_ms});
  timer.async_wait([&](const boost::system::error_code&) {
    server.kill();  // what was answered before is still read from the sockets
    round.is_killed = true;
  });
  context.run();
}

std::unordered_set<std::string> stored_ids(const KillOptions& options, const Desk& desk) {
  const std::string text = run({options.trede, "export", "--data", desk.data()});
  std::unordered_set<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    if (!line.empty()) out.insert(id_behind(line, R"("event_id":")"));
    at = end + 1;
  }
  return out;
}

}  // namespace

void run_kills(const KillOptions& options) {
  const auto history = options.folder / "history";
  run({options.trede, "init", "--data", history});
  const Desk desk(options.trede, history, options.folder / "desk", kConnections);
  std::mt19937_64 dice(static_cast<std::uint64_t>(options.seed));
  std::uniform_int_distribution<int> moments(kLeastMs, options.most_ms);
  Round round;
  for (int i = 0; i < options.rounds; ++i) {
    ServerProcess server(options.trede, desk.data(), desk.place());
    round.is_killed = false;
    record_and_kill(server, desk, moments(dice), round);
    const auto stored = stored_ids(options, desk);
    for (const std::string& id : round.acknowledged) {
      if (!stored.contains(id)) throw std::runtime_error("lost after a kill: event " + id);
    }
    run({options.trede, "verify", "--data", desk.data()});
    std::printf("round %d: %zu acknowledged until now, all there\n", i + 1,
                round.acknowledged.size());
    std::fflush(stdout);
  }
  if (round.acknowledged.empty()) throw std::runtime_error("nothing was acknowledged");
  std::printf("figures: rounds=%d kills=%d acknowledged=%zu lost=0\n", options.rounds,
              options.rounds, round.acknowledged.size());
}

}  // namespace trede::bench
