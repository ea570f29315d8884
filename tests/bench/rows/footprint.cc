// memory, disk: what a log and its projections take.
#include <sstream>

#include "engine/log/rocks_tables_internal.h"
#include "tests/bench/machine/folders.h"
#include "tests/bench/machine/process.h"
#include "tests/bench/peers/raw_rocks.h"
#include "tests/bench/roles.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

// Every table of the log in its last level, as background work leaves it in the end.
void compact_log(const std::filesystem::path& data) {
  const auto tables = must(LogTables::open(data / "log", {}), "open");
  for (std::size_t family = LogTables::kMeta; family <= LogTables::kTree; ++family) {
    must(tables->db().flush(), "flush");
    must(tables->db().write_anew(family, "", ""), "compact");
  }
  must(tables->db().close(), "close");
}

}  // namespace

Row memory(Bench& bench) {
  Row row{.name = "memory",
          .what = "resident memory of a process that serves, after four reports and 200 questions",
          .unit = "MiB",
          .better = Better::kLess};
  PreparedLog& log = bench.log();
  log.close();
  Extra peak{"the most it took on the way", "MiB", {}};
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, [&](int) {
         std::istringstream said(run({this_program(), "--role", std::string(kServe), log.data()}));
         double resident_kb = 0;
         double most_kb = 0;
         said >> resident_kb >> most_kb;
         peak.values.push_back(most_kb / 1024);
         return Sample{resident_kb / 1024};
       }}};
  bench.measure(row, contenders);
  row.extras.push_back(std::move(peak));
  return row;
}

Row disk(Bench& bench) {
  Row row{.name = "disk",
          .what = "log, projections and keys on disk after compaction",
          .unit = "bytes/event",
          .better = Better::kLess};
  PreparedLog& log = bench.log();
  log.close();
  const auto count = static_cast<double>(log.events());
  const double encoded = static_cast<double>(log.stored().bytes()) / count;
  const auto per_event = [count](std::uintmax_t bytes) {
    return static_cast<double>(bytes) / count;
  };
  std::vector<Extra> parts;
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt,
       [&](int) {
         const Scratch data(bench.scratch("compacted"));
         copy_folder(log.data(), data.path);
         compact_log(data.path);
         double all = 0;
         for (const char* part : {"log", "projections", "keys"}) {
           parts.push_back({part, row.unit, {per_event(bytes_of(data.path / part))}});
           all += parts.back().values.front();
         }
         parts.push_back({"the encoded bytes of the events", row.unit, {encoded}});
         parts.push_back({"all of it beside the encoded bytes", "times", {all / encoded}});
         return Sample{all};
       }},
      {"RocksDB, the encoded bytes by position, compacted", Peer::kRocksdb,
       [&](int) {
         const Scratch raw(bench.scratch("raw"));
         RawRocks rocks(raw.path);
         rocks.put_batched(log.stored());
         rocks.compact();
         return Sample{per_event(bytes_of(raw.path))};
       }},
      {"PostgreSQL, the table of events and the rectangles, with their indexes", Peer::kPostgresql,
       [&](int) {
         bench.postgresql().prepare(log.stored(), log.columns());
         return Sample{per_event(bench.postgresql().bytes())};
       }},
  };
  bench.measure(row, contenders, 1);
  row.extras = std::move(parts);
  return row;
}

}  // namespace trede::bench
