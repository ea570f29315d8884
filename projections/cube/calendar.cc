#include "projections/cube/calendar.h"

#include <chrono>

#include "engine/base/time.h"

namespace trede {

namespace {

int months_in(PeriodeSoort soort) {
  switch (soort) {
    case PeriodeSoort::kJaar: return 12;
    case PeriodeSoort::kKwartaal: return 3;
    case PeriodeSoort::kMaand: return 1;
  }
  return 1;
}

}  // namespace

int month_number(int day) {
  const std::chrono::year_month_day date{day_from_number(day)};
  return static_cast<int>(date.year()) * 12 + static_cast<int>(unsigned{date.month()}) - 1;
}

int month_first_day(int month) {
  const std::chrono::year year{month / 12};
  const std::chrono::month in_year{static_cast<unsigned>(month % 12 + 1)};
  return day_number(year / in_year / 1);
}

int periode_first_day(PeriodeSoort soort, int day) {
  const int months = months_in(soort);
  return month_first_day(month_number(day) / months * months);
}

}  // namespace trede
