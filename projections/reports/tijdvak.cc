#include "projections/reports/tijdvak.h"

#include <algorithm>
#include <array>

#include "engine/dossier/zinnen.h"

namespace trede {

namespace {

namespace chr = std::chrono;
using chr::days;
using chr::months;
using chr::year_month_day;
using chr::years;

constexpr std::array<const char*, 12> kMonths = {"jan", "feb", "mrt", "apr", "mei", "jun",
                                                 "jul", "aug", "sep", "okt", "nov", "dec"};

bool is_last_of_month(Day day) {
  const year_month_day ymd(day);
  return ymd.day() == (ymd.year() / ymd.month() / chr::last).day();
}

// The same day of another month, or the last of that month.
Day moved(Day day, months by) {
  const year_month_day from(day);
  const auto to = (from.year() / from.month()) + by;
  return Day{to / std::min(from.day(), (to / chr::last).day())};
}

// As moved, of the last day of a period: one that ends with its month still does.
Day moved_end(Day day, months by) {
  if (!is_last_of_month(day)) return moved(day, by);
  const year_month_day from(day);
  return Day{((from.year() / from.month()) + by) / chr::last};
}

Day first_of_year(chr::year year) { return Day{year / 1 / 1}; }
Day last_of_year(chr::year year) { return Day{year / 12 / 31}; }
chr::year year_of(Day day) { return year_month_day(day).year(); }

Period last_months(const Period& from, int count) {
  return {moved(from.tm + days{1}, months{-count}), from.tm};
}

// As many months before, when it is made of whole months; else as many days.
Period before(const Period& from) {
  const year_month_day van(from.van);
  const Day tm = from.van - days{1};
  if (van.day() == chr::day{1} && is_last_of_month(from.tm)) {
    const year_month_day to(from.tm);
    const auto count = (to.year() / to.month()) - (van.year() / van.month()) + months{1};
    return {moved(from.van, -count), tm};
  }
  return {from.van - days{from.days()}, tm};
}

}  // namespace

Result<Period> period_at(pb::Tijdvak tijdvak, const Period& from) {
  constexpr chr::year kLeastYear{2};  // of which a year before can still be written
  if (year_of(from.van) < kLeastYear) {
    return Error{ErrorCode::kInvalid, "no period before " + format_day(from.van)};
  }
  const chr::year year = year_of(from.tm);
  switch (tijdvak) {
    case pb::VORIG_JAAR: return Period{moved(from.van, -years{1}), moved_end(from.tm, -years{1})};
    case pb::JAAR_TOT_NU: return Period{first_of_year(year), from.tm};
    case pb::LAATSTE_DRIE_MAANDEN: return last_months(from, 3);
    case pb::LAATSTE_TWAALF_MAANDEN: return last_months(from, 12);
    case pb::HEEL_JAAR: return Period{first_of_year(year), last_of_year(year)};
    case pb::HEEL_VORIG_JAAR:
      return Period{first_of_year(year - years{1}), last_of_year(year - years{1})};
    case pb::VORIGE_PERIODE: return before(from);
    case pb::ZELFDE:
    default: return from;  // the sentinels of an open enum
  }
}

unsigned months_from_january(const Period& period) {
  const year_month_day van(period.van);
  const year_month_day tm(period.tm);
  const bool whole = van.month() == chr::January && van.day() == chr::day{1} &&
                     van.year() == tm.year() && is_last_of_month(period.tm);
  return whole ? static_cast<unsigned>(tm.month()) : 0;
}

std::vector<PeriodPart> months_of(const Period& period) {
  std::vector<PeriodPart> out;
  for (Day van = period.van; van <= period.tm;) {
    const year_month_day ymd(van);
    const Day last{ymd.year() / ymd.month() / chr::last};
    const std::string title = kMonths[static_cast<unsigned>(ymd.month()) - 1] + std::string(" ") +
                              format_day(van).substr(0, 4);
    out.push_back({{van, std::min(last, period.tm)}, format_day(van).substr(0, 7), title});
    van = last + days{1};
  }
  return out;
}

std::vector<PeriodPart> quarters_of(const Period& period) {
  std::vector<PeriodPart> out;
  for (const PeriodPart& month : months_of(period)) {
    const year_month_day ymd(month.period.van);
    const std::string number = std::to_string((static_cast<unsigned>(ymd.month()) - 1) / 3 + 1);
    const std::string year = month.id.substr(0, 4);
    const std::string id = year + "-q" + number;
    if (!out.empty() && out.back().id == id) {
      out.back().period.tm = month.period.tm;
    } else {
      out.push_back({month.period, id, number + "e kwartaal " + year});
    }
  }
  return out;
}

std::string tijdvak_text(const Period& period) {
  const std::string year = format_day(period.van).substr(0, 4);
  for (const std::string& text : {year, year + "-Q1", year + "-Q2", year + "-Q3", year + "-Q4",
                                  format_day(period.van).substr(0, 7)}) {
    if (const auto one = parse_periode(text); one && *one == period) return text;
  }
  return format_day(period.van) + "/" + format_day(period.tm);
}

std::string dutch_period(const Period& period) {
  return dutch_day(period.van) + " t/m " + dutch_day(period.tm);
}

}  // namespace trede
