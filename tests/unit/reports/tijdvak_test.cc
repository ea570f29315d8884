#include "projections/reports/tijdvak.h"

#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace trede {
namespace {

using test::day;

// `2021-01-01/2021-03-31` to a period and back.
Period period(std::string_view text) { return {day(text.substr(0, 10)), day(text.substr(11))}; }
std::string text(const Period& one) { return format_day(one.van) + "/" + format_day(one.tm); }

struct TijdvakCase {
  const char* name;
  pb::Tijdvak tijdvak;
  const char* from;
  const char* expected;
};

void PrintTo(const TijdvakCase& one, std::ostream* out) { *out << one.name; }

class EveryTijdvak : public testing::TestWithParam<TijdvakCase> {};

TEST_P(EveryTijdvak, IsSeenFromThePeriodOfTheReport) {
  const auto found = period_at(GetParam().tijdvak, period(GetParam().from));
  ASSERT_TRUE(found.has_value()) << found.error().message;
  EXPECT_EQ(text(*found), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, EveryTijdvak,
    testing::Values(
        TijdvakCase{"Zelfde", pb::ZELFDE, "2021-01-15/2021-03-31", "2021-01-15/2021-03-31"},
        TijdvakCase{"VorigJaar", pb::VORIG_JAAR, "2021-01-01/2021-03-31", "2020-01-01/2020-03-31"},
        TijdvakCase{"VorigJaarMidden", pb::VORIG_JAAR, "2021-05-10/2021-06-20",
                    "2020-05-10/2020-06-20"},
        TijdvakCase{"VorigJaarVanLeapDay", pb::VORIG_JAAR, "2024-02-29/2024-03-15",
                    "2023-02-28/2023-03-15"},
        TijdvakCase{"VorigJaarTotLeapDay", pb::VORIG_JAAR, "2024-01-01/2024-02-29",
                    "2023-01-01/2023-02-28"},
        TijdvakCase{"VorigJaarIntoALeapYear", pb::VORIG_JAAR, "2025-01-01/2025-02-28",
                    "2024-01-01/2024-02-29"},
        TijdvakCase{"VorigJaarBeginsOnTheSameDayInALeapYear", pb::VORIG_JAAR,
                    "2025-02-28/2025-03-31", "2024-02-28/2024-03-31"},
        TijdvakCase{"JaarTotNu", pb::JAAR_TOT_NU, "2021-04-01/2021-06-30", "2021-01-01/2021-06-30"},
        TijdvakCase{"JaarTotNuOverTheEndOfAYear", pb::JAAR_TOT_NU, "2020-11-01/2021-02-28",
                    "2021-01-01/2021-02-28"},
        TijdvakCase{"DrieMaanden", pb::LAATSTE_DRIE_MAANDEN, "2024-01-01/2024-08-31",
                    "2024-06-01/2024-08-31"},
        TijdvakCase{"DrieMaandenWithFebruary", pb::LAATSTE_DRIE_MAANDEN, "2024-04-01/2024-04-30",
                    "2024-02-01/2024-04-30"},
        TijdvakCase{"DrieMaandenFromMidMonth", pb::LAATSTE_DRIE_MAANDEN, "2024-05-01/2024-05-14",
                    "2024-02-15/2024-05-14"},
        TijdvakCase{"DrieMaandenOverNewYear", pb::LAATSTE_DRIE_MAANDEN, "2021-01-01/2021-01-31",
                    "2020-11-01/2021-01-31"},
        TijdvakCase{"DrieMaandenTheDayBeforeALeapDay", pb::LAATSTE_DRIE_MAANDEN,
                    "2024-02-01/2024-02-28", "2023-11-29/2024-02-28"},
        TijdvakCase{"DrieMaandenTheDayBeforeTheLastOfApril", pb::LAATSTE_DRIE_MAANDEN,
                    "2021-04-01/2021-04-29", "2021-01-30/2021-04-29"},
        TijdvakCase{"TwaalfMaanden", pb::LAATSTE_TWAALF_MAANDEN, "2021-01-01/2021-03-31",
                    "2020-04-01/2021-03-31"},
        TijdvakCase{"TwaalfMaandenToLeapDay", pb::LAATSTE_TWAALF_MAANDEN, "2024-01-01/2024-02-29",
                    "2023-03-01/2024-02-29"},
        TijdvakCase{"HeelJaar", pb::HEEL_JAAR, "2021-04-01/2021-06-30", "2021-01-01/2021-12-31"},
        TijdvakCase{"HeelJaarIsThatInWhichItEnds", pb::HEEL_JAAR, "2020-11-01/2021-02-28",
                    "2021-01-01/2021-12-31"},
        TijdvakCase{"HeelVorigJaar", pb::HEEL_VORIG_JAAR, "2021-04-01/2021-06-30",
                    "2020-01-01/2020-12-31"},
        TijdvakCase{"VorigeMaanden", pb::VORIGE_PERIODE, "2021-04-01/2021-06-30",
                    "2021-01-01/2021-03-31"},
        TijdvakCase{"VorigeMaand", pb::VORIGE_PERIODE, "2024-03-01/2024-03-31",
                    "2024-02-01/2024-02-29"},
        TijdvakCase{"VorigeMaandenOverNewYear", pb::VORIGE_PERIODE, "2024-01-01/2024-08-31",
                    "2023-05-01/2023-12-31"},
        TijdvakCase{"VorigeDagen", pb::VORIGE_PERIODE, "2021-03-05/2021-03-14",
                    "2021-02-23/2021-03-04"},
        TijdvakCase{"VorigeDagenOfABrokenMonth", pb::VORIGE_PERIODE, "2021-03-01/2021-03-30",
                    "2021-01-30/2021-02-28"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(PeriodAt, RefusesAPeriodWithoutAYearBefore) {
  const auto found = period_at(pb::VORIG_JAAR, period("0001-01-01/0001-03-31"));
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(found.error().message, "no period before 0001-01-01");
}

TEST(MonthsFromJanuary, CountsWholeMonthsOfOneYearFromItsFirstDay) {
  const std::pair<const char*, unsigned> cases[] = {
      {"2024-01-01/2024-01-31", 1}, {"2024-01-01/2024-02-29", 2}, {"2023-01-01/2023-02-28", 2},
      {"2024-01-01/2024-02-28", 0}, {"2024-01-01/2024-08-31", 8}, {"2024-01-01/2024-12-31", 12},
      {"2023-01-01/2024-12-31", 0}, {"2024-01-02/2024-08-31", 0}, {"2024-02-01/2024-08-31", 0},
      {"2024-01-01/2024-08-30", 0}, {"2024-01-01/2024-01-01", 0},
  };
  for (const auto& [from, months] : cases) {
    EXPECT_EQ(months_from_january(period(from)), months) << from;
  }
}

// `id title van/tm`, one part per line.
std::string parts_text(const std::vector<PeriodPart>& parts) {
  std::string out;
  for (const PeriodPart& part : parts) {
    out += part.id + " " + part.title + " " + text(part.period) + "\n";
  }
  return out;
}

TEST(MonthsOf, AreWholeButForTheFirstAndTheLast) {
  EXPECT_EQ(parts_text(months_of(period("2023-12-15/2024-03-03"))),
            "2023-12 dec 2023 2023-12-15/2023-12-31\n"
            "2024-01 jan 2024 2024-01-01/2024-01-31\n"
            "2024-02 feb 2024 2024-02-01/2024-02-29\n"
            "2024-03 mrt 2024 2024-03-01/2024-03-03\n");
  EXPECT_EQ(parts_text(months_of(period("2021-05-31/2021-05-31"))),
            "2021-05 mei 2021 2021-05-31/2021-05-31\n");
}

TEST(QuartersOf, AreCutWhereThePeriodIs) {
  EXPECT_EQ(parts_text(quarters_of(period("2023-12-15/2024-08-31"))),
            "2023-q4 4e kwartaal 2023 2023-12-15/2023-12-31\n"
            "2024-q1 1e kwartaal 2024 2024-01-01/2024-03-31\n"
            "2024-q2 2e kwartaal 2024 2024-04-01/2024-06-30\n"
            "2024-q3 3e kwartaal 2024 2024-07-01/2024-08-31\n");
}

TEST(TijdvakText, IsTheShortestThatNamesThePeriod) {
  const std::pair<const char*, const char*> cases[] = {
      {"2021-01-01/2021-12-31", "2021"},
      {"2021-01-01/2021-03-31", "2021-Q1"},
      {"2021-10-01/2021-12-31", "2021-Q4"},
      {"2024-02-01/2024-02-29", "2024-02"},
      {"2024-02-01/2024-02-28", "2024-02-01/2024-02-28"},
      {"2024-01-01/2024-08-31", "2024-01-01/2024-08-31"},
      {"2023-01-01/2024-12-31", "2023-01-01/2024-12-31"},
  };
  for (const auto& [from, expected] : cases) {
    EXPECT_EQ(tijdvak_text(period(from)), expected);
    const auto back = parse_tijdvak(expected);
    ASSERT_TRUE(back.has_value()) << expected;
    EXPECT_EQ(*back, period(from));
  }
}

TEST(DutchPeriod, NamesBothDays) {
  EXPECT_EQ(dutch_period(period("2024-01-01/2024-08-31")), "01-01-2024 t/m 31-08-2024");
}

}  // namespace
}  // namespace trede
