// The flows between treden in the quarter: what the report prints of them, and one consistent
// choice for what it does not print.
#pragma once

#include <map>
#include <string>

#include "tests/reports/figures.h"

namespace trede::reports {

// Counts per trede; treden are `3` .. `6` and `nader_te_bepalen`.
struct Stromen {
  std::map<std::string, int> begin;
  std::map<std::string, int> werkaanvaarding;
  std::map<std::string, int> maximale_participatie;
  std::map<std::string, int> overige;
  std::map<std::pair<std::string, std::string>, int> naar;  // (van, naar), indeling included
  std::map<std::string, int> starts;                        // new trajecten

  int starts_in_all() const;
};

// From the report: stands at the beginning, and per trede bij, af and its results.
// Chosen, because it is printed nowhere: to which lower trede people go back; how much of bij comes
// from n.t.b. (four in ten of what doorstroom and terug do not explain); who leaves from n.t.b.:
// the werkaanvaarding that the overview counts and no trede has, and six others.
Stromen stromen_of(const Figures& figures);

}  // namespace trede::reports
