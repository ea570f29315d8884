#include <gtest/gtest.h>

#include "tests/unit/render/small_report.h"
#include "tools/render/markup.h"
#include "tools/render/render.h"

namespace trede::render {
namespace {

// The only table of the report.
std::string table_of(const Report& report) {
  const std::string html = report_html(report, {"nu"});
  const auto begin = html.find("<table");
  return html.substr(begin, html.find("</table>") - begin);
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ReportHtml, EscapesWhatItPrints) {
  const std::string html = report_html(small_report(), {"nu"});
  EXPECT_TRUE(html.starts_with("<!doctype html>\n<html lang=\"nl\">"));
  EXPECT_TRUE(contains(html, "<title>Proef &amp; meer</title>"));
  EXPECT_TRUE(contains(html, "Alleen &lt;trede&gt; 3."));
}

TEST(ReportHtml, ATableNamesItsRowsAndColumns) {
  EXPECT_EQ(table_of(small_report()),
            "<table>\n<caption id=\"tabel-1\">Trajecten</caption>\n"
            "<thead><tr><th scope=\"col\">Trede</th><th scope=\"col\">31-03-2021</th>"
            "<th scope=\"col\">%</th></tr></thead>\n<tbody>\n"
            "<tr><th scope=\"row\">Trede 3</th><td>1.021</td><td>12,1%</td></tr>\n"
            "<tr><th scope=\"row\">N.t.b., &quot;nieuw&quot;</th><td class=\"geen\">n.v.t.</td>"
            "<td class=\"geen\">geen gegevens</td></tr>\n"
            "<tr><th scope=\"row\">Oud</th><td>0</td><td class=\"geen\"></td></tr>\n</tbody>\n");
}

TEST(ReportHtml, StylesAndJudgementsAreSaidAndNotOnlyColoured) {
  EXPECT_EQ(
      table_of(full_report()),
      "<table>\n<caption id=\"tabel-1\">Trajecten</caption>\n"
      "<thead><tr><th scope=\"col\">Trede</th><th scope=\"col\">Aantal</th>"
      "<th scope=\"col\">Afspraak</th><th scope=\"col\">Opmerking</th></tr></thead>\n<tbody>\n"
      "<tr class=\"kop\"><th scope=\"rowgroup\" colspan=\"4\">Regulier</th></tr>\n"
      "<tr><th scope=\"row\">Eén</th><td class=\"ongunstig\"><span class=\"oordeel\">ongunstig"
      "</span> −131</td><td>200 (75 + 125)</td><td>31-03-2021</td></tr>\n"
      "<tr class=\"deel\"><th scope=\"row\">waarvan jong</th><td class=\"geen\">x</td>"
      "<td>7</td><td class=\"tekst\">ok</td></tr>\n"
      "<tr class=\"totaal\"><th scope=\"row\">Totaal</th><td class=\"gunstig\">"
      "<span class=\"oordeel\">gunstig</span> 9</td><td>207</td><td class=\"tekst gunstig\">"
      "<span aria-hidden=\"true\">✓</span> klopt</td></tr>\n</tbody>\n");
}

TEST(ReportHtml, SaysWhereItComesFrom) {
  const std::string html = report_html(full_report(), {"2021-04-06T09:00:00.000000Z"});
  for (const char* part :
       {"<p class=\"status vastgesteld\">Vastgesteld op 12-04-2021 (positie 50)</p>",
        "<dt>Bekend op</dt><dd>06-04-2021</dd>", "<dt>Selectie</dt><dd>gemeente=Velsen</dd>",
        "<p class=\"melding\">Weggelaten: aantallen van 1 tot en met 4",
        "<p>Een begin.</p>\n<p>En verder.</p>",
        "<dt>Eén</dt>\n<dd><p>Te weinig, &quot;ook&quot; nu.</p><p><b>Aanleiding:</b> Oorzaak.</p>"
        "<p><b>Verwachting:</b> Later meer.</p></dd>",
        "<dt>Trajecten</dt><dd>Wie in traject is. <span class=\"eenheid\">(personen)</span></dd>",
        "<dt>Boomkop</dt><dd>00ff</dd>", "<dt>Catalogus</dt><dd>2021.2</dd>",
        "<a href=\"#sectie-1\">Overzicht</a>"}) {
    EXPECT_TRUE(contains(html, part)) << part << "\n" << html;
  }
}

TEST(ReportHtml, WideTablesAreSetSmallerOnPaper) {
  Report report = small_report();
  ReportTable& table = report.sections[0].tables[0];
  const auto with_columns = [&](std::size_t count) {
    table.columns.assign(count, {"k", "K"});
    for (ReportRow& row : table.rows) row.cells.assign(count, number(1));
    return table_of(report).substr(0, 30);
  };
  EXPECT_TRUE(with_columns(7).starts_with("<table>"));
  EXPECT_TRUE(with_columns(8).starts_with("<table class=\"breed\">"));
  EXPECT_TRUE(with_columns(14).starts_with("<table class=\"zeer-breed\">"));
}

TEST(ReportHtml, TablesStandBesideEachOtherWhereTheyFit) {
  const auto alone = [](const Report& report) {
    return contains(report_html(report, {"nu"}), "<div class=\"blad alleen\">");
  };
  Report report = small_report();
  EXPECT_FALSE(alone(report));
  EXPECT_TRUE(alone(full_report()));  // something was said about a row
  ReportTable& table = report.sections[0].tables[0];
  table.chart = Chart{Chart::Kind::kTrend, "Lijn", {0}, {0}};
  EXPECT_TRUE(alone(report));
  table.chart.reset();
  table.columns.assign(5, {"k", "K"});
  for (ReportRow& row : table.rows) row.cells.assign(5, number(1));
  EXPECT_TRUE(alone(report));
}

TEST(CssString, CannotEndTheStyle) {
  EXPECT_EQ(css_string("a \"b\" </style>é"), "\"a \\22 b\\22  \\3c \\2f style\\3e é\"");
}

}  // namespace
}  // namespace trede::render
