#include "tests/bench/load/soak.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "tests/bench/load/desk.h"
#include "tests/bench/load/drive.h"
#include "tests/bench/machine/measuring.h"

namespace trede::bench {

namespace {

namespace asio = boost::asio;

constexpr std::size_t kWriters = 16;
constexpr std::size_t kReaders = 16;
constexpr std::size_t kFollowers = 30;
constexpr std::size_t kMostDossiers = 10'000;
constexpr std::size_t kMostTargets = 1'000;
constexpr std::size_t kSamples = 60;
constexpr auto kBetweenVisits = std::chrono::milliseconds{50};
constexpr double kMostGrowth = 0.05;
// What an event adds to memory for good: its column of the log, and the figures that were asked
// for.
constexpr double kBytesPerEvent = 150;

// The server keeps what it was asked for: a dossier's history, a figure. So everything is asked for
// once before the middle third begins.
std::size_t asked_early(int per_second, int seconds, std::size_t most) {
  return std::clamp<std::size_t>(static_cast<std::size_t>(per_second * seconds / 4), 1, most);
}

struct Glance {
  Usage usage;
  std::uint64_t appended = 0;
};

double middle_of(std::vector<double> values) { return sample_of(std::move(values)).value; }

// One run: all of them share a context, and stop when it is over.
class Soak {
 public:
  Soak(const SoakOptions& options, const Desk& desk, const ServerProcess& server)
      : options_(options),
        desk_(desk),
        server_(server),
        dossiers_(asked_early(options.appends_per_second, options.seconds, kMostDossiers)),
        targets_(figure_targets(
            asked_early(options.reads_per_second, options.seconds, kMostTargets), 1)),
        until_(SteadyClock::now() + std::chrono::seconds{options.seconds}) {}

  std::vector<Glance> run() {
    for (std::size_t i = 0; i < kWriters; ++i) start(write(add_client(), i));
    for (std::size_t i = 0; i < kReaders; ++i) start(read(add_client(), i));
    for (std::size_t i = 0; i < kFollowers; ++i) start(follow(add_client(), i));
    start(visit());
    start(look());
    context_.run();
    return std::move(glances_);
  }

  std::uint64_t appended() const { return appended_; }
  std::uint64_t read() const { return read_; }
  std::uint64_t visits() const { return visits_; }
  std::uint64_t heard() const { return heard_; }

 private:
  using Timer = asio::steady_timer;

  Client& add_client() {
    clients_.push_back(std::make_unique<Client>(context_, server_.port()));
    return *clients_.back();
  }
  void start(asio::awaitable<void> work) { asio::co_spawn(context_, std::move(work), kThrowOn); }
  bool is_over() const { return SteadyClock::now() >= until_; }

  asio::awaitable<void> write(Client& client, std::size_t at) {
    Timer timer(context_, SteadyClock::now());
    for (std::size_t i = at; !is_over(); i += kWriters) {
      const std::string request = desk_.contact(i % dossiers_, i / dossiers_);
      co_await client.ask_for(201, request);
      ++appended_;
      timer.expires_at(timer.expiry() + apart(kWriters, options_.appends_per_second));
      co_await timer.async_wait(asio::use_awaitable);
    }
  }

  asio::awaitable<void> read(Client& client, std::size_t at) {
    Timer timer(context_, SteadyClock::now());
    for (std::size_t i = at; !is_over(); i += kReaders) {
      const std::string request = desk_.get(targets_[i % targets_.size()]);
      co_await client.ask_for(200, request);
      ++read_;
      timer.expires_at(timer.expiry() + apart(kReaders, options_.reads_per_second));
      co_await timer.async_wait(asio::use_awaitable);
    }
  }

  // Comes back when what is followed was ended, as a page does.
  asio::awaitable<void> follow(Client& first, std::size_t at) {
    const std::string request =
        desk_.get(at % 2 == 0 ? "/v1/cijfers/contactmomenten/live?van=2024-01-01&tm=2024-12-31"
                              : "/v1/gebeurtenissen?volgen=true",
                  "Accept: text/event-stream\r\n");
    Client* client = &first;
    std::unique_ptr<Client> again;
    while (!is_over()) {
      co_await client->follow(request);
      for (;;) {
        const std::string events = co_await client->next_events();
        if (events.empty() || is_over()) break;
        ++heard_;
      }
      again = std::make_unique<Client>(context_, server_.port());
      client = again.get();
    }
  }

  // Who comes for one question and leaves; every other one without waiting for the answer.
  asio::awaitable<void> visit() {
    Timer timer(context_);
    while (!is_over()) {
      Client client(context_, server_.port());
      if (visits_ % 2 == 0) {
        const std::string request = desk_.get(targets_[visits_ % targets_.size()]);
        co_await client.ask_for(200, request);
      } else {
        const std::string request = desk_.get("/v1/gebeurtenissen?volgen=true");
        co_await client.follow(request);
      }
      client.close();
      ++visits_;
      timer.expires_after(kBetweenVisits);
      co_await timer.async_wait(asio::use_awaitable);
    }
  }

  asio::awaitable<void> look() {
    Timer timer(context_, SteadyClock::now());
    const auto every = std::chrono::milliseconds{1'000 * options_.seconds / kSamples};
    for (std::size_t i = 0; i < kSamples; ++i) {
      timer.expires_at(timer.expiry() + every);
      co_await timer.async_wait(asio::use_awaitable);
      glances_.push_back({server_.usage(), appended_});
    }
    context_.stop();  // who follows would wait for the next event
  }

  static SteadyClock::duration apart(std::size_t connections, int per_second) {
    return std::chrono::duration_cast<SteadyClock::duration>(
        std::chrono::duration<double>(static_cast<double>(connections) / per_second));
  }

  const SoakOptions& options_;
  const Desk& desk_;
  const ServerProcess& server_;
  const std::size_t dossiers_;
  const std::vector<std::string> targets_;
  const SteadyClock::time_point until_;
  asio::io_context context_{1};
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<Glance> glances_;
  std::uint64_t appended_ = 0;
  std::uint64_t read_ = 0;
  std::uint64_t visits_ = 0;
  std::uint64_t heard_ = 0;
};

// Of the glances from `begin` to `end`, in parts of the whole.
struct Part {
  double memory;
  double descriptors;
  double appended;
};
Part part_of(const std::vector<Glance>& glances, double begin, double end) {
  const auto size = static_cast<double>(glances.size());
  std::vector<double> memory;
  std::vector<double> descriptors;
  std::vector<double> appended;
  for (auto i = static_cast<std::size_t>(begin * size); i < static_cast<std::size_t>(end * size);
       ++i) {
    memory.push_back(static_cast<double>(glances[i].usage.memory));
    descriptors.push_back(static_cast<double>(glances[i].usage.descriptors));
    appended.push_back(static_cast<double>(glances[i].appended));
  }
  return {middle_of(memory), middle_of(descriptors), middle_of(appended)};
}

void judge(const std::vector<Glance>& glances) {
  constexpr double kMiB = 1024 * 1024;
  const Part middle = part_of(glances, 1.0 / 3, 2.0 / 3);
  const Part last = part_of(glances, 2.0 / 3, 1);
  const double growth = last.memory - middle.memory;
  const double events = last.appended - middle.appended;
  std::printf(
      "memory: %.1f MiB in the middle third, %.1f MiB in the last, %.0f events between\n"
      "descriptors: %.0f and %.0f\n",
      middle.memory / kMiB, last.memory / kMiB, events, middle.descriptors, last.descriptors);
  if (growth > kMostGrowth * middle.memory + kBytesPerEvent * events) {
    throw std::runtime_error("memory grows");
  }
  constexpr double kFilesOfTheLog = 10;  // those of RocksDB come and go
  if (last.descriptors > middle.descriptors + kFilesOfTheLog) {
    throw std::runtime_error("descriptors grow");
  }
}

}  // namespace

void run_soak(const SoakOptions& options) {
  const auto history = options.folder / "history";
  run({options.trede, "init", "--zonder-beheerder", "--data", history});
  const Desk desk(options.trede, history, options.folder / "desk", kMostDossiers,
                  static_cast<std::size_t>(options.contacts));
  ServerProcess server(options.trede, desk.data(), desk.place());
  Soak soak(options, desk, server);
  const std::vector<Glance> glances = soak.run();
  std::printf("%d s: %lu appended, %lu figures, %lu visits, %lu pieces of news\n", options.seconds,
              soak.appended(), soak.read(), soak.visits(), soak.heard());
  if (soak.heard() == 0) throw std::runtime_error("nobody heard of anything");
  const std::size_t errors = server.count_in_log("error") + server.count_in_log("critical");
  if (errors > 0) throw std::runtime_error("errors in the log of the server");
  judge(glances);
  server.stop();
  run({options.trede, "verify", "--data", desk.data()});
}

}  // namespace trede::bench
