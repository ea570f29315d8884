#include "projections/reports/value.h"

#include <gtest/gtest.h>

namespace trede {
namespace {

constexpr CellState kEmpties[] = {CellState::kGeenGegevens, CellState::kNvt, CellState::kLeeg};

Value number(int whole) { return number_value(Rational(Int128{whole})); }
Value small(int whole) {
  Value out = number(whole);
  out.is_small = true;
  return out;
}

// `-3`, `1.50`, `leeg`, `n.v.t.`, `geen gegevens`; a small number with a star.
std::string text(const Value& value) {
  switch (value.state) {
    case CellState::kNumber: return value.number.text(2) + (value.is_small ? "*" : "");
    case CellState::kLeeg: return "leeg";
    case CellState::kNvt: return "n.v.t.";
    case CellState::kGeenGegevens: return "geen gegevens";
    case CellState::kOnderdrukt: return "onderdrukt";
    case CellState::kText: return value.words;
    case CellState::kDay: return "day";
  }
  return "?";
}

const Value kLeeg = nothing(CellState::kLeeg);
const Value kNvt = nothing(CellState::kNvt);
const Value kGeen = nothing(CellState::kGeenGegevens);

TEST(SumOf, PassesOverLeegAndNvtAndMissesWhatIsMissing) {
  EXPECT_EQ(text(sum_of({number(3), kLeeg, number(-5), kNvt})), "-2.00");
  EXPECT_EQ(text(sum_of({number(3), kGeen})), "geen gegevens");
  EXPECT_EQ(text(sum_of({kGeen, number(3)})), "geen gegevens");
  EXPECT_EQ(text(sum_of({kLeeg, kLeeg})), "leeg");
  EXPECT_EQ(text(sum_of({kLeeg, kNvt})), "n.v.t.");
  EXPECT_EQ(text(sum_of({})), "leeg");
}

TEST(SumOf, OverOneIsAsSmallAsItsPartAndOverSeveralTellsNone) {
  EXPECT_EQ(text(sum_of({small(3)})), "3.00*");
  EXPECT_EQ(text(sum_of({small(3), number(8)})), "11.00");
}

TEST(Combining, IsEmptyForTheStrongestReason) {
  for (const auto& combine : {difference_of, percentage_of, quotient_of, product_of}) {
    for (const CellState one : kEmpties) {
      EXPECT_EQ(combine({nothing(one), number(2)}).state, one);
      EXPECT_EQ(combine({number(2), nothing(one)}).state, one);
    }
    EXPECT_EQ(text(combine({kLeeg, kNvt})), "n.v.t.");
    EXPECT_EQ(text(combine({kNvt, kLeeg})), "n.v.t.");
    EXPECT_EQ(text(combine({kNvt, kGeen})), "geen gegevens");
    EXPECT_EQ(text(combine({kLeeg, kGeen})), "geen gegevens");
  }
}

TEST(Combining, TellsOfASmallCountWhateverIsDoneToIt) {
  for (const auto& combine : {difference_of, percentage_of, quotient_of, product_of}) {
    EXPECT_TRUE(combine({small(3), number(8)}).is_small);
    EXPECT_TRUE(combine({number(8), small(3)}).is_small);
    EXPECT_FALSE(combine({number(8), number(9)}).is_small);
  }
}

TEST(DifferenceOf, TakesAllOthersOffTheFirst) {
  EXPECT_EQ(text(difference_of({number(10), number(3), number(9)})), "-2.00");
}

TEST(PercentageOf, IsExactAndNvtOverNul) {
  EXPECT_EQ(text(percentage_of({number(1), number(3)})), "33.33");
  EXPECT_EQ(text(percentage_of({number(0), number(3)})), "0.00");
  EXPECT_EQ(text(percentage_of({number(0), number(0)})), "n.v.t.");
}

TEST(QuotientOf, IsExactAndNvtOverNul) {
  EXPECT_EQ(text(quotient_of({number(3), number(2)})), "1.50");
  EXPECT_EQ(text(quotient_of({number(3), number(0)})), "n.v.t.");
}

TEST(ProductOf, MultipliesAll) {
  EXPECT_EQ(text(product_of({number(3), number(-2), number(4)})), "-24.00");
}

TEST(FirstOf, IsTheFirstNumberElseTheLast) {
  EXPECT_EQ(text(first_of({kGeen, number(0), number(7)})), "0.00");
  EXPECT_EQ(text(first_of({kGeen, kNvt})), "n.v.t.");
  EXPECT_EQ(text(first_of({kGeen, text_value("onbekend")})), "onbekend");
}

}  // namespace
}  // namespace trede
