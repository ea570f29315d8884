// The small parts of the hot paths, each by itself, per event. `tools/dev bench --small` runs it;
// options are Google Benchmark's.
#include <benchmark/benchmark.h>

#include <fstream>
#include <random>
#include <unordered_map>

#include "engine/dossier/rules.h"
#include "engine/ledger/merkle.h"
#include "engine/log/data_folder.h"
#include "engine/log/envelope.h"
#include "projections/cube/series.h"
#include "tests/bench/data/history.h"
#include "tests/bench/machine/measuring.h"
#include "tests/support/temp_dir.h"
#include "tools/simulate/simulation.h"
#include "tools/trede/rows/csv_reader.h"
#include "tools/trede/rows/row_reader.h"

namespace trede::bench {

namespace {

constexpr std::size_t kEvents = 20'000;

// A small history as the log would hold it.
struct History20k {
  std::vector<EventPtr> events;     // in order of position, with their envelope
  std::vector<std::string> stored;  // the same as stored bytes
  std::vector<std::vector<EventPtr>> dossiers;

  History20k() {
    simulate::SimulationOptions options;
    options.events = kEvents;
    simulate::Simulation simulation(options);
    std::unordered_map<std::string, std::size_t> place;
    while (auto append = simulation.next()) {
      for (pb::Event& event : append->events) {
        if (!append->stream.starts_with("dossier/")) {
          add(std::move(event), append->vastgelegd_op, 1);
          continue;
        }
        const std::size_t at = place.try_emplace(append->stream, dossiers.size()).first->second;
        if (at == dossiers.size()) dossiers.emplace_back();
        dossiers[at].push_back(
            add(std::move(event), append->vastgelegd_op, dossiers[at].size() + 1));
      }
    }
  }

 private:
  EventPtr add(pb::Event event, Moment moment, std::uint64_t version) {
    const Envelope envelope{.positie = Position{events.size() + 1},
                            .vastgelegd_op = moment,
                            .versie = StreamVersion{version},
                            .import = std::nullopt,
                            .overgenomen_op = std::nullopt};
    stored.push_back(encode_stored(envelope, encode_content(event)));
    events.push_back(
        std::make_shared<const pb::Event>(must(decode_event(stored.back()), "decode")));
    return events.back();
  }
};

const History20k& history() {
  static const History20k kHistory;
  return kHistory;
}

void count_events(benchmark::State& state, std::size_t per_iteration = 1) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(per_iteration));
}

// The next of `all`, round and round.
template <typename T>
const T& next_of(const std::vector<T>& all, std::size_t& at) {
  const T& one = all[at];
  if (++at == all.size()) at = 0;
  return one;
}

void encode(benchmark::State& state) {
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(encode_content(*next_of(history().events, at)));
  }
  count_events(state);
}
BENCHMARK(encode);

void decode(benchmark::State& state) {
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(decode_event(next_of(history().stored, at)));
  count_events(state);
}
BENCHMARK(decode);

void decode_the_envelope(benchmark::State& state) {
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(decode_envelope(next_of(history().stored, at)));
  count_events(state);
}
BENCHMARK(decode_the_envelope);

void hash_leaf(benchmark::State& state) {
  std::size_t at = 0;
  for (auto _ : state) benchmark::DoNotOptimize(leaf_hash(next_of(history().stored, at)));
  count_events(state);
}
BENCHMARK(hash_leaf);

void grow_merkle_tree(benchmark::State& state) {
  const Hash leaf = leaf_hash("leaf");
  MerkleFrontier tree;
  for (auto _ : state) tree.push(leaf);
  benchmark::DoNotOptimize(tree.root());
  count_events(state);
}
BENCHMARK(grow_merkle_tree);

// A whole dossier from nothing; the time is per event.
void fold_a_dossier(benchmark::State& state) {
  std::vector<History> histories;
  for (const auto& dossier : history().dossiers) {
    History& one = histories.emplace_back();
    for (const EventPtr& event : dossier) one.add(event);
  }
  std::size_t at = 0;
  std::size_t events = 0;
  for (auto _ : state) {
    const auto& acting = next_of(histories, at).acting();
    benchmark::DoNotOptimize(fold_dossier(acting, {}));
    events += acting.size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}
BENCHMARK(fold_a_dossier);

// The last event of a dossier, by all rules of its own stream.
void judge_an_event(benchmark::State& state) {
  struct Case {
    std::unique_ptr<Stream> stream;
    std::vector<RecordedEvent> proposed;
    Day vandaag;
  };
  std::vector<Case> cases;
  for (const auto& dossier : history().dossiers) {
    Case& one = cases.emplace_back(std::make_unique<Stream>(stream_of(*dossier.front())),
                                   std::vector<RecordedEvent>{recorded_of(*dossier.back())}, Day{});
    for (std::size_t i = 0; i + 1 < dossier.size(); ++i) {
      must(one.stream->take(dossier[i]->SerializeAsString()), "take");
    }
    one.proposed = one.stream->adopt(one.proposed);
    one.vandaag = std::chrono::floor<std::chrono::days>(moment_of(*dossier.back()));
  }
  std::size_t at = 0;
  for (auto _ : state) {
    const Case& one = next_of(cases, at);
    benchmark::DoNotOptimize(judge(*one.stream, one.proposed, {&one.vandaag, 1}));
  }
  count_events(state);
}
BENCHMARK(judge_an_event);

// One cell of so many deltas over ten years, at random days: as known now (0), or at random
// positions (1).
void sum_a_series(benchmark::State& state) {
  constexpr int kDays = 3'650;
  const auto deltas = static_cast<std::uint64_t>(state.range(0));
  std::mt19937_64 random(1);
  Series series({.weights = 1, .moments = false});
  for (std::uint64_t position = 1; position <= deltas; ++position) {
    const int day = static_cast<int>(position * kDays / deltas + random() % 60);
    series.add({Position{position}, day, {random() % 2 == 0 ? 1 : -1}});
  }
  series.settle();
  for (auto _ : state) {
    const int day = static_cast<int>(random() % kDays);
    const Position known{state.range(1) == 0 ? deltas : 1 + random() % deltas};
    benchmark::DoNotOptimize(series.sums(day, known));
  }
}
BENCHMARK(sum_a_series)->ArgsProduct({{1'000, 100'000}, {0, 1}});

// The rows of an import file, from their bytes to events; rules and log left out.
void read_csv_rows(benchmark::State& state) {
  const test::TempDir folder;
  Settings settings;
  settings.events = kEvents;
  write_history(settings, folder / "rows.csv");
  const SystemClock clock;
  SystemRandom random;
  must(DataFolder::create(folder / "data", clock, random), "create");
  const auto data =
      must(DataFolder::open(folder / "data", OpenMode::kWrite, clock, random), "open");
  std::size_t rows = 0;
  for (auto _ : state) {
    auto file = tool::InputFile::open(folder / "rows.csv");
    tool::CsvReader csv(*file);
    must(csv.next(), "header");
    tool::Columns columns;
    columns.read(csv.cells());
    tool::StreamNames names(data->keys(), random);
    // What a correctie replaces is not looked up here: its row ends as a flaw, after its parsing.
    tool::RowReader reader(columns, names, [](const EventId&) { return std::optional<Soort>(); },
                           {.as_recorded = true, .now = clock.now()});
    while (must(csv.next(), "row") == tool::CsvReader::Next::kRow) {
      benchmark::DoNotOptimize(must(reader.read(csv.cells()), "row"));
      ++rows;
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(rows));
}
BENCHMARK(read_csv_rows)->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace trede::bench

BENCHMARK_MAIN();
