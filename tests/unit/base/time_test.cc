#include "engine/base/time.h"

#include <gtest/gtest.h>

namespace trede {
namespace {

namespace chr = std::chrono;

Day ymd(int year, unsigned month, unsigned day) {
  return Day{chr::year{year} / chr::month{month} / chr::day{day}};
}

// The day as text, or the code of the error.
template <typename T, typename Format>
std::string shown(const Result<T>& result, Format format) {
  if (result) return format(*result);
  return result.error().code == ErrorCode::kInvalid ? "invalid" : "another error";
}

struct TextCase {
  const char* text;
  const char* expected;
};

TEST(ParseDay, TakesExistingDaysInOneFormOnly) {
  const TextCase cases[] = {
      {"2021-03-31", "2021-03-31"}, {"2024-02-29", "2024-02-29"}, {"2000-02-29", "2000-02-29"},
      {"0001-01-01", "0001-01-01"}, {"9999-12-31", "9999-12-31"}, {"2021-02-29", "invalid"},
      {"1900-02-29", "invalid"},    {"2021-04-31", "invalid"},    {"2021-00-10", "invalid"},
      {"2021-13-01", "invalid"},    {"2021-01-00", "invalid"},    {"2021-01-32", "invalid"},
      {"0000-01-01", "invalid"},    {"2021-3-31", "invalid"},     {"21-03-31", "invalid"},
      {"2021/03/31", "invalid"},    {"20210331", "invalid"},      {"31-03-2021", "invalid"},
      {" 2021-03-31", "invalid"},   {"2021-03-31 ", "invalid"},   {"", "invalid"},
      {"2021-03-3a", "invalid"},    {"+021-03-31", "invalid"},    {"2021-03-311", "invalid"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(shown(parse_day(text), format_day), expected) << text;
  }
}

TEST(ParseDutchDay, TakesExistingDaysInOneFormOnly) {
  const TextCase cases[] = {
      {"31-03-2021", "2021-03-31"},
      {"29-02-2024", "2024-02-29"},
      {"29-02-2021", "invalid"},
      {"2021-03-31", "invalid"},
      {"1-3-2021", "invalid"},
      {"31/03/2021", "invalid"},
      {"31-13-2021", "invalid"},
      {"00-01-2021", "invalid"},
      {"31-03-0000", "invalid"},
      {"31-03-21", "invalid"},
      {"", "invalid"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(shown(parse_dutch_day(text), format_day), expected) << text;
  }
}

TEST(ParseDay, SaysWhatItExpected) {
  EXPECT_EQ(parse_day("x").error().message, "not a day, expected an existing day as YYYY-MM-DD");
  EXPECT_EQ(parse_dutch_day("x").error().message,
            "not a day, expected an existing day as DD-MM-YYYY");
}

TEST(DayNumber, CountsFrom1970BothWays) {
  EXPECT_EQ(day_number(ymd(1970, 1, 1)), 0);
  EXPECT_EQ(day_number(ymd(1969, 12, 31)), -1);
  EXPECT_EQ(day_from_number(18'717), ymd(2021, 3, 31));
  EXPECT_EQ(day_from_number(day_number(kFirstDay)), ymd(1950, 1, 1));
}

TEST(ParseMoment, ReadsAnyOffsetAndKeepsMicroseconds) {
  const TextCase cases[] = {
      {"2021-04-02T09:30:00Z", "2021-04-02T09:30:00.000000Z"},
      {"2021-04-02t09:30:00z", "2021-04-02T09:30:00.000000Z"},
      {"2021-04-02 09:30:00Z", "2021-04-02T09:30:00.000000Z"},
      {"2021-04-02T09:30:00+02:00", "2021-04-02T07:30:00.000000Z"},
      {"2021-04-02T00:30:00+02:00", "2021-04-01T22:30:00.000000Z"},
      {"2021-12-31T23:30:00-05:45", "2022-01-01T05:15:00.000000Z"},
      {"2021-04-02T09:30:00-00:00", "2021-04-02T09:30:00.000000Z"},
      {"2021-04-02T09:30:00.5Z", "2021-04-02T09:30:00.500000Z"},
      {"2021-04-02T09:30:00.000001Z", "2021-04-02T09:30:00.000001Z"},
      {"2021-04-02T09:30:00.123456789+01:00", "2021-04-02T08:30:00.123456Z"},
      {"1950-01-01T00:00:00Z", "1950-01-01T00:00:00.000000Z"},
      {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(shown(parse_moment(text), format_moment), expected) << text;
  }
}

TEST(ParseMoment, RefusesEveryOtherForm) {
  const char* const cases[] = {
      "",
      "2021-04-02",
      "2021-04-02T09:30:00",
      "2021-04-02T09:30Z",
      "2021-04-02T24:00:00Z",
      "2021-04-02T09:60:00Z",
      "2021-04-02T23:59:60Z",
      "2021-02-30T09:30:00Z",
      "2021-04-02_09:30:00Z",
      "2021-04-02T09-30-00Z",
      "2021-04-02T09:30:00.Z",
      "2021-04-02T09:30:00.1234567890Z",
      "2021-04-02T09:30:00.5",
      "2021-04-02T09:30:00,5Z",
      "2021-04-02T09:30:00+0200",
      "2021-04-02T09:30:00+02",
      "2021-04-02T09:30:00+24:00",
      "2021-04-02T09:30:00+02:60",
      "2021-04-02T09:30:00 02:00",
      "2021-04-02T09:30:00+02:00Z",
      "2021-04-02T09:30:00ZZ",
      "2021-04-02T0a:30:00Z",
  };
  for (const char* text : cases) {
    EXPECT_EQ(shown(parse_moment(text), format_moment), "invalid") << text;
  }
}

TEST(CivilDay, FollowsAmsterdamThroughSummerTime) {
  const TextCase cases[] = {
      {"2021-01-15T22:59:59Z", "2021-01-15"},  // winter: UTC+1
      {"2021-01-15T23:00:00Z", "2021-01-16"},
      {"2021-07-15T21:59:59Z", "2021-07-15"},  // summer: UTC+2
      {"2021-07-15T22:00:00Z", "2021-07-16"},
      {"2021-03-27T22:59:59.999999Z", "2021-03-27"},  // the night to summer time
      {"2021-03-27T23:00:00Z", "2021-03-28"},
      {"2021-03-28T21:59:59Z", "2021-03-28"},  // ... a day of 23 hours
      {"2021-03-28T22:00:00Z", "2021-03-29"},
      {"2021-10-30T22:00:00Z", "2021-10-31"},  // the night to winter time
      {"2021-10-31T22:59:59Z", "2021-10-31"},  // ... a day of 25 hours
      {"2021-10-31T23:00:00Z", "2021-11-01"},
      {"1950-06-30T22:59:59Z", "1950-06-30"},  // no summer time then
      {"1950-06-30T23:00:00Z", "1950-07-01"},
  };
  ASSERT_TRUE(check_time_zone());
  for (const auto& [text, expected] : cases) {
    const auto moment = parse_moment(text);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(format_day(civil_day(*moment)), expected) << text;
  }
}

TEST(ParsePeriode, CoversWholeDays) {
  const TextCase cases[] = {
      {"2021", "2021-01-01 t/m 2021-12-31"},
      {"2024", "2024-01-01 t/m 2024-12-31"},
      {"2021-Q1", "2021-01-01 t/m 2021-03-31"},
      {"2021-Q2", "2021-04-01 t/m 2021-06-30"},
      {"2021-Q3", "2021-07-01 t/m 2021-09-30"},
      {"2021-Q4", "2021-10-01 t/m 2021-12-31"},
      {"2021-02", "2021-02-01 t/m 2021-02-28"},
      {"2024-02", "2024-02-01 t/m 2024-02-29"},
      {"2021-12", "2021-12-01 t/m 2021-12-31"},
      {"2021-00", "invalid"},
      {"2021-13", "invalid"},
      {"2021-Q0", "invalid"},
      {"2021-Q5", "invalid"},
      {"2021-q1", "invalid"},
      {"2021Q1", "invalid"},
      {"2021-3", "invalid"},
      {"2021-03-01", "invalid"},
      {"21", "invalid"},
      {"0000", "invalid"},
      {"", "invalid"},
  };
  const auto format = [](const Period& p) {
    return format_day(p.van) + " t/m " + format_day(p.tm);
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(shown(parse_periode(text), format), expected) << text;
  }
}

TEST(Tijdvak, IsAPeriodeOrTwoDays) {
  const auto format = [](const Period& period) {
    return format_day(period.van) + ".." + format_day(period.tm);
  };
  const std::pair<const char*, const char*> cases[] = {
      {"2024", "2024-01-01..2024-12-31"},
      {"2021-Q1", "2021-01-01..2021-03-31"},
      {"2021-02", "2021-02-01..2021-02-28"},
      {"2024-01-01/2024-08-31", "2024-01-01..2024-08-31"},
      {"2024-01-01/2024-01-01", "2024-01-01..2024-01-01"},
      {"2001-01-01/2100-12-31", "2001-01-01..2100-12-31"},
      {"2001-01-01/2101-01-01", "!too long, expected a period of at most 100 years"},
      {"2024-01-02/2024-01-01", "!ends before it begins, expected the first day first"},
      {"2024-01-01/2024-02-30", "!not a period"},
      {"2024-01-01/2024-08-3", "!not a period"},
      {"2024-01-01-2024-08-31", "!not a period"},
      {"2024-01-01/2024-Q3", "!not a period"},
      {"2024-01-01", "!not a period"},
      {"2024-01-01/", "!not a period"},
      {"", "!not a period"},
  };
  for (const auto& [text, expected] : cases) {
    const auto period = parse_tijdvak(text);
    const std::string said = period ? format(*period) : "!" + period.error().message;
    EXPECT_TRUE(said.starts_with(expected)) << text << ": " << said;
  }
}

TEST(Period, CountsBothItsEnds) {
  EXPECT_EQ((Period{ymd(2021, 1, 1), ymd(2021, 1, 1)}.days()), 1);
  EXPECT_EQ((Period{ymd(2021, 1, 1), ymd(2021, 3, 31)}.days()), 90);
}

TEST(DaysInYear, KnowsLeapYears) {
  EXPECT_EQ(days_in_year(ymd(2021, 5, 5)), 365);
  EXPECT_EQ(days_in_year(ymd(2024, 5, 5)), 366);
  EXPECT_EQ(days_in_year(ymd(1900, 5, 5)), 365);
  EXPECT_EQ(days_in_year(ymd(2000, 5, 5)), 366);
}

}  // namespace
}  // namespace trede
