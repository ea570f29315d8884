#include "engine/base/time.h"

#include <date/tz.h>

#include <array>
#include <charconv>
#include <cstdio>

namespace trede {

namespace {

namespace chr = std::chrono;

// Reads exactly `length` digits at `at`; nothing else may stand there.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t length) {
  if (at + length > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + length; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
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

const date::time_zone& amsterdam() {
  static const date::time_zone* const zone = date::locate_zone("Europe/Amsterdam");
  return *zone;
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
  if (text.size() < 20) return bad;
  const auto day = parse_day(text.substr(0, 10));
  const auto h = digits(text, 11, 2);
  const auto m = digits(text, 14, 2);
  const auto s = digits(text, 17, 2);
  const bool separated =
      (text[10] == 'T' || text[10] == 't' || text[10] == ' ') && text[13] == ':' && text[16] == ':';
  if (!day || !h || !m || !s || !separated || *h > 23 || *m > 59 || *s > 59) return bad;
  std::size_t at = 19;
  long micros = 0;
  if (text[at] == '.') {
    long scale = 100'000;
    const std::size_t first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      micros += scale * (text[at] - '0');
      scale /= 10;
    }
    if (at == first) return bad;
    if (at - first > 9) return bad;
  }
  const std::string_view offset = text.substr(at);
  chr::minutes shift{0};
  if (offset != "Z" && offset != "z") {
    const auto oh = digits(offset, 1, 2);
    const auto om = digits(offset, 4, 2);
    if (offset.size() != 6 || (offset[0] != '+' && offset[0] != '-') || offset[3] != ':' || !oh ||
        !om || *oh > 23 || *om > 59) {
      return bad;
    }
    shift = chr::hours{*oh} + chr::minutes{*om};
    if (offset[0] == '-') shift = -shift;
  }
  return Moment{*day} + chr::hours{*h} + chr::minutes{*m} + chr::seconds{*s} +
         chr::microseconds{micros} - shift;
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

Day civil_day(Moment moment) {
  const auto offset =
      amsterdam().get_info(date::sys_time<chr::microseconds>{moment.time_since_epoch()}).offset;
  return chr::floor<chr::days>(moment + offset);
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

int days_in_year(Day day) { return chr::year_month_day{day}.year().is_leap() ? 366 : 365; }

}  // namespace trede
