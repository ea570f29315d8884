#include "tools/render/render.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace trede::render {
namespace {

ReportCell number(int above, int below, int decimals = 0, CellUnit unit = CellUnit::kAantal) {
  return {CellState::kNumber, Rational(Int128{above}, Int128{below}), decimals, unit};
}

ReportCell nothing(CellState state) { return {state, {}, 0, CellUnit::kAantal}; }

Report small_report() {
  Report report;
  report.name = "proef";
  report.title = "Proef & meer";
  report.version = "1";
  report.period = {Day{std::chrono::year{2021} / 1 / 1}, Day{std::chrono::year{2021} / 3 / 31}};
  report.known = Position{42};
  ReportTable table{"t", "Trajecten", "Trede", {{"eind", "31-03-2021"}, {"pct", "%"}}, {}, ""};
  table.note = "Alleen <trede> 3.";
  table.rows = {
      {"drie", "Trede 3", {number(1021, 1), number(121, 10, 1, CellUnit::kProcent)}},
      {"ntb", "N.t.b., \"nieuw\"", {nothing(CellState::kNvt), nothing(CellState::kGeenGegevens)}},
      {"oud", "Oud", {number(0, 1), nothing(CellState::kLeeg)}}};
  report.sections = {{"s", "Overzicht", {table}}};
  return report;
}

TEST(Render, NumbersAreWrittenAsInDutch) {
  EXPECT_EQ(dutch_cell(number(7, 1)), "7");
  EXPECT_EQ(dutch_cell(number(999, 1)), "999");
  EXPECT_EQ(dutch_cell(number(1021, 1)), "1.021");
  EXPECT_EQ(dutch_cell(number(-1234567, 1, 1)), "-1.234.567,0");
  EXPECT_EQ(dutch_cell(number(-123, 1)), "-123");
  EXPECT_EQ(dutch_cell(number(121, 10, 1, CellUnit::kProcent)), "12,1%");
  EXPECT_EQ(dutch_cell(number(-11, 10, 1, CellUnit::kProcentpunt)), "-1,1");
  EXPECT_EQ(dutch_cell(nothing(CellState::kLeeg)), "");
  EXPECT_EQ(dutch_cell(nothing(CellState::kNvt)), "n.v.t.");
  EXPECT_EQ(dutch_cell(nothing(CellState::kGeenGegevens)), "geen gegevens");
}

TEST(Render, TextAlignsColumns) {
  EXPECT_EQ(report_text(small_report(), {"2021-04-01T00:00:00.000000Z"}),
            "Proef & meer\n"
            "════════════\n"
            "\n"
            "Overzicht\n"
            "─────────\n"
            "\n"
            "Trajecten\n"
            "  Trede            31-03-2021              %\n"
            "  ───────────────  ──────────  ─────────────\n"
            "  Trede 3               1.021          12,1%\n"
            "  N.t.b., \"nieuw\"      n.v.t.  geen gegevens\n"
            "  Oud                       0\n"
            "  Alleen <trede> 3.\n"
            "\n"
            "periode 01-01-2021 t/m 31-03-2021, bekend_op 2021-04-01T00:00:00.000000Z, positie 42,"
            " definitie proef 1\n");
}

TEST(Render, CsvHasOneCellPerLine) {
  EXPECT_EQ(report_csv(small_report()),
            "sectie,tabel,rij,kolom,rij_titel,kolom_titel,waarde,eenheid,toestand\n"
            "s,t,drie,eind,Trede 3,31-03-2021,1021,aantal,getal\n"
            "s,t,drie,pct,Trede 3,%,12.1,procent,getal\n"
            "s,t,ntb,eind,\"N.t.b., \"\"nieuw\"\"\",31-03-2021,,aantal,nvt\n"
            "s,t,ntb,pct,\"N.t.b., \"\"nieuw\"\"\",%,,aantal,geen_gegevens\n"
            "s,t,oud,eind,Oud,31-03-2021,0,aantal,getal\n"
            "s,t,oud,pct,Oud,%,,aantal,leeg\n");
}

TEST(Render, JsonHoldsEveryCellWithItsState) {
  const std::string json = report_json(small_report(), {"nu"});
  EXPECT_TRUE(
      json.starts_with("{\"rapport\":\"proef\",\"titel\":\"Proef & meer\",\"definitie\":\"1\","
                       "\"van\":\"2021-01-01\",\"tm\":\"2021-03-31\",\"bekend_op\":\"nu\","
                       "\"positie\":42,\"secties\":[{\"id\":\"s\""));
  EXPECT_NE(json.find("{\"kolom\":\"pct\",\"waarde\":12.1,\"eenheid\":\"procent\","
                      "\"toestand\":\"getal\"}"),
            std::string::npos);
  EXPECT_NE(json.find("\"titel\":\"N.t.b., \\\"nieuw\\\"\",\"cellen\":[{\"kolom\":\"eind\","
                      "\"waarde\":null,\"eenheid\":\"aantal\",\"toestand\":\"nvt\"}"),
            std::string::npos);
  EXPECT_TRUE(json.ends_with("]}]}\n"));
}

TEST(Render, HtmlEscapesWhatItPrints) {
  const std::string html = report_html(small_report(), {"nu"});
  EXPECT_TRUE(html.starts_with("<!doctype html>\n<html lang=\"nl\">"));
  EXPECT_NE(html.find("<title>Proef &amp; meer</title>"), std::string::npos);
  EXPECT_NE(html.find("Alleen &lt;trede&gt; 3."), std::string::npos);
  EXPECT_NE(html.find("<th scope=\"row\">N.t.b., &quot;nieuw&quot;</th><td>n.v.t.</td>"),
            std::string::npos);
  EXPECT_NE(html.find("<td>12,1%</td>"), std::string::npos);
}

TEST(Render, TheSameReportIsTheSameWorkbook) {
  const auto once = report_xlsx(small_report(), {"nu"});
  ASSERT_TRUE(once) << once.error().message;
  EXPECT_TRUE(once->starts_with("PK"));
  EXPECT_EQ(*report_xlsx(small_report(), {"nu"}), *once);
  EXPECT_NE(*report_xlsx(small_report(), {"later"}), *once);
}

TEST(Render, SheetsOfOneTitleAreToldApart) {
  Report report = small_report();
  report.sections.push_back(report.sections.front());
  report.sections.back().title =
      "Een titel die veel langer is dan Excel voor een blad toelaat: [*]";
  report.sections.push_back(report.sections.back());
  EXPECT_TRUE(report_xlsx(report, {"nu"}));
}

TEST(Render, AWorkbookThatCannotBeMadeIsAnError) {
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  ASSERT_EQ(setenv("TMPDIR", "/nowhere", 1), 0);
  const auto made = report_xlsx(small_report(), {"nu"});
  before == nullptr ? unsetenv("TMPDIR") : setenv("TMPDIR", kept.c_str(), 1);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kIo);
}

TEST(Render, EveryStateAndUnitHasACode) {
  EXPECT_EQ(state_code(CellState::kNumber), "getal");
  EXPECT_EQ(state_code(CellState::kLeeg), "leeg");
  EXPECT_EQ(unit_code(CellUnit::kFte), "fte");
  EXPECT_EQ(unit_code(CellUnit::kEuroX1000), "euro_x1000");
  EXPECT_EQ(unit_code(CellUnit::kDagen), "dagen");
}

}  // namespace
}  // namespace trede::render
