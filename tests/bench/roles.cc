#include "tests/bench/roles.h"

#include <atomic>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>

#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "tests/bench/data/history.h"
#include "tests/bench/machine/measuring.h"
#include "tests/bench/rows/recording.h"
#include "tests/bench/rows/reporting.h"

namespace trede::bench {

namespace {

constexpr int kWriters = 8;
constexpr std::size_t kEventsPerLine = 1'000;

// kB, as /proc tells it of this process.
std::string memory_of(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word == name + ":" && status >> word) return word;
  }
  throw std::runtime_error("no " + name);
}

int serve(const std::filesystem::path& path) {
  const SystemClock clock;
  SystemRandom random;
  const auto folder = must(DataFolder::open(path, OpenMode::kWrite, clock, random), "open");
  const auto projections = must(Projections::open(*folder), "open projections");
  must(projections->catch_up(), "catch up");
  const Position last = folder->log().last_position();
  ReportDesk desk(folder->log(), *projections);
  // Four quarters, each as known at another moment, and questions all over both axes.
  for (int year = 2018; year < 2022; ++year) {
    const auto part = static_cast<std::uint64_t>(year - 2017);
    const Position known =
        must(folder->log().settle(Position{std::max<std::uint64_t>(1, last.value * part / 4)}),
             "settle");
    const Day day{std::chrono::year{year} / 5 / 1};
    work_out_report(desk, {day, known});
    for (int days = 0; days < 50; ++days) {
      must(projections->answer(query_of({day + std::chrono::days{7 * days}, known})), "answer");
    }
  }
  std::printf("%s %s\n", memory_of("VmRSS").c_str(), memory_of("VmHWM").c_str());
  return 0;
}

int write(const std::filesystem::path& path, const Settings& settings) {
  const SystemClock clock;
  SystemRandom random;
  const auto folder = must(DataFolder::open(path, OpenMode::kWrite, clock, random), "open");
  const auto projections = must(Projections::open(*folder), "open projections");
  const AppendLoad load = make_append_load(settings, kWriters, settings.appends, settings.seed);
  Recorder recorder(folder->log(), clock);
  std::atomic<std::size_t> recorded = 0;
  const std::jthread worker(
      [&](const std::stop_token& stop) { must(projections->run(stop), "run"); });
  std::vector<std::jthread> writers;
  for (const Events& events : load.callers) {
    writers.emplace_back([&] {
      for (const pb::Event& event : events) {
        record(recorder, event);
        if (++recorded % kEventsPerLine != 0) continue;
        std::printf("%zu\n", recorded.load());
        std::fflush(stdout);
      }
    });
  }
  writers.clear();
  std::printf("all\n");
  std::fflush(stdout);
  while (true) std::this_thread::sleep_for(std::chrono::seconds{1});
}

std::uint64_t number(std::string_view word) { return std::stoull(std::string(word)); }

}  // namespace

int play(const std::vector<std::string_view>& words) {
  if (words.size() == 2 && words[0] == kServe) return serve(words[1]);
  if (words.size() == 5 && words[0] == kWrite) {
    Settings settings;
    settings.appends = number(words[2]);
    settings.gemeenten = static_cast<int>(number(words[3]));
    settings.seed = number(words[4]);
    return write(words[1], settings);
  }
  throw std::runtime_error("no such role");
}

}  // namespace trede::bench
