#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/unit/render/small_report.h"
#include "tools/render/render.h"
#include "tools/render/xlsx/looks.h"
#include "tools/render/xlsx/places.h"

namespace trede::render {
namespace {

TEST(ReportXlsx, TheSameReportIsTheSameWorkbook) {
  const auto once = report_xlsx(full_report(), {"nu"});
  ASSERT_TRUE(once) << once.error().message;
  EXPECT_TRUE(once->starts_with("PK"));
  EXPECT_EQ(*report_xlsx(full_report(), {"nu"}), *once);
  EXPECT_NE(*report_xlsx(full_report(), {"later"}), *once);
}

TEST(ReportXlsx, SheetsOfOneTitleAreToldApart) {
  Report report = small_report();
  report.sections.push_back(report.sections.front());
  report.sections.back().title =
      "Een titel die veel langer is dan Excel voor een blad toelaat: [*]";
  report.sections.push_back(report.sections.back());
  report.sections.push_back({"h", "herkomst", {}});
  report.sections.push_back({"b", "Begrippen", {}});
  report.begrippen = {{"a", "A", "b", ""}};
  EXPECT_TRUE(report_xlsx(report, {"nu"}));
  EXPECT_EQ(WorkbookPlaces(report).sheets(),
            (std::vector<std::string>{"Overzicht", "Een titel die veel langer is",
                                      "Een titel die veel langer is 2", "herkomst", "Begrippen"}));
  EXPECT_EQ(sheet_name("Herkomst", WorkbookPlaces(report).sheets()), "Herkomst 2");
}

TEST(ReportXlsx, AWorkbookThatCannotBeMadeIsAnError) {
  const char* before = std::getenv("TMPDIR");
  const std::string kept_folder = before == nullptr ? "" : before;
  ASSERT_EQ(setenv("TMPDIR", "/nowhere", 1), 0);
  const auto made = report_xlsx(small_report(), {"nu"});
  before == nullptr ? unsetenv("TMPDIR") : setenv("TMPDIR", kept_folder.c_str(), 1);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kIo);
}

TEST(NumberFormat, ShowsDecimalsJudgementAndParts) {
  EXPECT_EQ(number_format(number(1)), "#,##0");
  EXPECT_EQ(number_format(number(1, 2, 2, CellUnit::kProcent)), "#,##0.00%");
  EXPECT_EQ(number_format(judged(number(1), Oordeel::kGunstig)),
            "\"  gunstig \"* #,##0;\"  gunstig \"* -#,##0");
  ReportCell target = number(200);
  target.parts = "75 + \"125\"";
  EXPECT_EQ(number_format(target), "#,##0\" (75 + 125)\"");
}

TEST(WorkbookPlaces, TablesStandUnderOneAnotherWithWhatBelongsToThem) {
  Report report = full_report();
  report.sections[0].tables.push_back(small_report().sections[0].tables[0]);
  const WorkbookPlaces places(report);
  // Title, empty, two paragraphs, empty, title, columns.
  EXPECT_EQ(places.first_row(0), 7U);
  // Four rows, one line about a row, empty, title, columns.
  EXPECT_EQ(places.first_row(1), 15U);
  EXPECT_EQ(places.name(places.place({1, 2, 1}), 0), "C18");
  EXPECT_EQ(places.name({0, 0, 26}, 1), "'Overzicht'!AA1");
  EXPECT_EQ(places.find({1, 3, 0}), nullptr);
  EXPECT_EQ(places.find({2, 0, 0}), nullptr);
  EXPECT_EQ(lines_below(report.sections[0].tables[0]),
            (std::vector<std::string>{"Toelichting bij Eén: Te weinig, \"ook\" nu. Aanleiding: "
                                      "Oorzaak. Verwachting: Later meer."}));
}

}  // namespace
}  // namespace trede::render
