// query_now, query_known_at: the count of trajecten per gemeente and trede, in a process that is
// up.
#include "tests/bench/peers/rectangles.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

Row query_row(Bench& bench, Row row, bool known_now) {
  PreparedLog& log = bench.log();
  Projections& projections = log.projections();
  const std::size_t count = bench.settings().questions;
  std::optional<Rectangles> arrays;
  if (bench.has(Peer::kArrays)) {
    arrays.emplace(log.columns());
    check_counts(log, "arrays", *arrays);
  }
  if (bench.has(Peer::kPostgresql)) {
    bench.postgresql().prepare(log.stored(), log.columns());
    check_counts(log, "PostgreSQL", bench.postgresql());
  }
  if (bench.has(Peer::kDuckdb)) {
    bench.duckdb().rebuild(log.columns(), bench.settings().folder);
    check_counts(log, "DuckDB", bench.duckdb());
  }
  const auto asked_in = [&](int round) {
    return log.questions(count, known_now, static_cast<std::uint64_t>(round));
  };
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt,
       [&](int round) {
         const auto questions = asked_in(round);
         must(projections.answer(query_of(questions[0])), "answer");  // the table comes in
         return ask_many(questions.size(), [&](std::size_t i) {
           must(projections.answer(query_of(questions[i])), "answer");
         });
       }},
      {"DuckDB, bitemporal rectangles in memory", Peer::kDuckdb,
       [&](int round) { return bench.duckdb().time(asked_in(round)); }},
      {"PostgreSQL, bitemporal rectangles with indexes that cover them", Peer::kPostgresql,
       [&](int round) { return bench.postgresql().time(asked_in(round)); }},
      {"C++, a scan over rectangles in arrays", Peer::kArrays,
       [&](int round) { return arrays->time(asked_in(round)); }},
  };
  bench.measure(row, contenders);
  return row;
}

}  // namespace

Row query_now(Bench& bench) {
  return query_row(bench,
                   {.name = "query_now",
                    .what = "trajecten per gemeente and trede on a random day, as known now",
                    .unit = "µs",
                    .better = Better::kLess},
                   true);
}

Row query_known_at(Bench& bench) {
  return query_row(bench,
                   {.name = "query_known_at",
                    .what = "the same, as known at a random position",
                    .unit = "µs",
                    .better = Better::kLess},
                   false);
}

}  // namespace trede::bench
