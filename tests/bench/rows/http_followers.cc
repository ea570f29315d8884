// http_followers: how soon those who follow the log or a figure have what was recorded.
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <memory>

#include "tests/bench/load/desk.h"
#include "tests/bench/load/drive.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

namespace asio = boost::asio;

constexpr std::size_t kFollowers = 300;
constexpr std::size_t kLogPart = 3;  // one of so many follows the log, the others a figure
constexpr std::size_t kWriters = 8;
constexpr double kAppendsPerSecond = 100;
constexpr std::size_t kMostAppends = 1'000;
constexpr std::size_t kFewestAppends = 20;
constexpr auto kLook = std::chrono::milliseconds{20};
constexpr auto kPatience = std::chrono::seconds{30};

struct Seen {
  std::uint64_t position;
  SteadyClock::time_point at;
};

// One who follows, and what he got.
struct Follower {
  std::unique_ptr<Client> client;
  std::vector<Seen> seen = {};
  bool follows_log = false;

  std::uint64_t reached() const { return seen.empty() ? 0 : seen.back().position; }
};

std::uint64_t number_at(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

asio::awaitable<void> follow(Follower& follower, const std::string& request) {
  co_await follower.client->follow(request);
  while (true) {
    const std::string events = co_await follower.client->next_events();
    if (events.empty()) throw std::runtime_error("what is followed ended");
    const auto now = SteadyClock::now();
    constexpr std::string_view kId = "id: ";
    for (std::size_t at = events.find(kId); at != std::string::npos;
         at = events.find("\n" + std::string(kId), at + 1)) {
      const std::size_t digits = at + (events[at] == '\n' ? 1 : 0) + kId.size();
      follower.seen.push_back({number_at(std::string_view(events).substr(digits)), now});
    }
  }
}

// Everybody with one context: the appends begin when all follow, and it ends when all have them.
class Newsroom {
 public:
  Newsroom(const ServerProcess& server, const Desk& desk, std::size_t followers) {
    const std::string figure =
        desk.get("/v1/cijfers/contactmomenten/live?van=2024-01-01&tm=2024-12-31&per=gemeente",
                 "Accept: text/event-stream\r\n");
    for (std::size_t i = 0; i < followers; ++i) {
      Follower& one = followers_.emplace_back();
      one.client = std::make_unique<Client>(context_, server.port());
      one.follows_log = i % kLogPart == 0;
    }
    // The log from its end on: what was there before is no news. Its last event comes at once.
    const std::string log = desk.get("/v1/gebeurtenissen?volgen=true&vanaf=" + last(server, desk),
                                     "Accept: text/event-stream\r\n");
    requests_ = {figure, log};
    for (Follower& one : followers_) {
      asio::co_spawn(context_, follow(one, requests_[one.follows_log ? 1 : 0]), kThrowOn);
    }
  }

  // Latencies of the appends, in ms.
  Driven append(const ServerProcess& server, Stream stream) {
    stream.answered = [this](const Client& client, SteadyClock::time_point sent) {
      sent_.push_back({number_at(client.header("trede-positie")), sent});
    };
    Driven driven;
    asio::co_spawn(context_, run(server, stream, driven), kThrowOn);
    context_.run();
    std::ranges::sort(sent_, {}, &Seen::position);
    return driven;
  }

  // From the sending of each append until each follower (of the log, or of the figure) had it.
  std::vector<double> latencies(bool of_log) const {
    std::vector<double> out;
    for (const Follower& one : followers_) {
      if (one.follows_log != of_log) continue;
      std::size_t at = 0;
      for (const Seen& sent : sent_) {
        while (one.seen[at].position < sent.position) ++at;
        out.push_back(ms_between(sent.at, one.seen[at].at));
      }
    }
    return out;
  }

 private:
  static std::string last(const ServerProcess& server, const Desk& desk) {
    std::string out;
    const Stream one{.connections = {{desk.get("/v1/codelijsten")}},
                     .answered = [&out](const Client& client, SteadyClock::time_point) {
                       out = client.header("trede-positie");
                     }};
    drive_together(server, {one});
    return out;
  }

  bool all_reached(std::uint64_t position) const {
    return std::ranges::all_of(
        followers_, [position](const Follower& one) { return one.reached() >= position; });
  }

  asio::awaitable<void> wait_for_all(std::uint64_t position) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    const auto until = SteadyClock::now() + kPatience;
    while (!all_reached(position)) {
      if (SteadyClock::now() > until) throw std::runtime_error("a follower was left behind");
      timer.expires_after(kLook);
      co_await timer.async_wait(asio::use_awaitable);
    }
  }

  asio::awaitable<void> run(const ServerProcess& server, const Stream& stream, Driven& driven) {
    co_await wait_for_all(1);  // everybody has something
    std::vector<std::unique_ptr<Client>> clients;
    std::size_t busy = stream.connections.size();
    const auto begin = SteadyClock::now();
    for (const Requests& requests : stream.connections) {
      clients.push_back(std::make_unique<Client>(context_, server.port()));
      const auto ended = [&busy](std::exception_ptr trouble) {
        --busy;
        kThrowOn(trouble);
      };
      asio::co_spawn(context_, send_all(*clients.back(), stream, requests, driven, begin), ended);
    }
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (busy > 0) {
      timer.expires_after(kLook);
      co_await timer.async_wait(asio::use_awaitable);
    }
    co_await wait_for_all(std::ranges::max(sent_, {}, &Seen::position).position);
    context_.stop();
  }

  asio::io_context context_{1};      // outlives whose sockets it has
  std::vector<Follower> followers_;  // filled once, before anybody points into it
  std::vector<std::string> requests_;
  std::vector<Seen> sent_;
};

Stream appends(const Desk& desk, std::size_t count) {
  Stream out{.connections = std::vector<Requests>(kWriters),
             .status = 201,
             .per_second = kAppendsPerSecond};
  for (std::size_t i = 0; i < count; ++i) {
    out.connections[i % kWriters].push_back(desk.contact(i % kWriters, i / kWriters));
  }
  return out;
}

}  // namespace

Row http_followers(Bench& bench) {
  constexpr std::size_t kAppendsPerFollower = 50;
  PreparedLog& log = bench.log();
  log.close();
  const Settings& settings = bench.settings();
  const std::size_t followers =
      std::clamp(settings.appends / kAppendsPerFollower, std::size_t{6}, kFollowers);
  const std::size_t count =
      std::clamp(settings.appends / kAppendsPerFollower, kFewestAppends, kMostAppends);
  Row row{.name = "http_followers",
          .what = "from the sending of an append to its arrival, 100 events/s, " +
                  std::to_string(followers) +
                  " followers over HTTP: a third of the log, the others of a figure",
          .unit = "ms",
          .better = Better::kLess};
  std::vector<Extra> parts = {
      {"of the log, p50", "ms", {}},        {"of the log, p99", "ms", {}},
      {"of a figure, p50", "ms", {}},       {"of a figure, p99", "ms", {}},
      {"the appends alone, p50", "ms", {}}, {"the appends alone, p99", "ms", {}}};
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, [&](int) {
         const Desk desk(settings.trede, log.data(), bench.scratch("desk"), kWriters);
         ServerProcess server(settings.trede, desk.data(), desk.place());
         Newsroom newsroom(server, desk, followers);
         const Driven driven = newsroom.append(server, appends(desk, count));
         std::vector<double> all = newsroom.latencies(true);
         const Sample of_log = sample_of(all);
         const std::vector<double> figures = newsroom.latencies(false);
         const Sample of_figure = sample_of(figures);
         const Sample appended = sample_of(driven.latencies);
         std::size_t at = 0;
         for (const Sample& sample : {of_log, of_figure, appended}) {
           parts[at++].values.push_back(sample.value);
           parts[at++].values.push_back(sample.p99);
         }
         all.insert(all.end(), figures.begin(), figures.end());
         return sample_of(std::move(all));
       }}};
  bench.measure(row, contenders);
  row.extras = std::move(parts);
  return row;
}

}  // namespace trede::bench
