#include "projections/reports/suppress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>

namespace trede {
namespace {

ReportCell count(int number) {
  ReportCell out;
  out.state = CellState::kNumber;
  out.number = Rational(Int128{number});
  out.is_small = number > 0 && number < 5;
  return out;
}
ReportCell in(CellUnit unit, ReportCell cell) {
  cell.unit = unit;
  return cell;
}
ReportCell follows(CellFormula::Kind kind, std::vector<CellPlace> of, ReportCell cell) {
  cell.formula = CellFormula{kind, std::move(of)};
  return cell;
}
ReportCell large(ReportCell cell) {
  cell.is_small = false;
  return cell;
}
const ReportCell kNothing;

ReportTable table(std::vector<std::vector<ReportCell>> rows) {
  ReportTable out;
  out.columns.resize(rows.front().size());
  for (auto& cells : rows) out.rows.push_back({"r", "R", std::move(cells)});
  return out;
}
Report report(std::vector<ReportTable> tables) {
  Report out;
  out.sections.push_back({"s", "S", std::move(tables)});
  return out;
}

// A line per row: `12 x 0 .`; x is what was left out.
std::string text(const ReportTable& table) {
  std::string out;
  for (const ReportRow& row : table.rows) {
    for (const ReportCell& cell : row.cells) {
      if (cell.state == CellState::kOnderdrukt) {
        out += "x ";
      } else {
        out += cell.state == CellState::kNumber ? cell.text() + " " : ". ";
      }
    }
    out.back() = '\n';
  }
  return out;
}
std::string suppressed(std::vector<ReportTable> tables) {
  Report one = report(std::move(tables));
  suppress(one);
  EXPECT_TRUE(one.suppressed);
  std::string out;
  for (const ReportTable& made : one.sections[0].tables) out += text(made);
  return out;
}

TEST(Suppress, CountsOfOneToFourGoAndNulAndFiveStay) {
  EXPECT_EQ(suppressed({table({{count(0), count(1), count(4), count(5), kNothing}})}),
            "0 x x 5 .\n");
}

TEST(Suppress, AReportWithoutSmallCountsStaysAsItIs) {
  EXPECT_EQ(suppressed({table({{count(5), count(0)}, {count(12), count(7)}})}), "5 0\n12 7\n");
}

TEST(Suppress, ASecondGoesInTheRowAndInTheColumn) {
  EXPECT_EQ(suppressed({table({{count(3), count(20), count(9)},
                               {count(30), count(8), count(40)},
                               {count(33), count(28), count(49)}})}),
            "x 20 x\nx 8 x\n33 28 49\n");
}

TEST(Suppress, NulIsNoSecondToHideBehind) {
  EXPECT_EQ(suppressed({table({{count(3), count(0), count(7)}})}), "x 0 x\n");
}

TEST(Suppress, OnlyCountsHideEachOther) {
  EXPECT_EQ(suppressed({table({{count(3), in(CellUnit::kFte, large(count(2))),
                                in(CellUnit::kProcent, large(count(12)))}})}),
            "x 2 12\n");
}

TEST(Suppress, WhatFollowsFromOneThatIsLeftOutGoesToo) {
  using Kind = CellFormula::Kind;
  for (const Kind kind : {Kind::kDifference, Kind::kPercentage, Kind::kQuotient}) {
    const auto made =
        follows(kind, {{0, 0, 0}, {0, 0, 1}}, in(CellUnit::kProcent, large(count(50))));
    EXPECT_EQ(suppressed({table({{count(3), count(6), count(9)}}), table({{made}})}), "x x 9\nx\n");
  }
}

TEST(Suppress, ASumGoesWhenOnlyOnePartOfItIsLeftOut) {
  const auto sum = [](std::uint32_t second) {
    return follows(CellFormula::Kind::kSum, {{0, 0, 0}, {0, 0, second}}, large(count(50)));
  };
  EXPECT_EQ(suppressed({table({{count(3), count(2), count(9)}}), table({{sum(1)}})}),
            "x x 9\n50\n");
  EXPECT_EQ(suppressed({table({{count(3), count(6), count(9)}}), table({{sum(2)}})}), "x x 9\nx\n");
}

TEST(Suppress, AReferenceToOneThatIsLeftOutGoesThroughEveryStep) {
  const auto same_as = [](std::uint32_t other) {
    return follows(CellFormula::Kind::kSum, {{other, 0, 0}}, large(count(3)));
  };
  EXPECT_EQ(suppressed({table({{same_as(1)}}), table({{same_as(2)}}), table({{count(3)}})}),
            "x\nx\nx\n");
}

TEST(Suppress, WhatIsCoveredInOneTableIsNotPrintedInAnother) {
  // The overview repeats a number of the chapter, and covers a small one with it.
  const auto repeated = follows(CellFormula::Kind::kSum, {{1, 0, 0}}, count(6));
  EXPECT_EQ(suppressed({table({{count(3), repeated, count(40)}}), table({{count(6)}})}),
            "x x 40\nx\n");
}

TEST(Suppress, ATotalThatIsLeftOutLeavesOutAPart) {
  const auto total = follows(CellFormula::Kind::kSum, {{1, 0, 0}, {1, 1, 0}}, count(13));
  EXPECT_EQ(suppressed({table({{count(3), total, count(40)}}), table({{count(6)}, {count(7)}})}),
            "x x 40\nx\nx\n");
}

TEST(Suppress, WhatPeopleWroteBesideARowGoes) {
  Report all = report({table({{count(12), count(7)}, {count(9), count(8)}})});
  all.sections[0].tables[0].rows[0].toelichtingen = {
      {"2 uit Uitgeest", "1 van 57", "3 minder", "4"}, {"nog 1", "", "", ""}};
  suppress(all);
  const auto& left = all.sections[0].tables[0].rows[0].toelichtingen;
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].tekst, "De toelichting bij deze regel is weggelaten.");
  EXPECT_EQ(left[0].aanleiding + left[0].gevolg + left[0].verwachting, "");
  EXPECT_TRUE(all.sections[0].tables[0].rows[1].toelichtingen.empty());
}

TEST(Suppress, LeavesNothingBehindThePrint) {
  ReportCell cell = follows(CellFormula::Kind::kSum, {{0, 0, 1}}, count(3));
  cell.parts = "1 + 2";
  cell.oordeel = Oordeel::kGunstig;
  Report one = report({table({{cell, count(3)}})});
  suppress(one);
  const ReportCell& left = one.sections[0].tables[0].rows[0].cells[0];
  EXPECT_EQ(left.state, CellState::kOnderdrukt);
  EXPECT_TRUE(left.number.is_zero());
  EXPECT_EQ(left.formula, std::nullopt);
  EXPECT_EQ(left.parts, "");
  EXPECT_EQ(left.oordeel, Oordeel::kGeen);
  EXPECT_EQ(left.text(), "");
}

// A table of counts with a total of each row, of each column and of all.
ReportTable random_table(std::mt19937_64& dice) {
  const std::uint32_t height = 1 + static_cast<std::uint32_t>(dice() % 4);
  const std::uint32_t width = 1 + static_cast<std::uint32_t>(dice() % 4);
  std::vector<std::vector<int>> n(height + 1, std::vector<int>(width + 1, 0));
  for (std::uint32_t r = 0; r < height; ++r) {
    for (std::uint32_t c = 0; c < width; ++c) {
      const int one = static_cast<int>(dice() % (dice() % 3 == 0 ? 40 : 7));
      for (const std::uint32_t row : {r, height}) {
        for (const std::uint32_t column : {c, width}) n[row][column] += one;
      }
    }
  }
  std::vector<std::vector<ReportCell>> rows(height + 1);
  for (std::uint32_t r = 0; r <= height; ++r) {
    for (std::uint32_t c = 0; c <= width; ++c) {
      std::vector<CellPlace> of;
      for (std::uint32_t i = 0; c == width && i < width; ++i) of.push_back({0, r, i});
      for (std::uint32_t i = 0; c < width && r == height && i < height; ++i) {
        of.push_back({0, i, c});
      }
      ReportCell cell = count(n[r][c]);
      if (!of.empty()) cell = follows(CellFormula::Kind::kSum, std::move(of), std::move(cell));
      rows[r].push_back(std::move(cell));
    }
  }
  return table(std::move(rows));
}

// Works out what can be told from the totals: the one number that a row or column lacks, then
// again, until nothing more follows.
std::size_t told_from_totals(const ReportTable& table) {
  const std::size_t height = table.rows.size();
  const std::size_t width = table.columns.size();
  std::vector<std::vector<bool>> known(height, std::vector<bool>(width));
  for (std::size_t r = 0; r < height; ++r) {
    for (std::size_t c = 0; c < width; ++c) {
      known[r][c] = table.rows[r].cells[c].state == CellState::kNumber;
    }
  }
  std::size_t told = 0;
  for (bool more = true; more;) {
    more = false;
    for (std::size_t r = 0; r < height; ++r) {
      for (std::size_t c = 0; c < width; ++c) {
        if (known[r][c]) continue;
        bool by_row = true;
        bool by_column = true;
        for (std::size_t i = 0; i < width; ++i) by_row = by_row && (i == c || known[r][i]);
        for (std::size_t i = 0; i < height; ++i) by_column = by_column && (i == r || known[i][c]);
        if (!by_row && !by_column) continue;
        known[r][c] = more = true;
        ++told;
      }
    }
  }
  return told;
}

bool leaves_something_out(const ReportTable& table) {
  return std::ranges::any_of(table.rows, [](const ReportRow& row) {
    return std::ranges::any_of(
        row.cells, [](const ReportCell& cell) { return cell.state == CellState::kOnderdrukt; });
  });
}

TEST(Suppress, NothingThatIsLeftOutFollowsFromTheTotals) {
  std::size_t left_out = 0;
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    std::mt19937_64 dice(seed);
    Report one = report({random_table(dice)});
    const std::string before = text(one.sections[0].tables[0]);
    suppress(one);
    const ReportTable& after = one.sections[0].tables[0];
    if (leaves_something_out(after)) ++left_out;
    ASSERT_EQ(told_from_totals(after), 0U) << "seed " << seed << "\n" << before << text(after);
    for (const ReportRow& row : after.rows) {
      for (const ReportCell& cell : row.cells) {
        ASSERT_FALSE(cell.state == CellState::kNumber && cell.is_small) << "seed " << seed;
      }
    }
  }
  EXPECT_GT(left_out, 1'000U);
}

}  // namespace
}  // namespace trede
