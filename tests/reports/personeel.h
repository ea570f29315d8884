// The people in employment: Wsw, beschut werk, ambtelijk and payroll; their detacheringen; and
// those in begeleid werken, who are employed elsewhere.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "tests/reports/figures.h"
#include "tests/reports/history.h"

namespace trede::reports {

// One case of verzuim, with at most one change of its percentage.
struct Verzuim {
  Day van;
  std::optional<Day> tot;  // first recovered day
  int percentage = 100;
  std::optional<Day> changed_on;
  int changed_to = 100;
};

struct Medewerker {
  Stream* stream = nullptr;
  std::string dienstverband;
  std::string gemeente;        // of Wsw and beschut werk
  std::string afdeling;        // at the end of the quarter, or when leaving
  std::string first_afdeling;  // when it changes in the quarter, on `change`
  Day change{};
  int factor = 10'000;  // deeltijdfactor, ten-thousandths
  Day start{};
  std::optional<Day> einde;
  bool detached = false;         // at the end of the quarter
  std::vector<Verzuim> verzuim;  // in no order, days apart

  bool moves() const { return !first_afdeling.empty(); }
  // Empty when not employed.
  std::string_view afdeling_on(Day day) const {
    if (day < start || (einde && day >= *einde)) return "";
    return moves() && day < change ? first_afdeling : afdeling;
  }
};

// Everybody in employment since 2020. Addresses stay good.
using Personeel = std::deque<Medewerker>;

// The attributes of the start of the dienstverband, and of a detachering.
Attributes dienstverband_of(const Medewerker& medewerker);
Attributes detachering(const std::string& regeling, bool group, Dice& dice);

// Employment as printed: detacheringen and beschut werk per gemeente with bij and af, the Wsw
// dienstverbanden at the end of 2020, fte per afdeling at the end of the quarter (Wsw and beschut
// werk together), new colleagues. Chosen: how many people make up the fte, who is detached in a
// group from Groen, the ambtelijke staff.
Personeel add_personeel(History& history, const Figures& figures);

// Begeleid werken per gemeente as printed.
void add_begeleid_werken(History& history, const Figures& figures);

}  // namespace trede::reports
