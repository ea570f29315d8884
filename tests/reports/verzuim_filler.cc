#include "tests/reports/verzuim_filler.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "tests/reports/tijdvak.h"

namespace trede::reports {

namespace {

using std::chrono::days;

// Of a case that has no end yet.
constexpr Day kOpenUntil{std::chrono::year{2100} / 1 / 1};

Units sick(const Medewerker& m, const Verzuim& v, const Group& group, Period period) {
  Units sum = 0;
  for (Day day = std::max(v.van, period.van); day <= period.tm && (!v.tot || day < *v.tot);
       day += days{1}) {
    if (!group.has(m, day)) continue;
    sum += m.factor * (v.changed_on && day >= *v.changed_on ? v.changed_to : v.percentage);
  }
  return sum;
}

}  // namespace

bool Group::has(const Medewerker& m, Day day) const {
  const auto there = m.afdeling_on(day);
  if (there.empty() || (!afdeling.empty() && there != afdeling)) return false;
  return m.dienstverband == dienstverband ||
         (dienstverband == "ambtelijk" && m.dienstverband == "payroll");
}

Units employed(const Personeel& personeel, const Group& group, Period period) {
  Units sum = 0;
  for (const Medewerker& m : personeel) {
    for (Day day = period.van; day <= period.tm; day += days{1}) {
      if (group.has(m, day)) sum += m.factor * 100;
    }
  }
  return sum;
}

Units sick(const Personeel& personeel, const Group& group, Period period) {
  Units sum = 0;
  for (const Medewerker& m : personeel) {
    for (const Verzuim& v : m.verzuim) sum += sick(m, v, group, period);
  }
  return sum;
}

Filler::Filler(Personeel& personeel, Group group, Day day, Dice& dice)
    : personeel_(personeel), group_(std::move(group)), dice_(dice) {
  for (Medewerker& m : personeel) {
    if (group_.has(m, day) && !m.moves()) people_.push_back(&m);
  }
}

void Filler::put(const Verzuim& v) { free_person(v.van, v.tot)->verzuim.push_back(v); }

void Filler::put_open(int long_open, int short_open, Day on) {
  // More than six weeks: 43 days or more, the first sick day counted.
  const Day long_since = on - days{42};
  for (int i = 0; i < long_open; ++i) {
    // Most of them of the last winter, some of more than a year.
    const int before = dice_.chance(12) ? dice_.between(325, 500) : dice_.between(0, 240);
    Verzuim v{long_since - days{before}, std::nullopt, 100, std::nullopt, 100};
    if (before > 40 && dice_.chance(55)) {
      v.changed_on = v.van + days{dice_.between(35, before)};
      v.changed_to = dice_.chance(60) ? 50 : 75;
    }
    put(v);
  }
  for (int i = 0; i < short_open; ++i) {
    put({long_since + days{dice_.between(1, 41)}, std::nullopt, 100, std::nullopt, 100});
  }
}

void Filler::put_long(int number, Day day) {
  for (int i = 0; i < number; ++i) {
    const Day van = day - days{dice_.between(10, 80)};
    put({van, van + days{dice_.between(60, 150)}, 100, std::nullopt, 100});
  }
}

void Filler::fill(Period period, double part) {
  const auto all = static_cast<double>(employed(personeel_, group_, period));
  Units left =
      static_cast<Units>(std::llround(all * part)) - reports::sick(personeel_, group_, period);
  if (left < 0) throw std::runtime_error("too much verzuim already in " + group_.afdeling);
  constexpr Units kDay = 1'000'000;  // of a full-timer
  while (left > 60 * kDay) {
    const int length = dice_.chance(25) ? dice_.between(15, 50) : dice_.between(2, 12);
    const int room = period.days() - length - 1;
    const Day van = period.van + days{dice_.between(0, room)};
    const Verzuim v{van, van + days{length}, 100, std::nullopt, 100};
    Medewerker* m = free_person(v.van, v.tot);
    m->verzuim.push_back(v);
    left -= sick(*m, v, group_, period);
  }
  while (left > kDay / 2) {
    const int length = static_cast<int>(std::clamp<Units>(left / kDay, 1, 20));
    const Day van = period.van + days{dice_.between(5, period.days() - length - 5)};
    const Units most = left / length / 100;
    Medewerker* m = free_person(van, van + days{length});
    const int percentage = m->factor <= most ? 100 : static_cast<int>(left / length / m->factor);
    if (percentage == 0) break;
    m->verzuim.push_back({van, van + days{length}, percentage, std::nullopt, 100});
    left -= sick(*m, m->verzuim.back(), group_, period);
  }
}

Medewerker* Filler::free_person(Day van, std::optional<Day> tot) {
  const Day last = tot.value_or(kOpenUntil);
  for (int attempt = 0; attempt < 5000; ++attempt) {
    Medewerker* m = dice_.pick(people_);
    if (m->start > van - days{14} || (m->einde && *m->einde <= last)) continue;
    if (van > kTm && !may_go_on(m->stream, {van, last})) continue;
    const bool busy = std::ranges::any_of(m->verzuim, [&](const Verzuim& v) {
      return v.van <= last + days{4} && van <= v.tot.value_or(kOpenUntil) + days{4};
    });
    if (!busy) return m;
  }
  throw std::runtime_error("nobody left to be ill in " + group_.dienstverband + " " +
                           group_.afdeling + " on " + format_day(van));
}

void write_verzuim(const Personeel& personeel, Period window) {
  for (const Medewerker& m : personeel) {
    for (const Verzuim& v : m.verzuim) {
      if (holds(window, v.van)) {
        Attributes first;
        if (v.percentage < 100) {
          first = {{"percentage", std::to_string(v.percentage)},
                   {"vastgesteld_door", "bedrijfsarts"}};
        }
        m.stream->add(v.van, "ziekmelding", first);
      }
      if (v.changed_on && holds(window, *v.changed_on)) {
        m.stream->add(
            *v.changed_on, "verzuim_gewijzigd",
            {{"percentage", std::to_string(v.changed_to)}, {"vastgesteld_door", "bedrijfsarts"}});
      }
      // With the dienstverband the case ends by itself.
      if (v.tot && holds(window, *v.tot) && (!m.einde || *v.tot < *m.einde)) {
        m.stream->add(*v.tot, "herstelmelding");
      }
    }
  }
}

}  // namespace trede::reports
