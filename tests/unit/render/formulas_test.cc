#include "tools/render/xlsx/formulas.h"

#include <gtest/gtest.h>

#include "tests/unit/render/small_report.h"
#include "tools/render/xlsx/numbers.h"

namespace trede::render {
namespace {

using Kind = CellFormula::Kind;

// Two sections with a table of one row each: A holds what is given, B the cell that follows.
struct Case {
  const char* what;
  std::vector<ReportCell> parts;
  ReportCell cell;
  Kind kind;
  const char* formula;  // "" = none
};

std::string formula_for(const Case& one) {
  Report report = small_report();
  ReportTable& table = report.sections[0].tables[0];
  table.rows = {{"r", "R", one.parts}};
  ReportCell cell = one.cell;
  cell.formula = CellFormula{one.kind, {}};
  for (std::uint32_t c = 0; c < one.parts.size(); ++c) cell.formula->of.push_back({0, 0, c});
  const WorkbookPlaces places(report);
  const auto made = formula_of(cell, {0, 9, 1}, places);
  return made ? made->text : "";
}

ReportCell percentage(Int128 above, Int128 below = 1, int decimals = 0) {
  return number(above, below, decimals, CellUnit::kProcent);
}

TEST(FormulaOf, RefersToTheCellsThatTheNumberFollowsFrom) {
  const auto nvt = nothing(CellState::kNvt);
  const auto points = [](Int128 above, Int128 below) {
    return number(above, below, 1, CellUnit::kProcentpunt);
  };
  const std::vector<Case> cases = {
      {"a range", {number(1), number(2), number(3)}, number(6), Kind::kSum, "=SUM(B5:D5)"},
      {"two of them", {number(1), number(2)}, number(3), Kind::kSum, "=SUM(B5,C5)"},
      {"a sum skips words", {number(1), nvt, number(3)}, number(4), Kind::kSum, "=SUM(B5:D5)"},
      {"a difference takes words for nul",
       {number(4), nvt},
       number(4),
       Kind::kDifference,
       "=B5-N(C5)"},
      {"the first less all others",
       {number(9), number(2), number(3)},
       number(4),
       Kind::kDifference,
       "=B5-C5-D5"},
      {"fractions are rounded far behind what is shown",
       {number(1, 3, 1), number(1, 7, 1)},
       number(4, 21, 1),
       Kind::kDifference,
       "=ROUND(B5-C5,9)"},
      {"a percentage is kept divided by 100",
       {number(37), number(200)},
       percentage(37, 2, 1),
       Kind::kPercentage,
       "=ROUND(B5/C5,11)"},
      {"a percentage that is no percentage",
       {number(1), number(4)},
       number(25),
       Kind::kPercentage,
       "=ROUND(B5/C5*100,8)"},
      {"of percentages",
       {percentage(10), percentage(40)},
       percentage(25),
       Kind::kPercentage,
       "=ROUND(B5/C5,10)"},
      {"percentage points",
       {percentage(129, 10), percentage(79, 10)},
       points(5, 1),
       Kind::kDifference,
       "=ROUND((B5-C5)*100,9)"},
      {"a quotient", {number(7), number(2)}, number(7, 2, 1), Kind::kQuotient, "=ROUND(B5/C5,9)"},
      {"units that differ",
       {percentage(50), number(2)},
       number(52),
       Kind::kSum,
       "=ROUND(B5*100+C5,8)"},
      {"printed as nul from below",
       {number(1, 4), number(1, 2)},
       number(-1, 4),
       Kind::kDifference,
       "=ROUND(B5-C5,0)"},
      {"a percentage that would lose its half",
       {percentage(76, 10, 1), percentage(705, 100, 2)},
       percentage(55, 100, 1),
       Kind::kDifference,
       "=ROUND(ROUND(B5-C5,11),3)"},
  };
  for (const Case& one : cases) EXPECT_EQ(formula_for(one), one.formula) << one.what;
}

TEST(FormulaOf, IsLeftOutWhereItWouldShowSomethingElse) {
  const std::vector<Case> cases = {
      {"a part is not known",
       {number(1), nothing(CellState::kGeenGegevens)},
       number(1),
       Kind::kSum,
       ""},
      {"a part was left out",
       {number(1), nothing(CellState::kOnderdrukt)},
       number(1),
       Kind::kSum,
       ""},
      {"the parts come to something else", {number(1), number(2)}, number(4), Kind::kSum, ""},
      {"nothing to divide by", {number(1), number(0)}, number(0), Kind::kQuotient, ""},
      {"a ratio of three", {number(1), number(1), number(1)}, number(1), Kind::kQuotient, ""},
      {"no parts", {}, number(0), Kind::kSum, ""},
      {"no number", {number(1)}, nothing(CellState::kNvt), Kind::kSum, ""},
      {"more than Excel takes", std::vector<ReportCell>(256, number(1)), number(256), Kind::kSum,
       ""},
  };
  for (const Case& one : cases) EXPECT_EQ(formula_for(one), one.formula) << one.what;
}

TEST(FormulaOf, ReachesOtherSheets) {
  Report report = small_report();
  report.sections.push_back(report.sections.front());
  report.sections[1].title = "Overzicht";
  const WorkbookPlaces places(report);
  const auto cell = follows(number(1021), Kind::kSum, {{1, 0, 0}, {1, 2, 0}});
  const auto made = formula_of(cell, {0, 4, 1}, places);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->text, "=SUM('Overzicht 2'!B5,'Overzicht 2'!B7)");
  EXPECT_EQ(made->value, 1021);
  EXPECT_FALSE(formula_of(follows(number(0), Kind::kSum, {{9, 0, 0}}), {0, 4, 1}, places));
}

TEST(FormulaOf, CancellationAtATieShowsWhatIsPrinted) {
  Report report = small_report();
  const auto euro = [](Int128 cents) { return number(cents, 100'000, 0, CellUnit::kEuroX1000); };
  report.sections[0].tables[0].rows = {{"r", "R", {euro(204'759'860), euro(204'909'860)}}};
  const WorkbookPlaces places(report);
  const auto cell = follows(euro(-150'000), Kind::kDifference, {{0, 0, 0}, {0, 0, 1}});
  EXPECT_EQ(cell.text(), "-2");
  EXPECT_GT(2047.5986 - 2049.0986, -1.49999999999999);  // without ROUND it would show -1
  const auto made = formula_of(cell, {0, 9, 1}, places);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->text, "=ROUND(B5-C5,8)");
  EXPECT_EQ(made->value, -1.5);
}

TEST(Written, IsExactWhereThatShowsWhatIsPrinted) {
  EXPECT_EQ(written(number(1, 3)), Rational(Int128{1}, Int128{3}));
  EXPECT_EQ(written(number(1005, 1000, 2)), Rational(Int128{1005}, Int128{1000}));
  EXPECT_EQ(written(percentage(1005, 1000, 2)), Rational(Int128{1005}, Int128{1000}));
}

TEST(Written, IsWhatIsPrintedWhereExcelWouldShowSomethingElse) {
  // 0.4999999999999999 has more digits than Excel looks at.
  constexpr Int128 kHalf = 5'000'000'000'000'000;
  EXPECT_EQ(written(number(kHalf - 1, 2 * kHalf)), Rational());
  EXPECT_EQ(written(number(-3, 10)), Rational());                        // would be -0
  EXPECT_EQ(written(number(-6, 10)), Rational(Int128{-6}, Int128{10}));  // is -1
  EXPECT_EQ(written(number(0)), Rational());
  EXPECT_LT(0.0055 * 100, 0.55);
  EXPECT_EQ(written(percentage(55, 100, 1)), Rational(Int128{6}, Int128{10}));
  EXPECT_EQ(written(percentage(37, 2)), Rational(Int128{37}, Int128{2}));  // 18.5 is exact
}

TEST(Kept, DividesAPercentage) {
  EXPECT_EQ(kept(Rational(Int128{25}), percentage(25)), 0.25);
  EXPECT_EQ(kept(Rational(Int128{25}), number(25)), 25);
}

}  // namespace
}  // namespace trede::render
