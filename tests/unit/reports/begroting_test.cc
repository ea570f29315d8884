#include "projections/reports/begroting.h"

#include <gtest/gtest.h>

#include "engine/dossier/history.h"
#include "tests/support/events.h"

namespace trede {
namespace {

using test::day;
using Attributes = std::vector<std::pair<std::string, std::string>>;

// An organisation that lays down budgets and forecasts, one event after the other.
class BegrotingTest : public testing::Test {
 protected:
  // Of lasten of programma wsw over 2021 unless `more` says otherwise.
  void record(const std::string& soort, const Attributes& more) {
    Attributes all{{"programma", "wsw"}, {"soort_bedrag", "lasten"}, {"periode", "2021"}};
    if (soort == "begroting_vastgesteld") all.emplace_back("versie", "primair");
    for (const auto& [name, value] : more) {
      std::erase_if(all, [&](const auto& one) { return one.first == name; });
      all.emplace_back(name, value);
    }
    ++number_;
    pb::Event event = test::event(kOrganisatie, test::event_id(number_), "2021-01-01", soort, {});
    *event.mutable_body() = body(soort, all);
    history_.add(
        std::make_shared<const pb::Event>(test::recorded(std::move(event), number_, number_)));
  }
  void begroot(const Attributes& more) { record("begroting_vastgesteld", more); }

  Organisatie organisatie() const { return Organisatie::fold(history_.acting()); }
  // In eurocent, with the positions it comes from: `1200 <- 1 2`; `none` when absent.
  std::string lasten(const char* van, const char* tm, std::vector<Filter> waar = {},
                     pb::BegrotingStand versie = pb::NA_WIJZIGING) const {
    return text(budget_of(organisatie(), {pb::SOORT_BEDRAG_LASTEN, std::move(waar)},
                          {day(van), day(tm)}, versie));
  }
  std::string forecast(int year, std::vector<Filter> waar = {}) const {
    return text(forecast_of(organisatie(), {pb::SOORT_BEDRAG_LASTEN, std::move(waar)},
                            std::chrono::year{year}));
  }

 private:
  static pb::Body body(const std::string& soort, const Attributes& all) {
    pb::Body out;
    const auto set = [&](std::initializer_list<std::pair<std::string_view, std::string_view>> one) {
      out.MergeFrom(test::body(soort, one));
    };
    for (const auto& [name, value] : all) set({{name, value}});
    return out;
  }
  static std::string text(const std::optional<Budget>& budget) {
    if (!budget) return "none";
    std::string out = budget->bedrag_eurocent.text(0) + " <-";
    for (const Position source : budget->sources) out += " " + std::to_string(source.value);
    return out;
  }

  History history_;
  std::uint64_t number_ = 0;
};

TEST_F(BegrotingTest, NothingLaidDownIsNotNul) {
  EXPECT_EQ(lasten("2021-01-01", "2021-03-31"), "none");
  begroot({{"bedrag_eurocent", "1200"}, {"soort_bedrag", "baten"}});
  EXPECT_EQ(lasten("2021-01-01", "2021-03-31"), "0 <-");
  EXPECT_EQ(lasten("2020-01-01", "2020-12-31"), "none");
  EXPECT_EQ(lasten("2022-01-01", "2022-03-31"), "none");
}

TEST_F(BegrotingTest, AYearIsSpreadEvenlyWithTheRestInDecember) {
  begroot({{"bedrag_eurocent", "1007"}});
  EXPECT_EQ(lasten("2021-01-01", "2021-01-31"), "83 <- 1");
  EXPECT_EQ(lasten("2021-01-01", "2021-03-31"), "249 <- 1");
  EXPECT_EQ(lasten("2021-01-01", "2021-11-30"), "913 <- 1");
  EXPECT_EQ(lasten("2021-12-01", "2021-12-31"), "94 <- 1");
  EXPECT_EQ(lasten("2021-01-01", "2021-12-31"), "1007 <- 1");
}

TEST_F(BegrotingTest, ANegativeYearIsSpreadWithTheRestInDecemberToo) {
  begroot({{"bedrag_eurocent", "-1007"}});
  EXPECT_EQ(lasten("2021-01-01", "2021-01-31"), "-83 <- 1");
  EXPECT_EQ(lasten("2021-12-01", "2021-12-31"), "-94 <- 1");
}

TEST_F(BegrotingTest, ASeizoenGivesEachMonthItsPart) {
  begroot({{"bedrag_eurocent", "1000"}, {"seizoen", "1|2|0|0|0|0|0|0|0|0|0|3"}});
  EXPECT_EQ(lasten("2021-01-01", "2021-01-31"), "166 <- 1");
  EXPECT_EQ(lasten("2021-02-01", "2021-02-28"), "333 <- 1");
  EXPECT_EQ(lasten("2021-03-01", "2021-11-30"), "0 <- 1");
  EXPECT_EQ(lasten("2021-12-01", "2021-12-31"), "501 <- 1");
}

TEST_F(BegrotingTest, QuartersAndMonthsAreSpreadOverTheirOwnMonths) {
  begroot({{"bedrag_eurocent", "100"}, {"periode", "2021-Q2"}});
  begroot({{"bedrag_eurocent", "7"}, {"periode", "2021-05"}});
  EXPECT_EQ(lasten("2021-01-01", "2021-03-31"), "0 <-");
  EXPECT_EQ(lasten("2021-04-01", "2021-04-30"), "33 <- 1");
  EXPECT_EQ(lasten("2021-05-01", "2021-05-31"), "40 <- 2 1");
  EXPECT_EQ(lasten("2021-06-01", "2021-06-30"), "34 <- 1");
  EXPECT_EQ(lasten("2021-01-01", "2021-12-31"), "107 <- 2 1");
}

TEST_F(BegrotingTest, AYearAndItsMonthsAddUp) {
  begroot({{"bedrag_eurocent", "1200"}});
  begroot({{"bedrag_eurocent", "5"}, {"periode", "2021-02"}});
  EXPECT_EQ(lasten("2021-02-01", "2021-02-28"), "105 <- 1 2");
}

TEST_F(BegrotingTest, ThePeriodMayReachOverYears) {
  begroot({{"bedrag_eurocent", "1200"}, {"periode", "2020"}});
  begroot({{"bedrag_eurocent", "2400"}, {"periode", "2021"}});
  EXPECT_EQ(lasten("2020-11-01", "2021-02-28"), "600 <- 1 2");
}

TEST_F(BegrotingTest, AMonthThatIsHeldInPartCountsWhole) {
  begroot({{"bedrag_eurocent", "1200"}});
  EXPECT_EQ(lasten("2021-01-15", "2021-02-01"), "200 <- 1");
}

TEST_F(BegrotingTest, TheChangedBudgetTakesThePlaceOfThePrimaryOfItsLineAndYear) {
  begroot({{"bedrag_eurocent", "1200"}});
  begroot({{"bedrag_eurocent", "12"}, {"kostenregel", "7"}});
  begroot({{"bedrag_eurocent", "120"}, {"periode", "2022"}});
  begroot({{"bedrag_eurocent", "1800"}, {"versie", "gewijzigd"}});
  EXPECT_EQ(lasten("2021-01-01", "2021-12-31"), "1812 <- 4 2");
  EXPECT_EQ(lasten("2021-01-01", "2021-12-31", {}, pb::PRIMAIR), "1212 <- 1 2");
  EXPECT_EQ(lasten("2022-01-01", "2022-12-31"), "120 <- 3");
}

TEST_F(BegrotingTest, AChangeOfAQuarterReplacesThePrimaryOfThatQuarterOnly) {
  begroot({{"bedrag_eurocent", "1200"}});
  begroot({{"bedrag_eurocent", "900"}, {"versie", "gewijzigd"}, {"periode", "2021-Q1"}});
  EXPECT_EQ(lasten("2021-01-01", "2021-03-31"), "900 <- 2");
  EXPECT_EQ(lasten("2021-04-01", "2021-06-30"), "300 <- 1");
  EXPECT_EQ(lasten("2021-01-01", "2021-12-31"), "1800 <- 1 2");
}

TEST_F(BegrotingTest, WhatDoesNotSayIncidenteelIsNotIncidenteel) {
  begroot({{"bedrag_eurocent", "1200"}});
  begroot({{"bedrag_eurocent", "2400"}, {"versie", "gewijzigd"}, {"incidenteel", "nee"}});
  EXPECT_EQ(lasten("2021-01-01", "2021-12-31"), "2400 <- 2");
}

TEST_F(BegrotingTest, ConditionsChooseLines) {
  begroot({{"bedrag_eurocent", "1"}});
  begroot({{"bedrag_eurocent", "10"}, {"kostenregel", "7"}});
  begroot({{"bedrag_eurocent", "100"}, {"programma", "re_integratie"}, {"incidenteel", "ja"}});
  begroot({{"bedrag_eurocent", "1000"}, {"programma", "re_integratie"}, {"incidenteel", "nee"}});
  const auto year = [&](std::vector<Filter> waar) {
    return lasten("2021-01-01", "2021-12-31", std::move(waar));
  };
  EXPECT_EQ(year({{"programma", {"wsw"}}}), "11 <- 1 2");
  EXPECT_EQ(year({{"programma", {"wsw", "re_integratie"}}, {"incidenteel", {"nee", "onbekend"}}}),
            "1011 <- 4 1 2");
  EXPECT_EQ(year({{"kostenregel", {"7"}}}), "10 <- 2");
  EXPECT_EQ(year({{"kostenregel", {"onbekend"}}, {"incidenteel", {"onbekend"}}}), "1 <- 1");
  EXPECT_EQ(year({{"programma", {"overhead"}}}), "0 <-");
}

TEST_F(BegrotingTest, AForecastIsOfTheWholeYearAndOfTheLastTimeItWasMade) {
  EXPECT_EQ(forecast(2021), "none");
  begroot({{"bedrag_eurocent", "1200"}});
  EXPECT_EQ(forecast(2021), "none");
  record("prognose_vastgesteld", {{"bedrag_eurocent", "900"}});
  record("prognose_vastgesteld", {{"bedrag_eurocent", "30"}, {"kostenregel", "7"}});
  record("prognose_vastgesteld", {{"bedrag_eurocent", "950"}});
  EXPECT_EQ(forecast(2021), "980 <- 4 3");
  EXPECT_EQ(forecast(2021, {{"kostenregel", {"7"}}}), "30 <- 3");
  EXPECT_EQ(forecast(2022), "none");
  EXPECT_EQ(lasten("2021-01-01", "2021-12-31"), "1200 <- 1");
}

TEST_F(BegrotingTest, NamesWhatIsBudgetedInTheYearsOfThePeriod) {
  begroot({{"programma", "zorg"}, {"kostenregel", "12"}, {"bedrag_eurocent", "1"}});
  begroot({{"programma", "arbeid"}, {"bedrag_eurocent", "1"}});
  begroot({{"programma", "later"}, {"periode", "2022"}, {"bedrag_eurocent", "1"}});
  const Period period{day("2021-04-01"), day("2021-06-30")};
  using Names = std::vector<std::string>;
  EXPECT_EQ(budgeted(organisatie(), "programma", period), (Names{"arbeid", "zorg"}));
  EXPECT_EQ(budgeted(organisatie(), "kostenregel", period), (Names{"12", "onbekend"}));
}

TEST(SoortBedragOf, IsOfAmountsOnly) {
  EXPECT_EQ(soort_bedrag_of("lasten"), pb::SOORT_BEDRAG_LASTEN);
  EXPECT_EQ(soort_bedrag_of("onttrekking"), pb::SOORT_BEDRAG_ONTTREKKING);
  EXPECT_EQ(soort_bedrag_of("trajecten"), std::nullopt);
  EXPECT_EQ(soort_bedrag_of(""), std::nullopt);
}

}  // namespace
}  // namespace trede
