// freshness: from the acknowledgement of an append until `Projections::answer` holds it.
#include <atomic>
#include <mutex>
#include <thread>

#include "tests/bench/data/history.h"
#include "tests/bench/machine/folders.h"
#include "tests/bench/rows/recording.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kWriters = 8;
constexpr double kAppendsPerSecond = 5'000;
constexpr auto kSampled = 10;  // of each writer, every so manieth append is timed
constexpr std::size_t kMostAppends = 20'000;
constexpr double kBegin = 0.1;  // of the appends, before any is timed
constexpr auto kPollEvery = std::chrono::microseconds{100};

struct Acknowledged {
  Position position;
  SteadyClock::time_point at;
};

// What the writers acknowledged and nobody looked for yet.
class Waiting {
 public:
  void add(const Acknowledged& one) {
    const std::lock_guard lock(mutex_);
    all_.push_back(one);
  }
  // Takes out those up to `position`.
  std::vector<Acknowledged> take(Position position) {
    const std::lock_guard lock(mutex_);
    std::vector<Acknowledged> out;
    std::erase_if(all_, [&](const Acknowledged& one) {
      if (one.position > position) return false;
      out.push_back(one);
      return true;
    });
    return out;
  }
  bool is_empty() {
    const std::lock_guard lock(mutex_);
    return all_.empty();
  }

 private:
  std::mutex mutex_;
  std::vector<Acknowledged> all_;
};

double ms_since(SteadyClock::time_point begin) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin).count();
}

// Appends [from, until) of each caller's events, all callers together at the pace.
void append_paced(Recorder& recorder, const AppendLoad& load, double from, double until,
                  Waiting& waiting) {
  const auto pause = std::chrono::duration_cast<SteadyClock::duration>(
      std::chrono::duration<double>(kWriters / kAppendsPerSecond));
  std::vector<std::jthread> writers;
  for (const Events& events : load.callers) {
    writers.emplace_back([&, pause] {
      const auto count = static_cast<double>(events.size());
      const auto last = static_cast<std::size_t>(count * until);
      auto next = SteadyClock::now();
      for (auto i = static_cast<std::size_t>(count * from); i < last; ++i) {
        std::this_thread::sleep_until(next += pause);
        const Position position = record(recorder, events[i]);
        if (i % kSampled == 0) waiting.add({position, SteadyClock::now()});
      }
    });
  }
}

// One data folder with the worker behind it.
class Served {
 public:
  explicit Served(const std::filesystem::path& path) {
    folder_ = must(DataFolder::open(path, OpenMode::kWrite, clock_, random_), "open");
    projections_ = must(Projections::open(*folder_), "open projections");
    recorder_.emplace(folder_->log(), clock_);
    must(projections_->catch_up(), "catch up");
    must(projections_->answer(query_of({kDay, folder_->log().last_position()})), "answer");
    worker_ =
        std::jthread([this](const std::stop_token& stop) { must(projections_->run(stop), "run"); });
  }

  // Latencies in ms, with nobody asking: until the worker has them.
  std::vector<double> watch(const AppendLoad& load, double from, double until) {
    return during(load, from, until, [this](Waiting&) {
      std::this_thread::sleep_for(kPollEvery);
      return projections_->status().position;
    });
  }

  // The same, with somebody who asks all the time what is known now.
  std::vector<double> ask(const AppendLoad& load, double from, double until) {
    return during(load, from, until, [this](Waiting&) {
      const Position last = folder_->log().last_position();
      must(projections_->answer(query_of({kDay, last})), "answer");
      return last;
    });
  }

 private:
  static constexpr Day kDay{std::chrono::year{2020} / 1 / 1};

  template <typename Look>
  std::vector<double> during(const AppendLoad& load, double from, double until, const Look& look) {
    Waiting waiting;
    std::vector<double> latencies;
    std::atomic<bool> done = false;
    std::jthread writers([&] {
      append_paced(*recorder_, load, from, until, waiting);
      done = true;
    });
    while (!done || !waiting.is_empty()) {
      const Position seen = look(waiting);
      for (const Acknowledged& one : waiting.take(seen)) latencies.push_back(ms_since(one.at));
    }
    return latencies;
  }

  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<DataFolder> folder_;
  std::unique_ptr<Projections> projections_;
  std::optional<Recorder> recorder_;
  std::jthread worker_;
};

}  // namespace

Row freshness(Bench& bench) {
  Row row{.name = "freshness",
          .what = "acknowledged append to an answer that holds it, 5000 appends/s",
          .unit = "ms",
          .better = Better::kLess};
  PreparedLog& log = bench.log();
  log.close();
  const Settings& settings = bench.settings();
  const AppendLoad load = make_append_load(
      settings, kWriters, std::min(settings.appends, kMostAppends), settings.seed + 1);
  Extra pace{"appends that were reached", "events/s", {}};
  Extra alone{"until the worker has it, nobody asking, p50", "ms", {}};
  Extra alone_p99{"until the worker has it, nobody asking, p99", "ms", {}};
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, [&](int) {
         const Scratch data(bench.scratch("fresh"));
         copy_folder(log.data(), data.path);
         Served served(data.path);
         Sample unasked;
         served.watch(load, 0, kBegin);  // the worker reads what it begins with
         const double taken =
             seconds([&] { unasked = sample_of(served.watch(load, kBegin, 0.5)); });
         pace.values.push_back(static_cast<double>(load.events()) * (0.5 - kBegin) / taken);
         alone.values.push_back(unasked.value);
         alone_p99.values.push_back(unasked.p99);
         return sample_of(served.ask(load, 0.5, 1));
       }}};
  bench.measure(row, contenders);
  row.extras.push_back(std::move(pace));
  row.extras.push_back(std::move(alone));
  row.extras.push_back(std::move(alone_p99));
  return row;
}

}  // namespace trede::bench
