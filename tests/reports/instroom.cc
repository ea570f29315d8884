#include "tests/reports/instroom.h"

#include <algorithm>
#include <stdexcept>

namespace trede::reports {

namespace {

using std::chrono::days;

// How the year's aanmeldingen divide; what is left of each quarter is in traject at its end.
constexpr int kOpen = 70;
constexpr int kWaiting = 20;
constexpr int kNotStarted[] = {55, 25, 30, 25};
constexpr int kEnded[] = {45, 25, 0, 0};

// What becomes of the people whose intake is due in the quarter; the others of the year's backlog
// have a positive one.
constexpr int kBacklogNegatief = 8;
constexpr int kBacklogTeruggemeld = 5;
constexpr int kBacklogNietGestart = 5;
constexpr int kNewTeruggemeld = 7;
constexpr int kNewNietGestart = 4;
constexpr int kWaitingNietGestart = 3;
constexpr int kBacklogStarts = 50;

Day in_2020(unsigned month, unsigned day) { return Day{std::chrono::year{2020} / month / day}; }

// What a set of people still needs: an intake with this outcome.
struct Due {
  std::string uitkomst;
  bool starts = false;  // begins a traject in the quarter
};

const char* any_reden(Dice& dice) {
  static const std::vector<const char*> reasons = {"problematiek", "ander_traject", "werk_gevonden",
                                                   "werk_gevonden", "verhuisd"};
  return dice.pick(reasons);
}

std::vector<Due> due(int positief_starting, int positief_waiting, int negatief, int teruggemeld) {
  std::vector<Due> out;
  const auto add = [&](int number, Due one) {
    out.insert(out.end(), static_cast<std::size_t>(number), one);
  };
  add(positief_starting, {"positief", true});
  add(positief_waiting, {"positief", false});
  add(negatief, {"negatief", false});
  add(teruggemeld, {"teruggemeld", false});
  return out;
}

// The gemeenten of the intakes of the quarter, in an order by chance.
std::vector<std::string> gemeenten_of_intakes(const Figures& figures, Dice& dice) {
  std::vector<std::string> out;
  for (const std::string gemeente : kGemeenten) {
    const int number = figures.count("intake/afgeronde-intakes/" + id_of(gemeente));
    out.insert(out.end(), static_cast<std::size_t>(number), gemeente);
  }
  dice.shuffle(out);
  return out;
}

// Starts the people of the quarter one after the other, over the treden that `stromen` wants.
class Starter {
 public:
  Starter(Kandidaten& kandidaten, const Stromen& stromen) : kandidaten_(kandidaten) {
    for (const auto& [trede, number] : stromen.starts) {
      treden_.insert(treden_.end(), static_cast<std::size_t>(number), trede);
    }
    kandidaten_.dice().shuffle(treden_);
  }
  int left() const { return static_cast<int>(treden_.size()); }
  void start(Kandidaat& k, Day earliest, Day latest) {
    k.gestart = kandidaten_.working_day(std::max(earliest, kVan + days{3}), latest);
    k.start_trede = treden_.back();
    treden_.pop_back();
  }

 private:
  Kandidaten& kandidaten_;
  std::vector<std::string> treden_;
};

// Intakes of people aangemeld in 2020: a backlog, worked off until the end of February.
void work_off_backlog(Kandidaten& kandidaten, const Aanmeldingen2020& aanmeldingen,
                      std::vector<std::string>& gemeenten, Starter& starter) {
  const int intakes = kOpen - kBacklogNietGestart;
  const int positief = intakes - kBacklogNegatief - kBacklogTeruggemeld;
  std::vector<Due> all =
      due(kBacklogStarts, positief - kBacklogStarts, kBacklogNegatief, kBacklogTeruggemeld);
  kandidaten.dice().shuffle(all);
  for (std::size_t i = 0; i < aanmeldingen.open.size(); ++i) {
    Kandidaat& k = kandidaten.add(aanmeldingen.open[i]);
    if (i >= all.size()) {
      k.niet_gestart = kandidaten.working_day(kVan + days{3}, kVan + days{40});
      k.niet_gestart_reden = any_reden(kandidaten.dice());
      continue;
    }
    k.gemeente = gemeenten.back();
    gemeenten.pop_back();
    k.uitkomst = all[i].uitkomst;
    k.intake = kandidaten.working_day(kVan + days{3}, kVan + days{all[i].starts ? 48 : 58});
    if (all[i].starts) starter.start(k, *k.intake + days{3}, *k.intake + days{24});
  }
}

// People aangemeld in the quarter: most have an intake within weeks, the last ones not yet.
void add_new(Kandidaten& kandidaten, const Figures& figures, std::vector<std::string>& gemeenten,
             Starter& starter) {
  const int negatief = figures.count("intake/tekst/negatief-advies") - kBacklogNegatief;
  const int intakes = static_cast<int>(gemeenten.size());
  const int starts = starter.left();
  std::vector<Due> all =
      due(starts, intakes - starts - negatief - kNewTeruggemeld, negatief, kNewTeruggemeld);
  const int open = figures.count("intake/tekst/aangemeld") - intakes - kNewNietGestart;
  for (const Due& one : all) {
    Kandidaat& k = kandidaten.add(kandidaten.working_day(kVan + days{3}, kVan + days{42}));
    if (!one.starts) k.aangemeld = kandidaten.working_day(kVan + days{10}, kVan + days{62});
    k.gemeente = gemeenten.back();
    gemeenten.pop_back();
    k.uitkomst = one.uitkomst;
    k.intake = kandidaten.working_day(k.aangemeld + days{9},
                                      std::min(k.aangemeld + days{34}, kTm - days{2}));
    if (one.starts) starter.start(k, *k.intake + days{2}, kTm - days{4});
  }
  for (int i = 0; i < kNewNietGestart; ++i) {
    Kandidaat& k = kandidaten.add(kandidaten.working_day(kVan + days{3}, kVan + days{40}));
    k.niet_gestart = kandidaten.working_day(k.aangemeld + days{4}, k.aangemeld + days{30});
    k.niet_gestart_reden = any_reden(kandidaten.dice());
  }
  for (int i = 0; i < open; ++i) {
    kandidaten.add(kandidaten.working_day(kVan + days{55}, kTm));
  }
}

}  // namespace

Aanmeldingen2020 aanmeldingen_of_2020(Kandidaten& kandidaten, const Figures& figures) {
  const int first = figures.count("inleiding/aangemeld/q1-2020");
  const int rest = 4 * figures.count("intake/tekst/aanmeldingen-gemiddeld-2020") - first;
  // The second quarter the fewest, then recovering.
  const int per_quarter[] = {first, rest * 27 / 100, rest * 35 / 100,
                             rest - rest * 27 / 100 - rest * 35 / 100};
  Aanmeldingen2020 out;
  const auto add = [&](std::vector<Day>& to, int number, Day van, Day tm) {
    for (int i = 0; i < number; ++i) to.push_back(kandidaten.working_day(van, tm));
  };
  for (unsigned quarter = 0; quarter < 4; ++quarter) {
    const Day van = in_2020(quarter * 3 + 1, 2);
    // Who is in traject at the end of the year came early enough in its last quarter.
    const Day tm = quarter == 3 ? in_2020(11, 9) : van + days{87};
    const int elsewhere = quarter == 3 ? kOpen + kWaiting : 0;
    add(out.not_started, kNotStarted[quarter], van, tm);
    add(out.ended, kEnded[quarter], van, tm);
    add(out.running, per_quarter[quarter] - kNotStarted[quarter] - kEnded[quarter] - elsewhere, van,
        tm);
  }
  add(out.waiting, kWaiting, in_2020(10, 1), in_2020(11, 13));
  add(out.open, kOpen, in_2020(11, 16), in_2020(12, 30));
  std::ranges::sort(out.ended);
  return out;
}

void add_not_started(Kandidaten& kandidaten, const Aanmeldingen2020& aanmeldingen) {
  for (const Day on : aanmeldingen.not_started) {
    Kandidaat& k = kandidaten.add(on);
    const int fate = kandidaten.dice().between(1, 100);
    const Day done = kandidaten.working_day(on + days{8}, on + days{45});
    if (fate <= 33) {
      k.niet_gestart = done;
      k.niet_gestart_reden = any_reden(kandidaten.dice());
    } else {
      k.intake = done;
      k.uitkomst = fate <= 78 ? "negatief" : "teruggemeld";
    }
  }
}

void add_quarter(Kandidaten& kandidaten, const Figures& figures, const Stromen& stromen,
                 const Aanmeldingen2020& aanmeldingen) {
  Starter starter(kandidaten, stromen);
  for (std::size_t i = 0; i < aanmeldingen.waiting.size(); ++i) {
    Kandidaat& k = kandidaten.add(aanmeldingen.waiting[i]);
    k.intake = kandidaten.working_day(k.aangemeld + days{14}, k.aangemeld + days{42});
    if (i < kWaitingNietGestart) {
      k.niet_gestart = kandidaten.working_day(kVan + days{3}, kVan + days{40});
      k.niet_gestart_reden = any_reden(kandidaten.dice());
    } else {
      starter.start(k, kVan + days{3}, kVan + days{30});
    }
  }
  std::vector<std::string> gemeenten = gemeenten_of_intakes(figures, kandidaten.dice());
  work_off_backlog(kandidaten, aanmeldingen, gemeenten, starter);
  add_new(kandidaten, figures, gemeenten, starter);
  if (starter.left() != 0) throw std::runtime_error("starts without a person");

  for (const std::string gemeente : kGemeenten) {
    const int number = figures.count("statushouders/instroom/" + id_of(gemeente));
    const auto fits = [&](const Kandidaat& k) {
      return k.gestart && *k.gestart >= kVan && k.gemeente == gemeente && !k.is("banenafspraak");
    };
    for (Kandidaat* k : kandidaten.draw(number, fits, "statushouders who start")) {
      k->doelgroepen.insert({"statushouder", "anderstalig"});
    }
  }
}

}  // namespace trede::reports
