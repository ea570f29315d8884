#include "projections/reports/rational.h"

#include <gtest/gtest.h>

namespace trede {
namespace {

Rational fraction(int above, int below) { return {Int128{above}, Int128{below}}; }

struct RoundingCase {
  int above;
  int below;
  int decimals;
  const char* text;
};

class RationalText : public testing::TestWithParam<RoundingCase> {};

TEST_P(RationalText, IsRoundedHalfUp) {
  const auto& [above, below, decimals, text] = GetParam();
  EXPECT_EQ(fraction(above, below).text(decimals), text);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, RationalText,
    testing::Values(RoundingCase{0, 7, 0, "0"}, RoundingCase{0, 7, 2, "0.00"},
                    RoundingCase{15, 2, 0, "8"}, RoundingCase{-15, 2, 0, "-8"},
                    RoundingCase{22, 3, 0, "7"}, RoundingCase{44, 3, 0, "15"},
                    RoundingCase{1, 3, 4, "0.3333"}, RoundingCase{2, 3, 1, "0.7"},
                    RoundingCase{-1, 30, 1, "0.0"}, RoundingCase{-1, 20, 1, "-0.1"},
                    RoundingCase{1021, 1, 0, "1021"}, RoundingCase{5, 1000, 2, "0.01"},
                    RoundingCase{-12, -24, 1, "0.5"}));

TEST(Rational, ComputesWithoutRounding) {
  const Rational third = fraction(1, 3);
  EXPECT_EQ(third + third + third, Rational(Int128{1}));
  EXPECT_EQ(third - fraction(1, 2), fraction(-1, 6));
  EXPECT_EQ(third * Rational(Int128{9}), Rational(Int128{3}));
  EXPECT_EQ(fraction(3, 4) / fraction(-3, 8), Rational(Int128{-2}));
}

TEST(Rational, TakesADecimalAsItIs) {
  EXPECT_EQ(Rational(Number{12'345, 3}), fraction(12'345, 1000));
}

TEST(ParseRational, ReadsDecimals) {
  EXPECT_EQ(*parse_rational("75"), Rational(Int128{75}));
  EXPECT_EQ(*parse_rational("-0.5"), fraction(-1, 2));
  EXPECT_EQ(*parse_rational("11.0"), Rational(Int128{11}));
}

class NotADecimal : public testing::TestWithParam<const char*> {};

TEST_P(NotADecimal, IsRefused) {
  const auto parsed = parse_rational(GetParam());
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().code, ErrorCode::kInvalid);
}

INSTANTIATE_TEST_SUITE_P(Cases, NotADecimal,
                         testing::Values("", "-", ".", "1.", ".5", "1,5", "1.2.3", "1e3", " 1",
                                         "1234567890123456789"));

}  // namespace
}  // namespace trede
