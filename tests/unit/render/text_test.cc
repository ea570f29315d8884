#include <gtest/gtest.h>

#include "tests/unit/render/small_report.h"
#include "tools/render/render.h"

namespace trede::render {
namespace {

TEST(ReportText, AlignsColumns) {
  EXPECT_EQ(report_text(small_report(), {"2021-04-01T00:00:00.000000Z"}),
            "Proef & meer\n"
            "════════════\n"
            "Concept\n"
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

TEST(ReportText, SaysAllThatTheReportHolds) {
  EXPECT_EQ(report_text(full_report(), {"nu"}),
            "Proef & meer\n"
            "════════════\n"
            "Vastgesteld op 12-04-2021 (positie 50)\n"
            "Weggelaten: aantallen van 1 tot en met 4 (< 5), en wat die zou verraden (x).\n"
            "\n"
            "Overzicht\n"
            "─────────\n"
            "Een begin.\n"
            "En verder.\n"
            "\n"
            "Trajecten\n"
            "  Trede                   Aantal        Afspraak   Opmerking\n"
            "  ──────────────  ──────────────  ──────────────  ──────────\n"
            "  Regulier\n"
            "  Eén             ongunstig -131  200 (75 + 125)  31-03-2021\n"
            "    waarvan jong               x               7          ok\n"
            "  ──────────────  ──────────────  ──────────────  ──────────\n"
            "  Totaal               gunstig 9             207       klopt\n"
            "  Toelichting bij Eén:\n"
            "    Te weinig, \"ook\" nu.\n"
            "    Aanleiding: Oorzaak.\n"
            "    Verwachting: Later meer.\n"
            "\n"
            "periode 01-01-2021 t/m 31-03-2021, bekend_op nu, positie 42, definitie proef 1\n"
            "selectie gemeente=Velsen\n"
            "catalogus 2021.2\n"
            "generatie 3, boomkop 00ff\n");
}

TEST(ReportText, CountsColumnsOfTheTerminalAndNotBytes) {
  Report report = small_report();
  ReportTable& table = report.sections[0].tables[0];
  table.note.clear();
  table.columns = {{"n", "N"}};
  // An accent of its own, a character of two columns, and a byte that is none.
  table.rows = {{"a", "e\u0301\u0301", {number(1)}},
                {"b", "\u4e2d", {number(2)}},
                {"c", "\xff", {number(3)}},
                {"d", "gewoon", {number(4)}}};
  const std::string text = report_text(report, {"nu"});
  EXPECT_NE(text.find("  e\u0301\u0301       1\n  \u4e2d      2\n  \xff       3\n  gewoon  4\n"),
            std::string::npos)
      << text;
}

TEST(ReportText, WrapsLongWords) {
  Report report = small_report();
  for (int i = 0; i < 40; ++i) report.sections[0].text += "woorden ";
  const std::string text = report_text(report, {"nu"});
  EXPECT_NE(text.find("woorden woorden\nwoorden"), std::string::npos);
}

}  // namespace
}  // namespace trede::render
