#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "tests/unit/render/small_report.h"
#include "tools/render/charts/axis.h"
#include "tools/render/charts/chart.h"
#include "tools/render/charts/kinds_internal.h"
#include "tools/render/charts/marks.h"

namespace trede::render {
namespace {

ReportTable drawn(Chart::Kind kind, const std::vector<std::vector<ReportCell>>& cells) {
  ReportTable table{"t", "Tabel", "", {}, {}, ""};
  for (std::size_t c = 0; c < cells.front().size(); ++c) {
    table.columns.push_back({"k", "K" + std::to_string(c + 1)});
  }
  for (const auto& row : cells) {
    table.rows.push_back({"r", "R" + std::to_string(table.rows.size() + 1), row});
  }
  table.chart = Chart{kind, "Op & neer", {}, {}};
  table.chart->rows.resize(table.rows.size());
  table.chart->columns.resize(table.columns.size());
  std::iota(table.chart->rows.begin(), table.chart->rows.end(), 0U);
  std::iota(table.chart->columns.begin(), table.chart->columns.end(), 0U);
  return table;
}

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

std::string description_of(const std::string& svg) {
  const auto begin = svg.find('>', svg.find("<desc")) + 1;
  return svg.substr(begin, svg.find("</desc>") - begin);
}

std::string ticks_of(double least, double most, bool whole) {
  const Axis axis = axis_over(least, most, whole);
  std::string out;
  for (const double tick : axis.ticks()) out += (out.empty() ? "" : " ") + axis.text(tick);
  return out;
}

TEST(Axis, HasRoundTicksThatHoldZeroAndBothEnds) {
  EXPECT_EQ(ticks_of(0, 335, true), "0 100 200 300 400");
  EXPECT_EQ(ticks_of(120, 130, true), "0 50 100 150");
  EXPECT_EQ(ticks_of(-13, 18, true), "−20 −10 0 10 20");
  EXPECT_EQ(ticks_of(-7, -3, true), "−8 −6 −4 −2 0");
  EXPECT_EQ(ticks_of(0, 0, true), "0 1");
  EXPECT_EQ(ticks_of(0, 3, true), "0 1 2 3");
  EXPECT_EQ(ticks_of(0, 0.3, false), "0,0 0,1 0,2 0,3");
  EXPECT_EQ(ticks_of(0, 48'000, true), "0 10.000 20.000 30.000 40.000 50.000");
}

TEST(Spread, KeepsNamesApartInTheirOrder) {
  std::vector<double> places = {10, 11, 12, 90};
  spread(places, 10, 0, 95);
  EXPECT_EQ(places, (std::vector<double>{10, 20, 30, 90}));
  places = {90, 91, 92};
  spread(places, 10, 0, 95);
  EXPECT_EQ(places, (std::vector<double>{75, 85, 95}));
}

TEST(Chart, SaysWhatItIsToWhoDoesNotSeeIt) {
  const std::string svg = chart_svg(drawn(Chart::Kind::kTrend, {{number(1), number(2)}}), "g-1");
  EXPECT_TRUE(svg.starts_with("<svg role=\"img\" viewBox=\"0 0 900 "));
  EXPECT_EQ(count_of(svg, "aria-labelledby=\"g-1-titel\" aria-describedby=\"g-1-beschrijving\""),
            1);
  EXPECT_EQ(count_of(svg, "<title id=\"g-1-titel\">Op &amp; neer</title>"), 1);
  EXPECT_EQ(description_of(svg),
            "Een lijn per rij, van K1 tot K2. R1: van 1 (K1) naar 2 (K2), laagste 1 (K1), hoogste "
            "2 (K2). Alle getallen staan in de tabel erbij.");
}

TEST(Chart, ATrendIsInterruptedWhereThereIsNoNumber) {
  const auto gap = nothing(CellState::kGeenGegevens);
  const std::string svg = chart_svg(
      drawn(Chart::Kind::kTrend, {{number(1), number(2), gap, number(-3), number(0)}}), "g");
  const auto line = svg.find("class=\"lijn\"");
  const auto from = svg.rfind("<path", line);
  const std::string commands = svg.substr(from, line - from);
  EXPECT_EQ(count_of(commands, "M"), 2) << commands;
  EXPECT_EQ(count_of(commands, "L"), 2) << commands;
  EXPECT_EQ(count_of(svg, "class=\"teken\""), 5);  // four numbers, and the name at the end
}

TEST(Chart, StacksAreToldApartByPatternAndStandOnBothSidesOfZero) {
  const std::string svg = chart_svg(
      drawn(Chart::Kind::kStacked, {{number(30), number(0)}, {number(20), number(-10)}}), "g");
  EXPECT_EQ(count_of(svg, "<pattern id=\"g-vulling-1\""), 1);
  EXPECT_EQ(count_of(svg, "<pattern id=\"g-vulling-2\""), 1);
  EXPECT_EQ(count_of(svg, "class=\"vlak\""), 5);  // three parts, two in the legend
  EXPECT_EQ(count_of(svg, "class=\"totaal\">50</text>"), 1);
  EXPECT_EQ(description_of(svg),
            "Gestapelde staven. K1: 50, met R1 30 en R2 20. K2: −10, met R1 0 en R2 −10. Alle "
            "getallen staan in de tabel erbij.");
}

TEST(Chart, AFlowIsAsWideAsItsNumber) {
  const std::string svg =
      chart_svg(drawn(Chart::Kind::kFlow, {{number(30), number(10)},
                                           {nothing(CellState::kNvt), number(-5)},
                                           {number(0), number(60)}}),
                "g");
  EXPECT_EQ(count_of(svg, "class=\"stroom\""), 3);
  EXPECT_EQ(count_of(svg, "class=\"knoop\""), 4);                 // nothing leaves the second row
  EXPECT_EQ(count_of(svg, "height=\"150\" class=\"knoop\""), 1);  // 60 of 100, on 250 px
  EXPECT_EQ(count_of(svg, ">R1 40</text>"), 1);
  EXPECT_EQ(count_of(svg, ">K2 70</text>"), 1);
  EXPECT_EQ(description_of(svg),
            "Stroomdiagram. Van R3 naar K2: 60. Van R1 naar K1: 30. Van R1 naar K2: 10. Alle "
            "getallen staan in de tabel erbij.");
}

TEST(Chart, ABarIsDrawnAgainstItsTarget) {
  const std::string svg =
      chart_svg(drawn(Chart::Kind::kTargetBar, {{number(50), number(200)},
                                                {number(-20), nothing(CellState::kGeenGegevens)},
                                                {nothing(CellState::kOnderdrukt), number(5)},
                                                {number(3), number(0)}}),
                "g");
  EXPECT_EQ(count_of(svg, "class=\"staaf\""), 5);  // one in the legend
  EXPECT_EQ(count_of(svg, "class=\"doel\""), 4);
  EXPECT_EQ(count_of(svg, ">50 van 200</text>"), 1);
  EXPECT_EQ(description_of(svg),
            "Staven van K1 en K2. R1: 50 van 200 (25%). R2: −20, zonder doel. R3: geen getal, doel "
            "5. R4: 3 van 0. Alle getallen staan in de tabel erbij.");
}

TEST(Chart, WithoutNumbersSaysSo) {
  for (const auto kind :
       {Chart::Kind::kTrend, Chart::Kind::kStacked, Chart::Kind::kFlow, Chart::Kind::kTargetBar}) {
    const auto svg = chart_svg(drawn(kind, {{nothing(CellState::kNvt)}}), "g");
    EXPECT_EQ(description_of(svg), "Er zijn geen getallen om te tekenen.");
    EXPECT_EQ(count_of(svg, "Er zijn geen getallen om te tekenen.</text>"), 1);
  }
}

TEST(Chart, WhatWasLeftOutIsInNoTotal) {
  const std::vector<std::vector<ReportCell>> cells = {{number(30), number(7)},
                                                      {nothing(CellState::kOnderdrukt), number(8)}};
  const std::string stack = chart_svg(drawn(Chart::Kind::kStacked, cells), "g");
  EXPECT_EQ(count_of(stack, "class=\"totaal\""), 1);
  EXPECT_EQ(count_of(stack, "class=\"totaal\">15</text>"), 1);
  EXPECT_EQ(description_of(stack),
            "Gestapelde staven. K1: R1 30. K2: 15, met R1 7 en R2 8. Alle getallen staan in de "
            "tabel erbij.");
  const std::string flow = chart_svg(drawn(Chart::Kind::kFlow, cells), "g");
  for (const char* name : {">R1 37<", ">R2<", ">K1<", ">K2 15<"}) {
    EXPECT_EQ(count_of(flow, name), 1) << name;
  }
}

TEST(Chart, SixteenSeriesLookDifferent) {
  std::set<std::string> fills;
  std::set<std::string> lines;
  for (std::size_t i = 0; i < 16; ++i) {
    Drawing drawing(10);
    define_fill(drawing, i, "g");
    const std::string defined = drawing.svg("g", "", "");
    fills.insert(defined.substr(defined.find("<rect")));
    lines.insert(stroke_of(i));
  }
  EXPECT_EQ(fills.size(), 16);
  EXPECT_EQ(lines.size(), 16);
}

TEST(Chart, ARowOrColumnThatIsNotThereIsNotDrawn) {
  ReportTable table = drawn(Chart::Kind::kTargetBar, {{number(1)}});
  table.chart->rows = {0, 7};
  table.chart->columns = {0, 9};
  EXPECT_EQ(count_of(chart_svg(table, "g"), "class=\"staaf\""), 2);
}

TEST(Chart, NamesThatAreTooLongAreCutAndEscaped) {
  ReportTable table = drawn(Chart::Kind::kTrend, {{number(1)}});
  table.rows[0].title = "Een <heel> lange naam die niet past";
  EXPECT_EQ(count_of(chart_svg(table, "g"), ">Een &lt;heel&gt; lange naam d… 1</text>"), 1);
}

}  // namespace
}  // namespace trede::render
