// append_1, append_64: durable appends of one event each, through the rules.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "engine/log/data_folder.h"
#include "tests/bench/data/history.h"
#include "tests/bench/machine/folders.h"
#include "tests/bench/machine/machine.h"
#include "tests/bench/peers/raw_rocks.h"
#include "tests/bench/rows/recording.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

namespace asio = boost::asio;

constexpr int kCoroutineThreads = 2;

// All callers together; returns when they are done.
using Callers = void (*)(Recorder& recorder, const AppendLoad& load, asio::io_context& context);

void call_from_threads(Recorder& recorder, const AppendLoad& load, asio::io_context&) {
  std::vector<std::jthread> threads;
  for (const Events& events : load.callers) {
    threads.emplace_back([&recorder, &events] {
      for (const pb::Event& event : events) record(recorder, event);
    });
  }
}

asio::awaitable<void> call(Recorder& recorder, const Events& events) {
  for (const pb::Event& event : events) co_await record_later(recorder, event);
}

void call_from_coroutines(Recorder& recorder, const AppendLoad& load, asio::io_context& context) {
  for (const Events& events : load.callers) {
    asio::co_spawn(context, call(recorder, events), [](std::exception_ptr trouble) {
      if (trouble) std::rethrow_exception(trouble);
    });
  }
  std::vector<std::jthread> threads;
  for (int i = 0; i < kCoroutineThreads; ++i) threads.emplace_back([&context] { context.run(); });
}

// Into an empty log, or into a copy of the history.
double append_all(Bench& bench, const AppendLoad& load, Callers call) {
  const Scratch scratch(bench.scratch("data"));
  asio::io_context context(kCoroutineThreads);  // outlives the log
  const SystemClock clock;
  SystemRandom random;
  if (bench.settings().behind_history) {
    bench.log().close();
    copy_folder(bench.log().data(), scratch.path);
  } else {
    must(DataFolder::create(scratch.path, clock, random), "create");
  }
  const auto data = must(DataFolder::open(scratch.path, OpenMode::kWrite, clock, random), "open");
  Recorder recorder(data->log(), clock);
  if (!bench.settings().behind_history) {
    for (const pb::Event& event : load.organisatie) record(recorder, event);
  }
  const double taken = seconds([&] { call(recorder, load, context); });
  must(data->close(), "close");
  return taken;
}

double put_all(const std::filesystem::path& path, const std::vector<Values>& callers,
               void (RawRocks::*put)(std::span<const Values>)) {
  const Scratch scratch(path);
  RawRocks rocks(path);
  return seconds([&] { (rocks.*put)(callers); });
}

// The bytes that the log would store for each event.
std::vector<Values> stored_bytes(const AppendLoad& load) {
  const Envelope envelope{.positie = Position{100'000},
                          .vastgelegd_op = Moment{std::chrono::seconds{1'700'000'000}},
                          .versie = StreamVersion{5},
                          .import = std::nullopt,
                          .overgenomen_op = std::nullopt};
  std::vector<Values> callers;
  for (const Events& events : load.callers) {
    Values& values = callers.emplace_back();
    for (const pb::Event& event : events) {
      values.push_back(encode_stored(envelope, encode_content(event)));
    }
  }
  return callers;
}

Row append_row(Bench& bench, Row row, int callers) {
  const Settings& settings = bench.settings();
  const AppendLoad load =
      make_append_load(settings, callers, callers == 1 ? settings.appends / 10 : settings.appends,
                       settings.seed + 1);  // another than the history's
  const std::vector<Values> bytes = stored_bytes(load);
  const auto count = static_cast<double>(load.events());
  const auto raw = [&](auto put) {
    return [&bench, &bytes, count, put](int) {
      return Sample{count / put_all(bench.scratch("raw"), bytes, put)};
    };
  };
  // One caller is a thread. Many are coroutines, as those of a server are; beside them, as threads.
  Extra from_threads{"the same, callers are 64 threads that wait", row.unit, {}};
  const auto append = [&](int) {
    const double waiting = count / append_all(bench, load, call_from_threads);
    if (callers == 1) return Sample{waiting};
    from_threads.values.push_back(waiting);
    return Sample{count / append_all(bench, load, call_from_coroutines)};
  };
  std::vector<Contender> contenders = {
      {"Trede", std::nullopt, append},
      {"RocksDB, a synced put each in its own write groups", Peer::kRocksdb,
       raw(&RawRocks::put_in_own_groups)},
      {"RocksDB, one writer thread in front", Peer::kRocksdb,
       raw(&RawRocks::put_through_one_writer)},
      {"PostgreSQL, a prepared insert each", Peer::kPostgresql,
       [&](int) { return Sample{count / bench.postgresql().insert(load)}; }},
  };
  if (callers == 1) {
    contenders.push_back({"write and fdatasync alone", Peer::kFdatasync, [&](int) {
                            return Sample{count / append_synced(bench.scratch("sync"), bytes[0])};
                          }});
  }
  bench.measure(row, contenders);
  if (callers > 1) row.extras.push_back(std::move(from_threads));
  return row;
}

}  // namespace

Row append_1(Bench& bench) {
  return append_row(bench,
                    {.name = "append_1",
                     .what = "durable append, 1 caller, one event a call",
                     .unit = "events/s",
                     .better = Better::kMore},
                    1);
}

Row append_64(Bench& bench) {
  return append_row(
      bench,
      {.name = "append_64",
       .what = "durable append, 64 callers (coroutines on 2 threads), one event a call",
       .unit = "events/s",
       .better = Better::kMore},
      64);
}

}  // namespace trede::bench
