// The two clocks: civil days (what is true when) and moments (when it became known).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace trede {

// A civil date in Europe/Amsterdam.
using Day = std::chrono::sys_days;
// A point in time in UTC, microseconds.
using Moment = std::chrono::sys_time<std::chrono::microseconds>;

inline constexpr Day kFirstDay{std::chrono::year{1950} / 1 / 1};  // no event is valid before it
// The days that can be written.
inline constexpr Day kLeastDay{std::chrono::year{1} / 1 / 1};
inline constexpr Day kMostDay{std::chrono::year{9999} / 12 / 31};

// Days since 1970-01-01, as stored.
inline int day_number(Day day) { return static_cast<int>(day.time_since_epoch().count()); }
inline Day day_from_number(int number) { return Day{std::chrono::days{number}}; }

// `YYYY-MM-DD`, 0001-01-01 .. 9999-12-31. Errors: kInvalid for another form or a day that does not
// exist.
Result<Day> parse_day(std::string_view text);
// `DD-MM-YYYY`, same limits.
Result<Day> parse_dutch_day(std::string_view text);
std::string format_day(Day day);

// RFC 3339 with offset (`2021-04-02T09:30:00+02:00`, `...Z`), up to nine decimals of a second, of
// which six are kept.
// Errors: kInvalid.
Result<Moment> parse_moment(std::string_view text);
// `2021-04-02T07:30:00.000000Z`, always in UTC with six decimals.
std::string format_moment(Moment moment);
// Whether it lies in the years 1 to 9999, as every moment that is stored: others cannot be written.
bool is_moment(Moment moment);

// Errors: kIo when the system has no rules of Europe/Amsterdam. To be asked once, at the start.
Status check_time_zone();
// The civil day in Europe/Amsterdam of `moment` (summer time and all; IANA rules of the system).
// Requires: check_time_zone() is good.
Day civil_day(Moment moment);
// Its first moment. Requires: as civil_day.
Moment begin_of(Day day);

// A period of whole days, both included; `van <= tm`.
struct Period {
  Day van;
  Day tm;
  bool operator==(const Period&) const = default;
  int days() const { return static_cast<int>((tm - van).count()) + 1; }
};

// `2021`, `2021-Q1` or `2021-03` to the days it covers. Errors: kInvalid.
Result<Period> parse_periode(std::string_view text);

// A periode as parse_periode reads it, or two days `2024-01-01/2024-08-31`, both included: the
// first not after the last, and at most a hundred years. Errors: kInvalid.
Result<Period> parse_tijdvak(std::string_view text);

// Days in the calendar year of `day`: 365 or 366.
int days_in_year(Day day);

}  // namespace trede
