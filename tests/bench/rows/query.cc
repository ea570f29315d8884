// query_now, query_known_at: the count of trajecten per gemeente and trede, in a process that is
// up.
#include "tests/bench/peers/rectangles.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

// What other breakdowns cost, beside the one that is compared.
std::vector<Extra> other_breakdowns(Bench& bench, bool known_now) {
  PreparedLog& log = bench.log();
  const std::vector<std::vector<std::string>> breakdowns = {
      {}, {"gemeente"}, {"werkcoach"}, {"doelgroep"}, {"gemeente", "doelgroep", "trede"}};
  const auto questions = log.questions(bench.settings().questions, known_now, 0);
  std::vector<Extra> out;
  for (const auto& per : breakdowns) {
    std::string names;
    for (const std::string& name : per) names += (names.empty() ? "" : ", ") + name;
    const auto ask = [&](std::size_t i) {
      Query query = query_of(questions[i]);
      query.per = per;
      must(log.projections().answer(query), "answer");
    };
    ask(0);  // the first brings in what it needs
    const Sample sample = ask_many(questions.size(), ask);
    out.push_back({"per " + (names.empty() ? "nothing" : names) + ", p50", "µs", {sample.value}});
  }
  return out;
}

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
  row.extras = other_breakdowns(bench, known_now);
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
