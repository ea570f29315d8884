// What may be wrong with a definition beyond one table of figures: a case for each.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "projections/reports/definition.h"

namespace trede {
namespace {

// Line 1 is the head; the section begins on line 2, its table on line 3, its columns and rows on
// line 4 and on.
std::string report_with(const std::string& head, const std::string& lines) {
  return "name: \"proef\" title: \"Proef\" version: \"1\" " + head +
         "\nsection { id: \"s\" title: \"S\"\ntable { id: \"t\" title: \"T\" measure: "
         "\"trajecten\"\n" +
         lines + "\n} }\n";
}

struct FlawCase {
  const char* name;
  const char* head;
  const char* lines;
  int line;
  const char* says;
};

void PrintTo(const FlawCase& one, std::ostream* out) { *out << one.name; }

class Flaws : public testing::TestWithParam<FlawCase> {};

TEST_P(Flaws, AreNamedByLine) {
  const auto flaws = DefinitionLibrary().find_flaws(report_with(GetParam().head, GetParam().lines));
  const auto is_it = [](const DefinitionFlaw& flaw) {
    return flaw.line == GetParam().line && flaw.message.contains(GetParam().says);
  };
  std::string all;
  for (const DefinitionFlaw& one : flaws) {
    all += std::to_string(one.line) + ": " + one.message + "\n";
  }
  EXPECT_TRUE(std::ranges::any_of(flaws, is_it)) << all;
}

constexpr const char* kColumn =
    "column { id: \"c\" title: \"C\" cell { figure { aspect: EIND } } }\n";
#define COLUMN "column { id: \"c\" title: \"C\" cell { figure { aspect: EIND } } }\n"
#define ROW(what) "row { id: \"r\" title: \"R\"\n" what " }"
#define CELL(what) COLUMN "row { id: \"r\" title: \"R\"\ncell { cell { " what " } } }"

const FlawCase kFlaws[] = {
    {"Months", "maanden: 13", COLUMN ROW(""), 1, "13 months, expected 1 to 12"},
    {"Chosen", "kies: \"regeling\"", COLUMN ROW(""), 1, "not to be chosen: 'regeling'"},
    {"NoControl", "controle: \"nergens\"", COLUMN ROW(""), 1, "there is no report 'nergens'"},
    {"FollowsNothing", "volgt: \"nergens\"", COLUMN ROW(""), 1, "there is no report 'nergens'"},
    {"EmptySet", "columns { id: \"k\" }", COLUMN ROW(""), 1, "no column, expected some"},
    {"NoSet", "", "columns: \"k\"\n" COLUMN ROW(""), 4, "there is no set of columns 'k'"},
    {"TotalInASet",
     "columns { id: \"k\" column { id: \"x\" title: \"X\" totaal_van: \"nergens\" } }",
     "columns: \"k\"\n" ROW(""), 4, "there is no column 'nergens'"},
    {"TotalOfNoRow", "", COLUMN ROW("totaal_van: \"nergens\""), 6, "there is no row 'nergens'"},
    {"RepeatedTotal", "", COLUMN ROW("per: \"gemeente\"\ntotaal_van: \"r\""), 7,
     "a total that is repeated itself"},
    {"CodesForTwo", "", COLUMN ROW("per: \"gemeente\" per: \"trede\"\nalleen: \"3\""), 7,
     "codes for 2 dimensions"},
    {"SecondCode", "", COLUMN ROW("per: \"trede\" alleen: \"3\" alleen: \"99\""), 4,
     "has no code '99'"},
    {"Dienst", "", COLUMN ROW("per: \"gemeente\"\ndienst: \"jeugd\""), 7, "not a dienst: 'jeugd'"},
    {"Mark", "", COLUMN "row { id: \"r\" title: \"R {dag}\" }", 5, "no mark: 'dag'"},
    {"OpenMark", "", COLUMN "row { id: \"r\" title: \"R {jaar\" }", 5, "no mark: 'jaar'"},
    {"ThresholdColumn", "", COLUMN "drempel { column: \"x\" meer_dan: \"5\" }\n" ROW(""), 5,
     "there is no column 'x'"},
    {"ThresholdNumber", "", COLUMN "drempel { column: \"c\" meer_dan: \"veel\" }\n" ROW(""), 5,
     "not a decimal"},
    {"NoKindOfDrawing", "", COLUMN "grafiek { column: \"c\" }\n" ROW(""), 5, "no soort"},
    {"DrawnRow", "", COLUMN "grafiek { soort: TREND row: \"x\" }\n" ROW(""), 5,
     "there is no row 'x'"},
    {"DrawnColumn", "", COLUMN "grafiek { soort: TREND column: \"x\" }\n" ROW(""), 5,
     "there is no column 'x'"},
    {"ControlWithOneSide", "", ROW("identiteit { links { constant: \"1\" } }"), 5,
     "a control with one side"},
    {"ControlsWithColumns", "",
     COLUMN ROW("identiteit { links { constant: \"1\" } rechts { constant: \"1\" } }"), 4,
     "columns in a table of controls"},
    {"ControlOfItself", "",
     ROW("identiteit { links { at { row: \"r\" column: \"verschil\" } } rechts { constant: \"1\" } "
         "}"),
     5, "a circle"},
    {"NoSuchAt", "", CELL("at { row: \"x\" }"), 6, "there is no cell 'x/'"},
    {"TwoOfAQuotient", "", CELL("quotient { of { constant: \"1\" } }"), 6, "expected 2"},
    {"TwoOfAProduct", "", CELL("product { of { constant: \"1\" } }"), 6, "expected 2 or more"},
    {"TwoOfEerste", "", CELL("eerste { of { constant: \"1\" } }"), 6, "expected 2 or more"},
    {"NothingElsewhen", "", CELL("in { periode: VORIG_JAAR }"), 6, "expected of"},
    {"ReferenceElsewhen", "", CELL("in { periode: VORIG_JAAR of { column: \"c\" } }"), 6,
     "another cell has a time of its own"},
    {"ReferenceDeepElsewhen", "",
     CELL("in { periode: VORIG_JAAR of { sum { of { column: \"c\" } } } }"), 6,
     "another cell has a time of its own"},
    {"OneSidedDeviation", "", CELL("afwijking { van { constant: \"1\" } }"), 6,
     "a deviation with one side"},
    {"BudgetOfPersons", "", CELL("begroting {}"), 6, "no budget of 'trajecten'"},
    {"ForecastOfPersons", "", CELL("prognose {}"), 6, "no budget of 'trajecten'"},
    {"NoWords", "", CELL("tekst: \"\""), 6, "no words"},
    {"WordsInASum", "", CELL("sum { of { tekst: \"a\" } of { constant: \"1\" } }"), 6,
     "words in a calculation"},
    {"LateRatio", "", CELL("figure { measure: \"verzuimpercentage\" aspect: NAGEKOMEN }"), 6,
     "a ratio, which cannot be taken apart in time"},
    {"StandSince", "", CELL("figure { aspect: SINDS }"), 6, "expected aspect BEGIN, NAGEKOMEN"},
    {"TotalOfRatios", "",
     "column { id: \"c\" title: \"C\" cell { figure { measure: \"looptijd\" aspect: EIND } } }\n"
     "row { id: \"a\" title: \"A\" }\nrow { id: \"b\" title: \"B\"\ntotaal_van: \"a\" cell {} }",
     6, "a sum of ratios"},
    {"SectionText", "section { id: \"u\" title: \"U\" tekst: \"{=t/r/x}\" }", COLUMN ROW(""), 1,
     "there is no cell 't/r/x'"},
    {"SectionThreshold",
     "section { id: \"u\" title: \"U\" drempel { column: \"x\" meer_dan: \"1\" } }", COLUMN ROW(""),
     1, "there is no column 'x' in the tables of this section"},
    {"SectionOutOfNothing", "section { id: \"u\" uit: \"nergens\" }", COLUMN ROW(""), 1,
     "there is no report 'nergens'"},
    {"NoSuchSection", "section { id: \"u\" uit: \"financien\" }", COLUMN ROW(""), 1,
     "report 'financien' has no section 'u'"},
    {"TablesBesideAnothers",
     "section { id: \"prognose\" uit: \"financien\" table { id: \"z\" title: \"Z\" } }",
     COLUMN ROW(""), 1, "tables beside those of 'financien'"},
    {"OutOfItself", "section { id: \"s\" uit: \"proef\" }", COLUMN ROW(""), 1, "a circle"},
};

INSTANTIATE_TEST_SUITE_P(Cases, Flaws, testing::ValuesIn(kFlaws),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Definition, ExpressionsTooDeepToFollowAreRefused) {
  std::string deep = "constant: \"1\"";
  for (int i = 0; i < 5'000; ++i) deep = "sum { of { " + deep + " } }";
  const auto flaws = DefinitionLibrary().find_flaws(report_with(
      "", std::string(kColumn) + "row { id: \"r\" title: \"R\" cell { cell { " + deep + " } } }"));
  ASSERT_FALSE(flaws.empty());
  EXPECT_TRUE(flaws.front().message.contains("too deep")) << flaws.front().message;
}

TEST(Definition, ALongChainOfCellsIsRefused) {
  std::string rows = "row { id: \"r0\" title: \"R\" cell { cell { constant: \"1\" } } }\n";
  for (int i = 1; i < 3'000; ++i) {
    rows += "row { id: \"r" + std::to_string(i) + "\" title: \"R\" cell { cell { row: \"r" +
            std::to_string(i - 1) + "\" } } }\n";
  }
  // From the end, so that the first that is visited follows from all others.
  std::string turned;
  for (std::size_t end = rows.size(); end > 0;) {
    const auto begin = end < 2 ? std::string::npos : rows.rfind('\n', end - 2);
    const std::size_t from = begin == std::string::npos ? 0 : begin + 1;
    turned += rows.substr(from, end - from);
    end = from;
  }
  const auto flaws = DefinitionLibrary().find_flaws(report_with("", kColumn + turned));
  ASSERT_FALSE(flaws.empty());
  EXPECT_TRUE(flaws.front().message.contains("more than 200 cells")) << flaws.front().message;
}

}  // namespace
}  // namespace trede
