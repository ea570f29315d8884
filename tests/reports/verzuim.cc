#include "tests/reports/verzuim.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "tests/reports/kandidaat.h"

namespace trede::reports {

namespace {

using std::chrono::days;

// FTE-days in millionths: days x deeltijdfactor (ten-thousandths) x percentage.
using Units = std::int64_t;

constexpr Period kQuarter{kVan, kTm};
// More than six weeks on the last day of the quarter: 43 days or more, the first sick day counted.
constexpr Day kLongSince = kTm - days{42};

// People whose percentage is printed, or chosen, apart.
struct Group {
  std::string dienstverband;  // `ambtelijk` stands for payroll too
  std::string afdeling;       // empty: all
  int long_open;              // cases open at the end of the quarter, by length
  int short_open;

  bool has(const Medewerker& m, Day day) const {
    const auto there = m.afdeling_on(day);
    if (there.empty() || (!afdeling.empty() && there != afdeling)) return false;
    return m.dienstverband == dienstverband ||
           (dienstverband == "ambtelijk" && m.dienstverband == "payroll");
  }
};

// 80 open cases, 52 of them long: 65 %.
const std::vector<Group> kGroups = {
    {"wsw", "Groen", 10, 5},       {"wsw", "Leerwerkbedrijf productie", 18, 10},
    {"wsw", "Hoofdkantoor", 0, 0}, {"wsw", "Gedetacheerden", 14, 7},
    {"beschut_werk", "", 5, 3},    {"ambtelijk", "", 5, 3}};

Units employed(const Personeel& personeel, const Group& group, Period period) {
  Units sum = 0;
  for (const Medewerker& m : personeel) {
    for (Day day = period.van; day <= period.tm; day += days{1}) {
      if (group.has(m, day)) sum += m.factor * 100;
    }
  }
  return sum;
}

Units sick(const Medewerker& m, const Verzuim& v, Period period) {
  Units sum = 0;
  for (Day day = std::max(v.van, period.van); day <= period.tm && (!v.tot || day < *v.tot);
       day += days{1}) {
    sum += m.factor * (v.changed_on && day >= *v.changed_on ? v.changed_to : v.percentage);
  }
  return sum;
}

class Filler {
 public:
  Filler(Personeel& personeel, const Group& group, Dice& dice)
      : personeel_(personeel), group_(group), dice_(dice) {
    for (Medewerker& m : personeel) {
      if (group.has(m, kTm) && !m.moves() && !m.einde) people_.push_back(&m);
    }
  }

  // The cases that are open at the end of the quarter.
  void add_open() {
    for (int i = 0; i < group_.long_open; ++i) {
      // Most of them of this winter, some of more than a year.
      const int before = dice_.chance(12) ? dice_.between(325, 500) : dice_.between(0, 240);
      Verzuim v{kLongSince - days{before}, std::nullopt, 100, std::nullopt, 100};
      if (before > 40 && dice_.chance(55)) {
        v.changed_on = v.van + days{dice_.between(35, before)};
        v.changed_to = dice_.chance(60) ? 50 : 75;
      }
      put(v);
    }
    for (int i = 0; i < group_.short_open; ++i) {
      put({kLongSince + days{dice_.between(1, 41)}, std::nullopt, 100, std::nullopt, 100});
    }
  }

  // Cases of some months around `day`, ended since.
  void add_long(int number, Day day) {
    for (int i = 0; i < number; ++i) {
      const Day van = day - days{dice_.between(10, 80)};
      put({van, van + days{dice_.between(60, 150)}, 100, std::nullopt, 100});
    }
  }

  // Adds cases within the period until its percentage is `target` of all.
  void fill(Period period, double target) {
    const Units all = employed(personeel_, group_, period);
    Units left = static_cast<Units>(std::llround(static_cast<double>(all) * target));
    for (const Medewerker* m : people_) {
      for (const Verzuim& v : m->verzuim) left -= sick(*m, v, period);
    }
    if (left < 0) throw std::runtime_error("too much verzuim already in " + group_.afdeling);
    constexpr Units kDay = 1'000'000;  // of a full-timer
    while (left > 60 * kDay) {
      const int length = dice_.chance(25) ? dice_.between(15, 50) : dice_.between(2, 12);
      const int room = period.days() - length - 1;
      const Day van = period.van + days{dice_.between(0, room)};
      left -= put_within({van, van + days{length}, 100, std::nullopt, 100}, period);
    }
    while (left > kDay / 2) {
      const int length = static_cast<int>(std::clamp<Units>(left / kDay, 1, 20));
      const Day van = period.van + days{dice_.between(5, period.days() - length - 5)};
      const Units most = left / length / 100;
      Medewerker* m = free_person(van, van + days{length});
      const int percentage = m->factor <= most ? 100 : static_cast<int>(left / length / m->factor);
      if (percentage == 0) break;
      m->verzuim.push_back({van, van + days{length}, percentage, std::nullopt, 100});
      left -= sick(*m, m->verzuim.back(), period);
    }
  }

 private:
  Medewerker* free_person(Day van, std::optional<Day> tot) {
    const Day last = tot.value_or(kTm + days{60});
    for (int attempt = 0; attempt < 5000; ++attempt) {
      Medewerker* m = dice_.pick(people_);
      if (m->start > van - days{14}) continue;
      const bool busy = std::ranges::any_of(m->verzuim, [&](const Verzuim& v) {
        return v.van <= last + days{4} && van <= v.tot.value_or(kTm + days{60}) + days{4};
      });
      if (!busy) return m;
    }
    throw std::runtime_error("nobody left to be ill in " + group_.dienstverband + " " +
                             group_.afdeling + " on " + format_day(van));
  }
  void put(const Verzuim& v) { free_person(v.van, v.tot)->verzuim.push_back(v); }
  Units put_within(const Verzuim& v, Period period) {
    Medewerker* m = free_person(v.van, v.tot);
    m->verzuim.push_back(v);
    return sick(*m, v, period);
  }

  Personeel& personeel_;
  const Group& group_;
  Dice& dice_;
  std::vector<Medewerker*> people_;
};

// The share of each group in the quarter. Beschut werk makes up what Wsw lacks of both together.
std::vector<double> targets(const Personeel& personeel, const Figures& figures) {
  std::vector<double> out;
  const double both = figures.number("verzuim/prestatieafspraken/sw-en-beschut/realisatie") / 100;
  double missing = 0;
  for (const Group& group : kGroups) {
    const auto all = static_cast<double>(employed(personeel, group, kQuarter));
    if (group.dienstverband == "wsw") {
      const std::string id = "verzuim/afdeling/" + id_of(group.afdeling) + "/pct-ziek";
      out.push_back(figures.number(id) / 100);
      missing += (both - out.back()) * all;
    } else if (group.dienstverband == "beschut_werk") {
      out.push_back(both + missing / all);
    } else {
      out.push_back(figures.number("verzuim/prestatieafspraken/ambtelijk/realisatie") / 100);
    }
  }
  return out;
}

void write(const Medewerker& m) {
  for (const Verzuim& v : m.verzuim) {
    Attributes first;
    if (v.percentage < 100) {
      first = {{"percentage", std::to_string(v.percentage)}, {"vastgesteld_door", "bedrijfsarts"}};
    }
    m.stream->add(v.van, "ziekmelding", first);
    if (v.changed_on) {
      m.stream->add(
          *v.changed_on, "verzuim_gewijzigd",
          {{"percentage", std::to_string(v.changed_to)}, {"vastgesteld_door", "bedrijfsarts"}});
    }
    if (v.tot) m.stream->add(*v.tot, "herstelmelding");
  }
}

// Two ambtelijke colleagues on leave; they were never ill.
void add_verlof(Personeel& personeel) {
  int number = 0;
  for (Medewerker& m : personeel) {
    if (m.dienstverband != "ambtelijk" || !m.verzuim.empty() || m.einde) continue;
    const Day van = kVan - days{40} + days{60 * number};
    if (m.start > van - days{300}) continue;
    m.stream->add(van, "verlof_start");
    if (number == 0) m.stream->add(van + days{112}, "verlof_einde");
    if (++number == 2) return;
  }
}

}  // namespace

void add_verzuim(Personeel& personeel, const Figures& figures, Dice& dice) {
  const auto quarter_of_2020 = [](unsigned number) {
    const Day van{std::chrono::year{2020} / (number * 3 + 1) / 1};
    const Day next{number == 3 ? std::chrono::year{2021} / 1 / 1
                               : std::chrono::year{2020} / (number * 3 + 4) / 1};
    return Period{van, next - days{1}};
  };
  const double both = figures.number("verzuim/prestatieafspraken/sw-en-beschut/realisatie");
  const double higher = (both - figures.number("inleiding/ziekteverzuim-sw/daling")) / both;
  const double course[] = {higher, 1.02, 0.97, 1.03};  // of 2020, against the quarter
  const std::vector<double> share = targets(personeel, figures);
  for (std::size_t i = 0; i < kGroups.size(); ++i) {
    if (share[i] == 0) continue;
    Filler filler(personeel, kGroups[i], dice);
    filler.add_open();
    // What lies in several quarters first: each quarter is then filled up around it.
    for (unsigned quarter = 0; quarter < 3; ++quarter) {
      filler.add_long(kGroups[i].long_open / 3, quarter_of_2020(quarter).van);
    }
    for (unsigned quarter = 0; quarter < 4; ++quarter) {
      filler.fill(quarter_of_2020(quarter), share[i] * course[quarter]);
    }
    filler.fill(kQuarter, share[i]);
  }
  for (const Medewerker& m : personeel) write(m);
  add_verlof(personeel);
}

}  // namespace trede::reports
