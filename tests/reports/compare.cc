// Imports the history behind both printed reports with the program given as the first word, asks
// every printed figure back, and says of each: equal, known contradiction (with printed, derived
// and why) or not covered (with why). Ends with status 1 when a figure is anything else. `--all`
// lists the equal ones too.
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/reports/comparison.h"
#include "tests/reports/reconstruction.h"
#include "tests/support/temp_dir.h"

namespace trede::reports {

namespace {

// The correction of 14 April: known the day before, one werkaanvaarding more and one maximale
// participatie less.
bool corrections_show(Product& product, std::ostream& out) {
  const std::string asked = "uitstroom --van 2021-01-01 --tm 2021-03-31 --waar reden=";
  const std::string then = " --bekend-op 2021-04-13T12:00:00+02:00";
  const auto answers =
      product.answers({asked + "werkaanvaarding", asked + "werkaanvaarding" + then,
                       asked + "maximale_participatie", asked + "maximale_participatie" + then});
  out << "werkaanvaarding " << answers[0].number.text(0) << ", known on 13 April "
      << answers[1].number.text(0) << "; maximale participatie " << answers[2].number.text(0)
      << ", known on 13 April " << answers[3].number.text(0) << '\n';
  const Rational one(Int128{1});
  return answers[1].number == answers[0].number + one &&
         answers[3].number == answers[2].number - one;
}

std::string history_of(const Reports& reports, Upto upto) {
  std::ostringstream out;
  std::ostringstream log;
  reconstruct(reports, upto, out, log);
  return out.str();
}

// Whether every line of the shorter history stands in the longer one, in the same order.
bool begins_alike(const std::string& shorter, const std::string& longer) {
  std::istringstream wanted(shorter);
  std::istringstream lines(longer);
  std::string want;
  std::string line;
  while (std::getline(wanted, want)) {
    do {
      if (!std::getline(lines, line)) return false;
    } while (line != want);
  }
  return true;
}

bool compare_one(const PrintedReport& printed, const Figures& figures, Product& product, bool all) {
  const Questions questions = Questions::load(TREDE_FIGURES, printed.name);
  Comparison comparison(printed, figures, questions);
  comparison.ask(product);
  const Tally tally = comparison.judge(std::cout, all);
  std::cout << printed.name << ": equal " << tally.equal << ", known contradiction "
            << tally.known_contradiction << ", not covered " << tally.not_covered;
  if (tally.other_variants > 0) {
    std::cout << "; " << tally.other_variants << " cells of other distributions of an open table";
  }
  if (tally.failed > 0) std::cout << "; " << tally.failed << " FAILED";
  std::cout << "\n\n";
  return tally.failed == 0;
}

int compare(const std::filesystem::path& program, bool all) {
  const Reports reports = Reports::load();
  const std::string history = history_of(reports, Upto::k8m_2024);
  if (history != history_of(reports, Upto::k8m_2024)) {
    std::cout << "FAILED: two histories from the same figures\n";
    return 1;
  }
  if (!begins_alike(history_of(reports, Upto::kQ1_2021), history)) {
    std::cout << "FAILED: the history up to the first report is no part of the longer one\n";
    return 1;
  }
  test::TempDir dir;
  std::ofstream(dir / "history.csv", std::ios::binary) << history;
  Product product(program, dir / "data");
  product.import_as_recorded(dir / "history.csv");
  const PrintedReport q1{
      "q1-2021", "--van 2021-01-01 --tm 2021-03-31", {"kwartaal", "financien"}, {"kwartaal"}};
  const PrintedReport m8{"8m-2024",
                         "--van 2024-01-01 --tm 2024-08-31",
                         {"financien", "p-en-c", "verzuim"},
                         {"financien"}};
  bool good = compare_one(q1, reports.q1_2021, product, all);
  good = compare_one(m8, reports.m8_2024, product, all) && good;
  return corrections_show(product, std::cout) && good ? 0 : 1;
}

}  // namespace

}  // namespace trede::reports

int main(int argc, char** argv) {
  const bool all = argc == 3 && std::string(argv[2]) == "--all";
  if (argc != 2 && !all) {
    std::cerr << "usage: compare_report TREDE [--all]\n";
    return 2;
  }
  try {
    return trede::reports::compare(argv[1], all);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
