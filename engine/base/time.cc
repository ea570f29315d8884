#include "engine/base/time.h"

#include <date/tz.h>

#include <array>
#include <cstdio>
#include <exception>

#include "engine/base/check.h"
#include "engine/base/text.h"

namespace trede {

namespace {

namespace chr = std::chrono;

// Reads exactly `length` digits at `at`; nothing else may stand there.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t length) {
  if (at + length > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + length; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<Day> day_of(std::optional<int> y, std::optional<int> m, std::optional<int> d) {
  if (!y || !m || !d) return std::nullopt;
  const chr::year_month_day ymd{chr::year{*y}, chr::month{static_cast<unsigned>(*m)},
                                chr::day{static_cast<unsigned>(*d)}};
  if (!ymd.ok() || *y == 0) return std::nullopt;
  return Day{ymd};
}

Error bad_day(std::string_view form) {
  return {ErrorCode::kInvalid, "not a day, expected an existing day as " + std::string(form)};
}

// `HH:MM:SS`; a leap second has no moment of its own and is refused.
std::optional<chr::seconds> time_of_day(std::string_view text) {
  const auto h = digits(text, 0, 2);
  const auto m = digits(text, 3, 2);
  const auto s = digits(text, 6, 2);
  if (!h || !m || !s || text[2] != ':' || text[5] != ':') return std::nullopt;
  if (*h > 23 || *m > 59 || *s > 59) return std::nullopt;
  return chr::hours{*h} + chr::minutes{*m} + chr::seconds{*s};
}

// Takes `.` and one to nine digits off the front of `text`, if a point stands there.
std::optional<chr::microseconds> take_fraction(std::string_view& text) {
  chr::microseconds out{0};
  if (!text.starts_with('.')) return out;
  text.remove_prefix(1);
  std::size_t count = 0;
  for (long scale = 100'000; !text.empty() && is_digit(text[0]); scale /= 10, ++count) {
    out += chr::microseconds{scale * (text[0] - '0')};
    text.remove_prefix(1);
  }
  if (count < 1 || count > 9) return std::nullopt;
  return out;
}

// `Z`, `+HH:MM` or `-HH:MM`.
std::optional<chr::minutes> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return chr::minutes{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
    return std::nullopt;
  }
  const auto h = digits(text, 1, 2);
  const auto m = digits(text, 4, 2);
  if (!h || !m || *h > 23 || *m > 59) return std::nullopt;
  const chr::minutes offset = chr::hours{*h} + chr::minutes{*m};
  return text[0] == '-' ? -offset : offset;
}

// Null when the system has no such zone.
const date::time_zone* find_amsterdam() {
  static const date::time_zone* const zone = []() -> const date::time_zone* {
    try {
      const auto* found = date::locate_zone("Europe/Amsterdam");
      (void)found->get_info(date::sys_seconds{});  // reads the rules
      return found;
    } catch (const std::exception&) {
      return nullptr;
    }
  }();
  return zone;
}

}  // namespace

Result<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad_day("YYYY-MM-DD");
  const auto day = day_of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  if (!day) return bad_day("YYYY-MM-DD");
  return *day;
}

Result<Day> parse_dutch_day(std::string_view text) {
  if (text.size() != 10 || text[2] != '-' || text[5] != '-') return bad_day("DD-MM-YYYY");
  const auto day = day_of(digits(text, 6, 4), digits(text, 3, 2), digits(text, 0, 2));
  if (!day) return bad_day("DD-MM-YYYY");
  return *day;
}

std::string format_day(Day day) {
  const chr::year_month_day ymd{day};
  std::array<char, 16> out{};
  const int length =
      std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                    static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return {out.data(), static_cast<std::size_t>(length)};
}

Result<Moment> parse_moment(std::string_view text) {
  const Error bad{ErrorCode::kInvalid,
                  "not a moment, expected RFC 3339 with an offset, as 2021-04-02T09:30:00+02:00"};
  if (text.size() < 20 || !std::string_view("Tt ").contains(text[10])) return bad;
  const auto day = parse_day(text.substr(0, 10));
  const auto time = time_of_day(text.substr(11, 8));
  if (!day || !time) return bad;
  std::string_view rest = text.substr(19);
  const auto fraction = take_fraction(rest);
  if (!fraction) return bad;
  const auto offset = offset_of(rest);
  if (!offset) return bad;
  return Moment{*day} + *time + *fraction - *offset;
}

std::string format_moment(Moment moment) {
  const Day day = chr::floor<chr::days>(moment);
  const chr::hh_mm_ss time{moment - day};
  std::array<char, 32> out{};
  const int length = std::snprintf(
      out.data(), out.size(), "T%02d:%02d:%02d.%06dZ", static_cast<int>(time.hours().count()),
      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
      static_cast<int>(time.subseconds().count()));
  return format_day(day) + std::string(out.data(), static_cast<std::size_t>(length));
}

bool is_moment(Moment moment) {
  constexpr Moment kFirst{Day{chr::year{1} / 1 / 1}};
  constexpr Moment kEnd{Day{chr::year{9999} / 12 / 31} + chr::days{1}};
  return moment >= kFirst && moment < kEnd;
}

Status check_time_zone() {
  if (find_amsterdam() != nullptr) return {};
  return Error{ErrorCode::kIo, "the system does not know Europe/Amsterdam; install tzdata"};
}

Day civil_day(Moment moment) {
  const date::time_zone* const zone = find_amsterdam();
  TREDE_CHECK(zone != nullptr, "check_time_zone() was not asked");
  const auto info = zone->get_info(date::sys_time<chr::microseconds>{moment.time_since_epoch()});
  return chr::floor<chr::days>(moment + info.offset);
}

// Midnight in Amsterdam lies at most two hours before that of UTC.
Moment begin_of(Day day) {
  Moment moment{day - chr::hours{3}};
  while (civil_day(moment) < day) moment += chr::minutes{1};
  return moment;
}

Result<Period> parse_periode(std::string_view text) {
  const Error bad{ErrorCode::kInvalid, "not a periode, expected 2021, 2021-Q1 or 2021-03"};
  const auto y = digits(text, 0, 4);
  if (!y || *y == 0) return bad;
  const chr::year year{*y};
  if (text.size() == 4) return Period{Day{year / 1 / 1}, Day{year / 12 / 31}};
  if (text.size() != 7 || text[4] != '-') return bad;
  unsigned first = 0;
  unsigned last = 0;
  if (text[5] == 'Q' && text[6] >= '1' && text[6] <= '4') {
    first = static_cast<unsigned>(text[6] - '1') * 3 + 1;
    last = first + 2;
  } else if (const auto m = digits(text, 5, 2); m && *m >= 1 && *m <= 12) {
    first = last = static_cast<unsigned>(*m);
  } else {
    return bad;
  }
  return Period{Day{year / chr::month{first} / 1}, Day{year / chr::month{last} / chr::last}};
}

Result<Period> parse_tijdvak(std::string_view text) {
  if (const auto periode = parse_periode(text)) return periode;
  const auto van = parse_day(text.substr(0, 10));
  const auto tm = parse_day(text.size() == 21 && text[10] == '/' ? text.substr(11) : "");
  if (!van || !tm) {
    return Error{ErrorCode::kInvalid,
                 "not a period, expected 2021, 2021-Q1, 2021-03 or two days as "
                 "2024-01-01/2024-08-31"};
  }
  const Period period{*van, *tm};
  if (period.van > period.tm) {
    return Error{ErrorCode::kInvalid, "ends before it begins, expected the first day first"};
  }
  // Of 29 February the day after a hundred years is 1 March.
  if (period.tm >= Day{chr::year_month_day{period.van} + chr::years{100}}) {
    return Error{ErrorCode::kInvalid, "too long, expected a period of at most 100 years"};
  }
  return period;
}

int days_in_year(Day day) { return chr::year_month_day{day}.year().is_leap() ? 366 : 365; }

}  // namespace trede
