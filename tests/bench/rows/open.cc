// open_clean, open_crash: `trede query` as a process, from its start until its answer.
#include <random>

#include "tests/bench/machine/folders.h"
#include "tests/bench/machine/process.h"
#include "tests/bench/roles.h"
#include "tests/bench/rows/rows.h"

namespace trede::bench {

namespace {

double first_answer_ms(Bench& bench, const std::filesystem::path& data, Day day) {
  const std::string program = bench.settings().trede;
  return 1e3 * seconds([&] {
           run({program, "query", "trajecten", "--op", format_day(day), "--per", "gemeente,trede",
                "--data", data});
         });
}

// Leaves in `data` a copy of the log to which a process was appending when it was killed.
void copy_and_crash(Bench& bench, const std::filesystem::path& data, int round) {
  const Settings& settings = bench.settings();
  copy_folder(bench.log().data(), data);
  std::mt19937_64 random(settings.seed + static_cast<std::uint64_t>(round));
  // Somewhere in the second half of the appends, in lines of a thousand events.
  const std::size_t lines = settings.appends / 1'000;
  const std::size_t last_line = lines / 2 + random() % (lines / 2 + 1);
  Running writer({this_program(), "--role", std::string(kWrite), data,
                  std::to_string(settings.appends), std::to_string(settings.gemeenten),
                  std::to_string(settings.seed + 1)});
  for (std::size_t line = 0; line < std::max<std::size_t>(last_line, 1); ++line) {
    if (writer.line() == "all\n") break;
  }
  writer.kill();
}

}  // namespace

Row open_clean(Bench& bench) {
  Row row{.name = "open_clean",
          .what = "`trede query` after a clean stop, start of the process to its answer",
          .unit = "ms",
          .better = Better::kLess};
  PreparedLog& log = bench.log();
  log.projections();  // opened to write and closed again: a clean stop
  const Day day = log.questions(1, true, 1).front().day;
  log.close();
  Extra cold{"the same, nothing of the folder in the page cache", "ms", {}};
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, [&](int) {
         forget_pages(log.data());
         cold.values.push_back(first_answer_ms(bench, log.data(), day));
         return Sample{first_answer_ms(bench, log.data(), day)};
       }}};
  bench.measure(row, contenders);
  row.extras.push_back(std::move(cold));
  return row;
}

Row open_crash(Bench& bench) {
  Row row{.name = "open_crash",
          .what = "`trede query` on a folder whose writer was killed (-9) while it appended",
          .unit = "ms",
          .better = Better::kLess};
  PreparedLog& log = bench.log();
  const Day day = log.questions(1, true, 1).front().day;
  log.close();
  Extra cold{"the same, nothing of the folder in the page cache", "ms", {}};
  const std::vector<Contender> contenders = {
      {"Trede", std::nullopt, [&](int round) {
         const Scratch data(bench.scratch("crashed"));
         copy_and_crash(bench, data.path, round);
         const double warm = first_answer_ms(bench, data.path, day);
         forget_pages(data.path);
         cold.values.push_back(first_answer_ms(bench, data.path, day));
         return Sample{warm};
       }}};
  bench.measure(row, contenders);
  row.extras.push_back(std::move(cold));
  return row;
}

}  // namespace trede::bench
