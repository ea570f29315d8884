// report: the whole quarterly report, in a process that is up.
#include <random>

#include "projections/reports/definition.h"
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

void work_out_report(ReportDesk& desk, const Question& question) {
  static const pb::ReportDefinition definition =
      must(DefinitionLibrary().load("kwartaal"), "definition");
  must(desk.work_out(definition, {quarter_of(question.day), question.known}), "report");
}

Row report_row(Bench& bench) {
  Row row{.name = "report",
          .what = "the quarterly report over a random quarter, as known at a random position",
          .unit = "ms",
          .better = Better::kLess};
  PreparedLog& log = bench.log();
  ReportDesk desk(log.folder().log(), log.projections());
  const std::size_t count = std::max(kFewest, bench.settings().questions / kShareOfQuestions);
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, [&](int round) {
         const auto questions = log.questions(count, false, static_cast<std::uint64_t>(round));
         work_out_report(desk, questions[0]);  // its tables come in
         const Sample sample =
             ask_many(count, [&](std::size_t i) { work_out_report(desk, questions[i]); });
         return Sample{sample.value / 1e3, sample.p99 / 1e3};
       }}};
  bench.measure(row, contenders);
  return row;
}

}  // namespace trede::bench
