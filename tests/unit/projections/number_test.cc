#include <gtest/gtest.h>

#include "projections/measures/query.h"

namespace trede {
namespace {

std::string ratio(Number teller, Number noemer, bool is_percentage = false) {
  return ratio_text({.codes = {}, .waarde = {}, .teller = teller, .noemer = noemer}, is_percentage);
}

TEST(NumberText, WritesEveryDecimalExceptTrailingZeros) {
  const std::vector<std::pair<Number, std::string>> cases{
      {{0, 0}, "0"},           {{12, 0}, "12"},       {{-12, 0}, "-12"},
      {{8'000, 4}, "0.8"},     {{20'000, 4}, "2"},    {{1, 4}, "0.0001"},
      {{-32'500, 4}, "-3.25"}, {{0, 6}, "0"},         {{-1, 6}, "-0.000001"},
      {{100, 0}, "100"},       {{1'000'000, 6}, "1"}, {{10'500'000, 6}, "10.5"},
  };
  for (const auto& [number, text] : cases) EXPECT_EQ(number.text(), text);
}

TEST(NumberText, WritesNumbersBeyond64Bits) {
  const Int128 large = Int128{9'000'000'000'000'000'000} * 100;
  EXPECT_EQ((Number{large, 0}.text()), "900000000000000000000");
  EXPECT_EQ((Number{-large, 0}.text()), "-900000000000000000000");
}

TEST(RatioText, RoundsAtTheEndAwayFromZeroAtExactlyHalf) {
  const std::vector<std::tuple<Number, Number, std::string>> cases{
      {{1, 0}, {3, 0}, "0.3333"},        {{2, 0}, {3, 0}, "0.6667"},
      {{1, 0}, {20'000, 0}, "0.0001"},   {{1, 0}, {20'001, 0}, "0.0000"},
      {{-1, 0}, {20'000, 0}, "-0.0001"}, {{-1, 0}, {20'001, 0}, "0.0000"},
      {{3, 0}, {20'000, 0}, "0.0002"},   {{-3, 0}, {20'000, 0}, "-0.0002"},
      {{7, 0}, {2, 0}, "3.5000"},        {{0, 0}, {5, 0}, "0.0000"},
      {{5, 0}, {5, 0}, "1.0000"},
  };
  for (const auto& [teller, noemer, text] : cases) EXPECT_EQ(ratio(teller, noemer), text);
}

TEST(RatioText, OfAPercentageIsTimesHundred) {
  EXPECT_EQ(ratio({1, 0}, {3, 0}, true), "33.3333");
  EXPECT_EQ(ratio({1, 0}, {2'000'000, 0}, true), "0.0001");
}

TEST(RatioText, TakesTheDecimalsOfBothSidesIntoAccount) {
  EXPECT_EQ(ratio({500'000, 6}, {20'000, 4}), "0.2500");
  EXPECT_EQ(ratio({20'000, 4}, {500'000, 6}), "4.0000");
  EXPECT_EQ(ratio({123'456'789, 9}, {1, 0}), "0.1235");
}

TEST(RatioText, IsEmptyWithoutNoemer) {
  EXPECT_EQ(ratio({5, 0}, {0, 0}), "");
  EXPECT_EQ(ratio({0, 0}, {0, 4}), "");
}

}  // namespace
}  // namespace trede
