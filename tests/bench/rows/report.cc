// report: the whole quarterly report, in a process that is up.
#include <random>

#include "projections/reports/definition.h"
#include "projections/reports/evaluate.h"
#include "tests/bench/rows/reporting.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

constexpr std::size_t kFewest = 5;
constexpr std::size_t kShareOfQuestions = 20;

}  // namespace

Period quarter_of(Day day) {
  const std::chrono::year_month_day date{day};
  const unsigned month = (static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1;
  const auto first = date.year() / std::chrono::month{month};
  return {Day{first / 1}, Day{(first + std::chrono::months{2}) / std::chrono::last}};
}

void work_out_report(OrganisatieLog& organisatie, Projections& projections,
                     const Question& question) {
  static const pb::ReportDefinition definition = must(load_definition("kwartaal"), "definition");
  const Organisatie laid_down = must(organisatie.at(question.known), "organisatie");
  const ReportRequest request{quarter_of(question.day), question.known};
  must(projections.prepare(must(queries_of(definition, request, laid_down), "queries")), "prepare");
  must(evaluate(definition, request, laid_down,
                [&](const Query& query) { return projections.answer(query); }),
       "report");
}

Row report_row(Bench& bench) {
  Row row{.name = "report",
          .what = "the quarterly report over a random quarter, as known at a random position",
          .unit = "ms",
          .better = Better::kLess};
  PreparedLog& log = bench.log();
  OrganisatieLog organisatie(log.folder().log());
  const std::size_t count = std::max(kFewest, bench.settings().questions / kShareOfQuestions);
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, [&](int round) {
         const auto questions = log.questions(count, false, static_cast<std::uint64_t>(round));
         work_out_report(organisatie, log.projections(), questions[0]);  // its tables come in
         const Sample sample = ask_many(count, [&](std::size_t i) {
           work_out_report(organisatie, log.projections(), questions[i]);
         });
         return Sample{sample.value / 1e3, sample.p99 / 1e3};
       }}};
  bench.measure(row, contenders);
  return row;
}

}  // namespace trede::bench
