// import: a CSV file, whole, by the program. rebuild: all projections from the log, in process.
#include "engine/event/event.h"
#include "tests/bench/peers/raw_rocks.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

// RocksDB with the bytes of the log in it.
class FilledRocks {
 public:
  FilledRocks(const std::filesystem::path& path, const StoredEvents& events)
      : scratch_(path), rocks_(path) {
    rocks_.put_batched(events);
  }
  void scan() const {
    rocks_.scan([](std::string_view) {});
  }
  void scan_and_decode() const {
    rocks_.scan([](std::string_view stored) { must(decode_event(stored), "decode"); });
  }

 private:
  Scratch scratch_;
  RawRocks rocks_;
};

}  // namespace

Row import_row(Bench& bench) {
  Row row{.name = "import",
          .what = "import of a CSV file by the program, whole or not at all, projections included",
          .unit = "events/s",
          .better = Better::kMore};
  PreparedLog& log = bench.log();
  log.close();
  const auto count = static_cast<double>(log.events());
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt,
       [&](int) {
         const Scratch data(bench.scratch("data"));
         return Sample{count / import_file(bench.settings(), log.csv(), data.path)};
       }},
      {"RocksDB, batches of 256, one sync at the end", Peer::kRocksdb,
       [&](int) {
         const Scratch raw(bench.scratch("raw"));
         RawRocks rocks(raw.path);
         return Sample{count / seconds([&] { rocks.put_batched(log.stored()); })};
       }},
      {"PostgreSQL, COPY into a table with its indexes", Peer::kPostgresql,
       [&](int) { return Sample{count / bench.postgresql().copy(log.stored(), log.columns())}; }},
  };
  bench.measure(row, contenders);
  return row;
}

Row rebuild_row(Bench& bench) {
  Row row{.name = "rebuild",
          .what = "rebuild of all projections from the log, in process",
          .unit = "events/s",
          .better = Better::kMore};
  PreparedLog& log = bench.log();
  const auto count = static_cast<double>(log.events());
  std::optional<FilledRocks> rocks;
  if (bench.has(Peer::kRocksdb)) rocks.emplace(bench.scratch("raw"), log.stored());
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt,
       [&](int) {
         return Sample{count / seconds([&] { must(log.projections().rebuild(), "rebuild"); })};
       }},
      {"RocksDB, scan and decode in one thread", Peer::kRocksdb,
       [&](int) { return Sample{count / seconds([&] { rocks->scan_and_decode(); })}; }},
      {"RocksDB, scan alone", Peer::kRocksdb,
       [&](int) { return Sample{count / seconds([&] { rocks->scan(); })}; }},
      {"PostgreSQL, the rectangles of trajecten alone, by SQL, with their indexes",
       Peer::kPostgresql,
       [&](int) {
         return Sample{count / bench.postgresql().rebuild(log.stored(), log.columns())};
       }},
      {"DuckDB, the rectangles of trajecten alone, from columns in memory", Peer::kDuckdb,
       [&](int) {
         return Sample{count / bench.duckdb().rebuild(log.columns(), bench.settings().folder)};
       }},
  };
  bench.measure(row, contenders);
  return row;
}

}  // namespace trede::bench
