// Ziekteverzuim between the reports and in the eight months of 2024 (later_personeel.h).
#include "tests/reports/later_personeel.h"
#include "tests/reports/tijdvak.h"
#include "tests/reports/verzuim_filler.h"

namespace trede::reports {

namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year;

// The previous report of 2024, and what came after it.
constexpr Period k5Maanden{k8Maanden.van, Day{year{2024} / 5 / 31}};
constexpr Period kLast3{k5Maanden.tm + days{1}, k8Maanden.tm};
constexpr int kQuartersBetween = 11;
constexpr int kQuartersBefore2023 = 7;

// Verzuim of a group: simulated, in tenths of a percent, for each quarter until 2023; in 2023, when
// printed; of the eight months; and of the part of them that is printed too.
struct Course {
  Group group;
  int tenths[kQuartersBetween];
  int long_cases;  // new ones in a quarter
  int long_open;   // at the end of the eight months
  int short_open;
  std::optional<double> in_2023;
  double in_8_months;
  std::optional<double> in_5_months;
  std::optional<double> in_last_3;
};

std::vector<Course> courses(const Figures& figures) {
  const auto part = [&](const char* id) {
    return figures.number(std::string("ziekteverzuim/") + id) / 100;
  };
  const double sw = part("tabel/sw/realisatie");
  return {{{"wsw", ""},
           {123, 125, 130, 142, 134, 135, 140},
           20,
           24,
           12,
           sw - part("tekst/sw/daling"),
           sw,
           {},
           {}},
          {{"beschut_werk", ""},
           {180, 160, 150, 140, 130, 120, 120, 110, 110, 100, 100},
           1,
           2,
           1,
           {},
           part("tabel/bsw/realisatie"),
           part("tekst/bsw/vorige-rapportage"),
           {}},
          {{"ambtelijk", ""},
           {68, 72, 80, 90, 95, 105, 120},
           2,
           2,
           1,
           part("tekst/ambtelijk/2023"),
           part("tabel/ambtelijk/realisatie"),
           {},
           part("tekst/ambtelijk/laatste-3-maanden")}};
}

// The cases that were open at the first report end in the course of that year.
void end_open(Personeel& personeel, Dice& dice) {
  for (Medewerker& m : personeel) {
    for (Verzuim& v : m.verzuim) {
      if (!v.tot) v.tot = kTm + days{dice.between(6, v.van > kTm - days{42} ? 40 : 230)};
    }
  }
}

// The part of `less` when it is `whole` over `all` and `rest` over what `all` has more.
double remaining(double whole, double rest, Units all, Units more) {
  return (whole * static_cast<double>(all) - rest * static_cast<double>(more)) /
         static_cast<double>(all - more);
}

void fill_2024(Personeel& personeel, const Course& course, Dice& dice) {
  const Units all = employed(personeel, course.group, k8Maanden);
  const Units first = employed(personeel, course.group, k5Maanden);
  double in_5 = course.in_5_months.value_or(course.in_8_months);
  if (course.in_last_3) in_5 = remaining(course.in_8_months, *course.in_last_3, all, all - first);
  Filler(personeel, course.group, k5Maanden.tm, dice).fill(k5Maanden, in_5);
  const double in_3 = remaining(course.in_8_months, in_5, all, first);
  Filler(personeel, course.group, kLast3.tm, dice).fill(kLast3, in_3);
}

}  // namespace

void add_later_verzuim(Personeel& personeel, const Figures& figures, Dice& dice) {
  end_open(personeel, dice);
  for (const Course& course : courses(figures)) {
    // What lies in several stretches first: each is then filled up around it.
    Filler(personeel, course.group, k8Maanden.tm, dice)
        .put_open(course.long_open, course.short_open, k8Maanden.tm);
    std::chrono::year_month month = year{2021} / std::chrono::April;
    for (int quarter = 0; quarter < kQuartersBetween; ++quarter, month += months{3}) {
      const Period period{Day{month / 1}, Day{(month + months{3}) / 1} - days{1}};
      Filler filler(personeel, course.group, period.tm, dice);
      if (quarter > 0) filler.put_long(course.long_cases, period.tm);
      const bool printed = quarter >= kQuartersBefore2023 && course.in_2023;
      filler.fill(period, printed ? *course.in_2023 : course.tenths[quarter] / 1000.0);
    }
    fill_2024(personeel, course, dice);
  }
  write_verzuim(personeel, kLater);
}

}  // namespace trede::reports
