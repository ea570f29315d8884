// Every figure of one printed report beside what the product answers.
#pragma once

#include <map>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "tests/reports/figures.h"
#include "tests/reports/product.h"
#include "tests/reports/questions.h"

namespace trede::reports {

// A report that was printed.
struct PrintedReport {
  std::string name;                  // of its files in figures/
  std::string period;                // as options
  std::vector<std::string> asked;    // reports of the product in which its cells may stand
  std::vector<std::string> matched;  // those of them in which the cell with the id of a figure is
                                     // that figure
};

// How many figures came out how. What is neither of the first three failed, or is a cell of a
// distribution of the open table that was not chosen.
struct Tally {
  int equal = 0;
  int known_contradiction = 0;
  int not_covered = 0;
  int other_variants = 0;
  int failed = 0;
};

// What is known of one report before the product is asked. `figures`, `questions` must outlive it.
class Comparison {
 public:
  Comparison(PrintedReport report, const Figures& figures, const Questions& questions)
      : report_(std::move(report)), figures_(figures), questions_(questions) {}

  void ask(Product& product);
  // Says of each figure what came of it, of the equal ones only with `all`. Requires: asked.
  Tally judge(std::ostream& out, bool all);

 private:
  struct Derived {
    std::string text;  // as it would be printed
    bool equal;
  };
  struct Verdict;

  Verdict verdict_of(const Figure& figure) const;
  std::vector<Derived> derived(const Figure& figure) const;
  Derived answer(const Question& question, const Figure& figure) const;
  // Throws std::runtime_error, saying why, when there is no number.
  Rational number_of(const Part& part) const;
  void say_the_rest(std::ostream& out) const;

  PrintedReport report_;
  const Figures& figures_;
  const Questions& questions_;
  std::map<std::string, Answered> answers_;                          // by query
  std::map<std::string, std::map<std::string, std::string>> cells_;  // by report and id
  std::map<std::string, std::vector<const Question*>> by_figure_;
  std::map<std::string, int> not_covered_;  // by reason
};

}  // namespace trede::reports
