#include "engine/dossier/langdurig.h"

#include <gtest/gtest.h>

#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

const std::string kInDienst = "2020-01-01 dienstverband_start";
const std::string kTwoCases =
    after(kInDienst, "2022-01-03 ziekmelding; 2022-07-04 herstelmelding; 2022-07-25 ziekmelding");

std::optional<WachttijdVerzuim> wachttijd(const std::string& text, std::string_view op) {
  Story story;
  EXPECT_EQ(story.judge(text), "goed");
  const History history = story.history();
  return wachttijd_verzuim(history.acting(), day(op));
}

TEST(Wachttijd, EndsAfter104WeeksOfOneCase) {
  const auto one = wachttijd(after(kInDienst, "2022-01-03 ziekmelding"), "2022-07-03");
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(format_day(one->eerste_ziektedag), "2022-01-03");
  EXPECT_EQ(format_day(one->einde), "2024-01-01");
  EXPECT_EQ(one->getelde_dagen, 182);
  EXPECT_FALSE(one->verstreken);
}

TEST(Wachttijd, MovesByTheGapBetweenMergedCases) {
  const auto merged = wachttijd(kTwoCases, "2022-08-01");
  ASSERT_TRUE(merged.has_value());
  EXPECT_EQ(format_day(merged->eerste_ziektedag), "2022-01-03");
  EXPECT_EQ(format_day(merged->einde), "2024-01-22");
  EXPECT_EQ(merged->getelde_dagen, 182 + 8);
}

TEST(Wachttijd, HasElapsedFromItsLastDayOn) {
  EXPECT_FALSE(wachttijd(kTwoCases, "2024-01-21")->verstreken);
  EXPECT_EQ(wachttijd(kTwoCases, "2024-01-21")->getelde_dagen, 728);
  EXPECT_TRUE(wachttijd(kTwoCases, "2024-01-22")->verstreken);
  EXPECT_EQ(format_day(wachttijd(kTwoCases, "2024-12-31")->einde), "2024-01-22");
}

TEST(Wachttijd, BeginsAnewAfterFourWeeks) {
  const std::string cases =
      after(kInDienst, "2022-01-03 ziekmelding; 2022-07-04 herstelmelding; 2022-08-01 ziekmelding");
  const auto anew = wachttijd(cases, "2022-08-02");
  ASSERT_TRUE(anew.has_value());
  EXPECT_EQ(format_day(anew->eerste_ziektedag), "2022-08-01");  // 28 days after 4-7
  EXPECT_EQ(anew->getelde_dagen, 2);
}

TEST(Wachttijd, MergesOneDayBeforeFourWeeks) {
  const std::string cases =
      after(kInDienst, "2022-01-03 ziekmelding; 2022-07-04 herstelmelding; 2022-07-31 ziekmelding");
  EXPECT_EQ(format_day(wachttijd(cases, "2022-08-02")->eerste_ziektedag), "2022-01-03");
  EXPECT_EQ(format_day(wachttijd(cases, "2022-08-02")->einde), "2024-01-28");
}

TEST(Wachttijd, IsAbsentWithoutSickness) {
  EXPECT_FALSE(wachttijd(kInDienst, "2022-01-01").has_value());
  EXPECT_FALSE(wachttijd(kTwoCases, "2022-01-02").has_value());
}

TEST(Wachttijd, IsKeptForFourWeeksAfterRecovery) {
  const std::string one = after(kInDienst, "2022-01-03 ziekmelding; 2022-07-04 herstelmelding");
  const auto kept = wachttijd(one, "2022-07-31");
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->getelde_dagen, 182);
  EXPECT_EQ(format_day(kept->einde), "2024-01-29");  // sick again from 1-8 on: 728 - 182 days more
  EXPECT_FALSE(wachttijd(one, "2022-08-01").has_value());
}

TEST(Wachttijd, CountsPartialDaysWhole) {
  const auto partly = wachttijd(
      after(kInDienst, "2022-01-03 ziekmelding; 2022-02-01 verzuim_gewijzigd percentage=20"),
      "2022-07-03");
  EXPECT_EQ(partly->getelde_dagen, 182);
}

TEST(Wachttijd, StopsWhereVerlofBegins) {
  const std::string verlof = after(kInDienst, "2022-01-03 ziekmelding; 2022-02-01 verlof_start");
  EXPECT_EQ(wachttijd(verlof, "2022-02-10")->getelde_dagen, 29);
  EXPECT_FALSE(wachttijd(verlof, "2022-03-01").has_value());
}

TEST(Wachttijd, ACaseThatEndedOnItsFirstDayDoesNotCount) {
  EXPECT_FALSE(
      wachttijd(after(kInDienst, "2022-01-03 ziekmelding; 2022-01-03 herstelmelding"), "2022-01-03")
          .has_value());
}

}  // namespace
}  // namespace trede::test
