// Who comes in after the first report (later.h).
#include <algorithm>
#include <stdexcept>

#include "tests/reports/later.h"

namespace trede::reports {

namespace {

using std::chrono::days;

constexpr Day kLastFromUitgeest = kUitgeestLeft - days{61};

// Whose intake, or the end without one, is still to come.
bool is_open(const Kandidaat& k, Day day) {
  return k.aangemeld <= day && !k.intake && !k.niet_gestart;
}

// When one intake can be: four weeks after the aanmelding, later, or either.
struct Due {
  Kandidaat* kandidaat;
  Period binnen;
  Period later;

  static bool has_room(Period p) { return p.days() >= 4; }
  bool can_be_binnen() const { return has_room(binnen); }
  bool can_be_later() const { return has_room(later); }
};

Due due_of(Kandidaat& k, Period period) {
  const Day day = k.aangemeld;
  return {&k,
          {std::max(period.van, day + days{7}), std::min(day + days{28}, period.tm)},
          {std::max(period.van, day + days{29}), std::min(day + days{62}, period.tm)}};
}

void add_aanmeldingen(Kandidaten& kandidaten, const Tijdvak& tijdvak) {
  for (int i = 0; i < tijdvak.aangemeld; ++i) {
    Kandidaat& k = kandidaten.add(kandidaten.working_day(tijdvak.period.van, tijdvak.period.tm));
    while (k.gemeente == "Uitgeest" && k.aangemeld > kLastFromUitgeest) {
      k.gemeente = any_gemeente(kandidaten.dice());
    }
  }
}

// Those whose turn it is in this stretch: everybody who waited longest, and of the last ones some.
std::vector<Kandidaat*> whose_turn(Kandidaten& kandidaten, Period period) {
  std::vector<Kandidaat*> out;
  for (Kandidaat& k : kandidaten.all()) {
    if (!is_open(k, period.tm) || !may_go_on(k.stream, period)) continue;
    const Due due = due_of(k, period);
    if (due.can_be_later() || (due.can_be_binnen() && kandidaten.dice().chance(40))) {
      out.push_back(&k);
    }
  }
  kandidaten.dice().shuffle(out);
  return out;
}

// Some are not started with: about half without an intake, the others after one.
void leave_out(Kandidaten& kandidaten, std::vector<Kandidaat*>& turn, const Tijdvak& tijdvak) {
  static const std::vector<const char*> reasons = {"problematiek", "ander_traject", "werk_gevonden",
                                                   "werk_gevonden", "verhuisd"};
  if (static_cast<int>(turn.size()) < tijdvak.niet_gestart) {
    throw std::runtime_error("too few people who can be left out");
  }
  for (int i = 0; i < tijdvak.niet_gestart; ++i) {
    Kandidaat& k = *turn[static_cast<std::size_t>(i)];
    if (i % 2 == 0) {
      const Day van = std::max(tijdvak.period.van, k.aangemeld + days{4});
      k.niet_gestart = kandidaten.working_day(
          van, std::max(van + days{3}, std::min(k.aangemeld + days{40}, tijdvak.period.tm)));
      k.niet_gestart_reden = kandidaten.dice().pick(reasons);
    } else {
      k.uitkomst = i % 3 == 0 ? "teruggemeld" : "negatief";
    }
  }
  std::erase_if(turn, [](const Kandidaat* k) { return k->niet_gestart.has_value(); });
}

// Gives everybody an intake, so many of them within four weeks as `percentage` says.
void plan_intakes(Kandidaten& kandidaten, const std::vector<Kandidaat*>& turn,
                  const Tijdvak& tijdvak) {
  std::vector<Due> either;
  int binnen = (static_cast<int>(turn.size()) * tijdvak.binnen_4_weken + 50) / 100;
  const auto plan = [&](const Due& due, bool in_time) {
    const Period room = in_time ? due.binnen : due.later;
    due.kandidaat->intake = kandidaten.working_day(room.van, room.tm);
    binnen -= in_time ? 1 : 0;
  };
  for (Kandidaat* k : turn) {
    const Due due = due_of(*k, tijdvak.period);
    if (due.can_be_binnen() && due.can_be_later()) {
      either.push_back(due);
    } else if (due.can_be_binnen() || due.can_be_later()) {
      plan(due, due.can_be_binnen());
    } else {  // waited longer than anybody should
      k->intake = kandidaten.working_day(tijdvak.period.van, tijdvak.period.van + days{30});
    }
  }
  if (binnen < 0 || binnen > static_cast<int>(either.size())) {
    throw std::runtime_error("no such part of the intakes within four weeks");
  }
  for (const Due& due : either) plan(due, binnen > 0);
}

// Seven of ten positive intakes come with an abc_meting.
void plan_afstanden(Kandidaten& kandidaten, const std::vector<Kandidaat*>& turn,
                    const Tijdvak& tijdvak) {
  std::vector<Kandidaat*> measured;
  for (Kandidaat* k : turn) {
    k->afstand = "";
    if (k->uitkomst == "positief" && kandidaten.dice().chance(70)) measured.push_back(k);
  }
  const auto part = [&](int percentage) {
    return (measured.size() * static_cast<std::size_t>(percentage) + 50) / 100;
  };
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const bool groot = i < part(tijdvak.grote_afstand);
    const bool kort = !groot && i < part(tijdvak.grote_afstand) + part(tijdvak.korte_afstand);
    measured[i]->afstand = groot ? "groot" : kort ? "kort" : "middel";
  }
}

}  // namespace

void add_instroom(Kandidaten& kandidaten, const Tijdvak& tijdvak) {
  static const std::vector<std::string> first_treden = {
      "3", "3", "3", "4", "5", "5", "6", std::string(kNtb), std::string(kNtb), std::string(kNtb)};
  add_aanmeldingen(kandidaten, tijdvak);
  std::vector<Kandidaat*> turn = whose_turn(kandidaten, tijdvak.period);
  leave_out(kandidaten, turn, tijdvak);
  plan_intakes(kandidaten, turn, tijdvak);
  plan_afstanden(kandidaten, turn, tijdvak);
  for (Kandidaat& k : kandidaten.all()) {
    if (!k.intake || k.uitkomst != "positief" || k.gestart || k.niet_gestart) continue;
    const bool at_once = may_go_on(k.stream, tijdvak.period);
    const Day van = std::max(*k.intake + days{2}, kLater.van + days{at_once ? 0 : 60});
    k.gestart = kandidaten.working_day(van, van + days{24});
    k.start_trede = kandidaten.dice().pick(first_treden);
  }
}

}  // namespace trede::reports
