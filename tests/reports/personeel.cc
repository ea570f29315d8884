#include "tests/reports/personeel.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "tests/reports/kandidaat.h"

namespace trede::reports {

namespace {

using std::chrono::days;

const char* const kGroen = "Groen";
const char* const kProductie = "Leerwerkbedrijf productie";
const char* const kHoofdkantoor = "Hoofdkantoor";
const char* const kGedetacheerden = "Gedetacheerden";

// People at the end of the quarter, chosen so that the printed fte make a usual deeltijdfactor.
constexpr int kWswGroen = 130;  // 13 of them detached in a group
constexpr int kWswHoofdkantoor = 9;
constexpr int kBeschutGroen = 12;
constexpr int kLeftIn2020 = 18;  // Wsw

Day in(int year, unsigned month, unsigned day) {
  return Day{std::chrono::year{year} / month / day};
}

Day between(Dice& dice, Day van, Day tm) {
  return van + days{dice.between(0, static_cast<int>((tm - van).count()))};
}

// Ten-thousandths as a decimal: `0.8889`.
std::string factor_text(int factor) {
  const std::string decimals = std::to_string(10'000 + factor % 10'000).substr(1);
  return std::to_string(factor / 10'000) + "." + decimals;
}

// Builds the people first, so that their deeltijdfactoren can be fitted to the fte; then writes.
class Builder {
 public:
  Builder(History& history, const Figures& figures)
      : history_(history), figures_(figures), dice_(history.dice()) {}

  Personeel build() {
    add_detached();
    add_other_wsw();
    add_beschut();
    fit_fte();
    add_ambtelijk();
    for (auto& plan : plans_) write(plan);
    return std::move(people_);
  }

 private:
  struct Plan {
    Medewerker* person;
    std::optional<Day> detached_from;
    std::optional<Day> detached_to;
    std::string end_reden;  // of the detachering
    std::string reden;      // of the end of the dienstverband
    bool group = false;
  };

  Plan& add(const std::string& dienstverband, const std::string& gemeente,
            const std::string& afdeling) {
    Medewerker& person = people_.emplace_back();
    person.dienstverband = dienstverband;
    person.gemeente = gemeente;
    person.afdeling = afdeling;
    Plan plan;
    plan.person = &person;
    return plans_.emplace_back(std::move(plan));
  }

  Plan& add_wsw(const std::string& gemeente, const std::string& afdeling) {
    Plan& plan = add("wsw", gemeente, afdeling);
    plan.person->start = between(dice_, in(1986, 2, 1), in(2014, 11, 30));
    return plan;
  }

  void detach(Plan& plan) {
    plan.detached_from =
        between(dice_, std::max(plan.person->start + days{30}, in(2008, 1, 1)), in(2020, 10, 31));
  }

  // Ends a detachering in the quarter; every third of those people leaves, the others return.
  void end_detachering(Plan& plan, int number) {
    static const std::array<const char*, 4> redenen = {"contract_afgelopen", "medisch",
                                                       "contract_afgelopen", "werkgever"};
    const Day on = between(dice_, kVan + days{10}, kTm);
    if (number % 3 == 2) {
      plan.person->einde = on;
      plan.reden = number % 2 == 0 ? "pensioen" : "wia";
      return;  // the detachering ends with the dienstverband
    }
    plan.detached_to = on;
    plan.end_reden = redenen[static_cast<std::size_t>(number) % redenen.size()];
    plan.person->first_afdeling = kGedetacheerden;
    plan.person->afdeling = kProductie;
    plan.person->change = on;
  }

  void add_detached() {
    int ended = 0;
    int running = 0;
    for (const std::string gemeente : kGemeenten) {
      const std::string id = "detacheringen/" + id_of(gemeente) + "/";
      const int af = figures_.count(id + "uitstroom");
      for (int i = 0; i < figures_.count(id + "begin"); ++i) {
        Plan& plan = add_wsw(gemeente, kGedetacheerden);
        detach(plan);
        if (i < af) {
          end_detachering(plan, ended++);
        } else if (running++ % 15 == 7) {
          plan.group = true;
          plan.person->afdeling = kGroen;
        }
      }
      for (int i = 0; i < figures_.count(id + "instroom"); ++i) {
        Plan& plan = add_wsw(gemeente, kGedetacheerden);
        plan.person->first_afdeling = kProductie;
        plan.person->change = between(dice_, kVan + days{10}, kTm - days{5});
        plan.detached_from = plan.person->change;
      }
    }
  }

  int count(const std::string& dienstverband, const std::string& afdeling) const {
    return static_cast<int>(std::ranges::count_if(people_, [&](const Medewerker& m) {
      return m.dienstverband == dienstverband && m.afdeling == afdeling && !m.einde;
    }));
  }

  void add_other_wsw() {
    // One more leaves in the quarter, from production.
    Plan& leaver = add_wsw(any_gemeente(dice_), kProductie);
    leaver.person->einde = in(2021, 2, 1);
    leaver.reden = "pensioen";
    const auto fill = [&](const char* afdeling, int number) {
      while (count("wsw", afdeling) < number) add_wsw(any_gemeente(dice_), afdeling);
    };
    fill(kGroen, kWswGroen);
    fill(kHoofdkantoor, kWswHoofdkantoor);
    const int at_begin = figures_.count("begrippenlijst/wsw-dienstverband-eind-2020");
    while (static_cast<int>(people_.size()) < at_begin) add_wsw(any_gemeente(dice_), kProductie);
    for (int i = 0; i < kLeftIn2020; ++i) {
      Plan& plan = add_wsw(any_gemeente(dice_), i % 2 == 0 ? kProductie : kGroen);
      plan.person->einde = between(dice_, in(2020, 1, 20), in(2020, 12, 20));
      plan.reden = i % 3 == 0 ? "wia" : "pensioen";
    }
  }

  void add_beschut() {
    int groen = 0;
    for (const std::string gemeente : kGemeenten) {
      const std::string id = "beschut-werk/" + id_of(gemeente) + "/";
      const int af = figures_.count(id + "uitstroom");
      const auto add_one = [&](Day start, bool stays) -> Plan& {
        const bool in_groen = stays && groen < kBeschutGroen && dice_.chance(50);
        if (in_groen) ++groen;
        Plan& plan = add("beschut_werk", gemeente, in_groen ? kGroen : kProductie);
        plan.person->start = start;
        return plan;
      };
      for (int i = 0; i < figures_.count(id + "begin"); ++i) {
        const bool leaves = i < af;
        Plan& plan = add_one(between(dice_, in(2016, 3, 1), in(2020, 9, 30)), !leaves);
        if (!leaves) continue;
        plan.person->einde = i == 0 ? in(2021, 2, 1) : in(2021, 1, 25);
        plan.reden = i == 0 ? "eigen_verzoek" : "proeftijd";
        if (i > 0) plan.person->start = in(2020, 12, 7);
      }
      for (int i = 0; i < figures_.count(id + "instroom"); ++i) {
        add_one(i % 2 == 0 ? in(2021, 2, 1) : in(2021, 3, 1), true);
      }
    }
  }

  // Lowers deeltijdfactoren, a fifth or two at a time, until each afdeling has the printed fte.
  void fit_fte() {
    for (const char* afdeling : {kGroen, kProductie, kHoofdkantoor, kGedetacheerden}) {
      std::vector<Medewerker*> there;
      for (Medewerker& m : people_) {
        if (m.afdeling == afdeling && !m.einde) there.push_back(&m);
      }
      const std::string id = "verzuim/afdeling/" + id_of(afdeling) + "/aantal";
      int excess = static_cast<int>(there.size()) * 20 - figures_.count(id) * 20;  // twentieths
      if (excess < 0)
        throw std::runtime_error("too few people for the fte of " + std::string(afdeling));
      dice_.shuffle(there);
      for (std::size_t i = 0; excess > 0; ++i) {
        const int less = std::min(excess, dice_.chance(30) ? 8 : 4);
        there.at(i)->factor -= less * 500;
        excess -= less;
      }
    }
  }

  void add_ambtelijk() {
    constexpr int kStaff = 78;
    constexpr int kSince2015 = 46;  // with the two new ones 48 of 80: 60 %
    static const std::vector<const char*> afdelingen = {
        "Re-integratie", "Re-integratie", "Re-integratie", "Werkgeversservicepunt",
        kHoofdkantoor,   kHoofdkantoor,   kProductie,      kGroen};
    const auto add_one = [&](const char* kind, const char* afdeling, Day start) {
      Plan& plan = add(kind, "", afdeling);
      plan.person->start = start;
      plan.person->factor = dice_.chance(55) ? 10'000 : dice_.chance(50) ? 8889 : 6667;
    };
    for (int i = 0; i < kStaff; ++i) {
      const bool recent = i < kSince2015;
      add_one("ambtelijk", dice_.pick(afdelingen),
              between(dice_, recent ? in(2015, 2, 1) : in(1990, 1, 1),
                      recent ? in(2020, 11, 30) : in(2014, 12, 1)));
    }
    for (int i = 0; i < 15; ++i) {
      add_one("payroll", dice_.pick(afdelingen), between(dice_, in(2017, 1, 1), in(2020, 11, 30)));
    }
    // A jobcoach on the first day of the year, and two more: as printed.
    add_one("ambtelijk", "Werkgeversservicepunt", kVan);
    const int others = figures_.count("p-en-o/vacatures/nieuwe-medewerkers") -
                       figures_.count("p-en-o/vacatures/nieuwe-jobcoach-wsp");
    for (int i = 0; i < others; ++i) {
      add_one(i == 0 ? "ambtelijk" : "payroll", "Re-integratie", in(2021, 2, 1) + days{28 * i});
    }
  }

  void write(Plan& plan) {
    Medewerker& m = *plan.person;
    m.stream = &history_.new_dossier();
    m.detached = plan.detached_from && !plan.detached_to && !m.einde;
    m.stream->add(m.start, "dienstverband_start", dienstverband_of(m));
    const std::string groep = m.moves() ? "verplaatsing" : "";
    if (m.moves()) {
      m.stream->add(m.change, "dienstverband_gewijzigd", {{"afdeling", m.afdeling}}).groep = groep;
    }
    if (plan.detached_from) {
      Event& event = m.stream->add(*plan.detached_from, "plaatsing",
                                   detachering(m.dienstverband, plan.group, dice_));
      if (plan.detached_from >= kVan) event.groep = groep;
    }
    if (plan.detached_to) {
      m.stream
          ->add(*plan.detached_to, "plaatsing_einde",
                {{"kenmerk", "detachering"}, {"reden", plan.end_reden}})
          .groep = groep;
    }
    if (m.einde) m.stream->add(*m.einde, "dienstverband_einde", {{"reden", plan.reden}});
  }

  History& history_;
  const Figures& figures_;
  Dice& dice_;
  Personeel people_;
  std::deque<Plan> plans_;
};

}  // namespace

Attributes dienstverband_of(const Medewerker& m) {
  Attributes out{{"dienstverband", m.dienstverband},
                 {"afdeling", m.moves() ? m.first_afdeling : m.afdeling},
                 {"deeltijdfactor", factor_text(m.factor)}};
  if (!m.gemeente.empty()) out.emplace_back("gemeente", m.gemeente);
  if (m.dienstverband == "beschut_werk") out.emplace_back("loonkostensubsidie", "ja");
  return out;
}

Attributes detachering(const std::string& regeling, bool group, Dice& dice) {
  const int number = dice.between(1, 60);
  return {{"plaatsing", "detachering"},
          {"kenmerk", "detachering"},
          {"regeling", regeling},
          {"vorm", group ? "groep" : "individueel"},
          {"werkgever", std::string(number < 10 ? "w-000" : "w-00") + std::to_string(number)}};
}

Personeel add_personeel(History& history, const Figures& figures) {
  return Builder(history, figures).build();
}

void add_begeleid_werken(History& history, const Figures& figures) {
  Dice& dice = history.dice();
  for (const std::string gemeente : kGemeenten) {
    const std::string id = "begeleid-werken/" + id_of(gemeente) + "/";
    const int begin = figures.count(id + "begin");
    const int bij = figures.count(id + "instroom");
    for (int i = 0; i < begin + bij; ++i) {
      Stream& stream = history.new_dossier();
      const Day on = i < begin ? between(dice, in(2006, 1, 1), in(2019, 12, 1))
                               : between(dice, kVan + days{4}, kTm);
      stream.add(on, "plaatsing",
                 {{"plaatsing", "begeleid_werken"},
                  {"kenmerk", "begeleid"},
                  {"gemeente", gemeente},
                  {"regeling", "wsw"},
                  {"uren", std::to_string(dice.between(16, 40))}});
      if (i < figures.count(id + "uitstroom")) {
        stream.add(in(2021, 3, 1), "plaatsing_einde",
                   {{"kenmerk", "begeleid"}, {"reden", "pensioen"}});
      }
    }
  }
}

}  // namespace trede::reports
