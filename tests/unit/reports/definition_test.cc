#include "projections/reports/definition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace trede {
namespace {

// A small report around the rows of one table.
std::string report_with(const std::string& rows) {
  return R"(name: "proef" title: "Proef" version: "1"
section {
  id: "a" title: "A"
  table {
    id: "t" title: "T" measure: "trajecten"
    column { id: "begin" title: "{begin}" cell { figure { aspect: BEGIN } } }
    column { id: "eind" title: "{eind}" cell { figure { aspect: EIND } } }
    column { id: "gemeente" per: "gemeente" cell { figure { aspect: EIND } } }
)" + rows +
         R"(
  }
}
)";
}

TEST(Definition, AllShippedOnesAreWithoutFlaws) {
  ASSERT_FALSE(shipped_definitions().empty());
  for (const ShippedDefinition& shipped : shipped_definitions()) {
    for (const DefinitionFlaw& flaw : DefinitionLibrary().find_flaws(shipped.text)) {
      ADD_FAILURE() << shipped.name << ":" << flaw.line << ": " << flaw.message;
    }
    const auto loaded = DefinitionLibrary().load(shipped.name);
    ASSERT_TRUE(loaded.has_value());
    EXPECT_EQ(loaded->name(), shipped.name);
  }
}

TEST(Definition, AnUnknownNameNamesTheKnownOnes) {
  const auto loaded = DefinitionLibrary().load("jaarverslag");
  std::string names;
  for (const ListedDefinition& one : DefinitionLibrary().list()) {
    names += (names.empty() ? "" : ", ") + one.name;
  }
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(loaded.error().message, "there is no report 'jaarverslag'; allowed: " + names);
}

TEST(Definition, AGoodOneIsRead) {
  const auto parsed = DefinitionLibrary().parse(
      "proef.textproto", report_with(R"(    row { id: "r" title: "R" waar: "trede=3,4" })"));
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  EXPECT_EQ(parsed->section(0).table(0).row(0).waar(0), "trede=3,4");
}

TEST(Definition, AFlawNamesFileAndLine) {
  const auto parsed =
      DefinitionLibrary().parse("proef.textproto", report_with(R"(    row { id: "r" })"));
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(parsed.error().message, "proef.textproto:9: no title, expected one");
}

struct FlawCase {
  const char* name;
  const char* rows;  // from line 9 on
  int line;
  const char* says;
};

void PrintTo(const FlawCase& one, std::ostream* out) { *out << one.name; }

class BadRows : public testing::TestWithParam<FlawCase> {};

TEST_P(BadRows, AreNamedByLine) {
  const auto flaws = DefinitionLibrary().find_flaws(report_with(GetParam().rows));
  ASSERT_FALSE(flaws.empty());
  EXPECT_EQ(flaws.front().line, GetParam().line);
  EXPECT_NE(flaws.front().message.find(GetParam().says), std::string::npos)
      << flaws.front().message;
}

const FlawCase kBadRows[] = {
    {"NotTextproto", "row {", 12, "Expected identifier"},
    {"UnknownField", "row { naam: \"r\" }", 9, "has no field named \"naam\""},
    {"UnknownAspect", "row { id: \"r\" title: \"R\" cell { cell { figure { aspect: MIDDEN } } } }",
     9, "MIDDEN"},
    {"NoRow", "", 4, "no row"},
    {"NoId", "row { title: \"R\" }", 9, "not an id"},
    {"BadId", "row { id: \"Rij 1\" title: \"R\" }", 9, "not an id: 'Rij 1'"},
    {"IdTwice", "row { id: \"r\" title: \"R\" }\nrow { id: \"r\" title: \"S\" }", 10,
     "id 'r' stands twice"},
    {"BadPer", "row { id: \"r\" per: \"kleur\" }", 9, "expected gemeente"},
    {"TooManyDecimals", "row { id: \"r\" title: \"R\" format { decimals: 7 } }", 9, "7 decimals"},
    {"NoSuchColumn", "row { id: \"r\" title: \"R\" cell { column: \"midden\" } }", 9,
     "there is no column 'midden'"},
    {"ColumnTwice",
     "row { id: \"r\" title: \"R\" cell { column: \"begin\" } cell { column: \"begin\" } }", 9,
     "column 'begin' stands twice"},
    {"UnknownMeasure", "row { id: \"r\" title: \"R\" measure: \"trajekten\" }", 6,
     "row 'r': there is no measure 'trajekten'"},
    {"UnknownDimension", "row { id: \"r\" title: \"R\" waar: \"reden=overig\" }", 6,
     "has no dimension 'reden'"},
    {"UnknownCode", "row { id: \"r\" title: \"R\" waar: \"trede=7\" }", 6, "has no code '7'"},
    {"NotACondition", "row { id: \"r\" title: \"R\" waar: \"trede\" }", 6,
     "not a condition: 'trede'"},
    {"EmptyCode", "row { id: \"r\" title: \"R\" waar: \"trede=3,\" }", 6, "not a condition"},
    {"NoBijOfAStroom",
     "row { id: \"r\" title: \"R\"\n cell { cell { figure { measure: \"uitstroom\" aspect: BIJ } } "
     "} }",
     10, "has no bij and af, expected aspect PERIODE"},
    {"NoPeriodOfAStand",
     "row { id: \"r\" title: \"R\"\n cell { cell { figure { aspect: PERIODE } } } }", 10,
     "expected aspect BEGIN or EIND"},
    {"NoAspect", "row { id: \"r\" title: \"R\"\n cell { cell { figure {} } } }", 10,
     "expected aspect BEGIN or EIND"},
    {"NoStandOfAStroom",
     "row { id: \"r\" title: \"R\"\n cell { cell { figure { measure: \"uitstroom\" aspect: EIND } "
     "} } }",
     10, "expected aspect PERIODE"},
    {"EmptyExpression", "row { id: \"r\" title: \"R\"\n cell { cell {} } }", 10,
     "an empty expression"},
    {"NoWayToBeEmpty",
     "row { id: \"r\" title: \"R\"\n cell { cell { empty: EMPTY_UNSPECIFIED } } }", 10,
     "expected LEEG"},
    {"BadConstant", "row { id: \"r\" title: \"R\"\n cell { cell { constant: \"1,5\" } } }", 10,
     "not a decimal: '1,5'"},
    {"BadPeriode",
     "row { id: \"r\" title: \"R\"\n cell { cell { afspraak { periode: \"2021-Q5\" } } } }", 10,
     "not a periode"},
    {"OnePercentagePart",
     "row { id: \"r\" title: \"R\"\n cell { cell { percentage { of { constant: \"1\" } } } } }", 10,
     "1 parts, expected 2"},
    {"NothingToSubtract",
     "row { id: \"r\" title: \"R\"\n cell { cell { difference { of { constant: \"1\" } } } } }", 10,
     "expected 2 or more"},
    {"EmptySum", "row { id: \"r\" title: \"R\"\n cell { cell { sum {} } } }", 10,
     "0 parts, expected 1 or more"},
    {"SumOfRatios",
     "row { id: \"r\" title: \"R\"\n cell { cell { sum {\n of { figure { measure: "
     "\"verzuimpercentage\" aspect: PERIODE } } } } } }",
     11, "a sum of ratios"},
    {"NoSuchRow", "row { id: \"r\" title: \"R\"\n cell { cell { row: \"s\" } } }", 10,
     "there is no row 's'"},
    {"NoSuchCell", "row { id: \"r\" title: \"R\"\n cell { cell { cell: \"t/r/midden\" } } }", 10,
     "there is no cell 't/r/midden'"},
    {"NotACellPath", "row { id: \"r\" title: \"R\"\n cell { cell { cell: \"r/eind\" } } }", 10,
     "there is no cell 'r/eind'"},
    {"OneOfManyColumns",
     "row { id: \"r\" title: \"R\"\n cell { column: \"begin\" cell { column: \"gemeente\" } } }",
     10, "there is no column 'gemeente' that can be meant here"},
    {"OfItself",
     "row { id: \"r\" title: \"R\"\n cell { column: \"eind\" cell { column: \"eind\" } } }", 10,
     "a circle"},
    {"InACircle",
     "row { id: \"r\" title: \"R\"\n cell { column: \"begin\" cell { column: \"eind\" } }\n"
     " cell { column: \"eind\" cell { sum { of { cell: \"t/r/begin\" } } } } }",
     10, "a circle"},
};

INSTANTIATE_TEST_SUITE_P(Cases, BadRows, testing::ValuesIn(kBadRows),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Definition, EveryFlawIsNamedNotOnlyTheFirst) {
  const auto flaws = DefinitionLibrary().find_flaws(
      report_with("row { id: \"r\" }\nrow { id: \"s\" }\nrow { title: \"T\" }"));
  ASSERT_EQ(flaws.size(), 3U);
  EXPECT_EQ(flaws[0].line, 9);
  EXPECT_EQ(flaws[1].line, 10);
  EXPECT_EQ(flaws[2].line, 11);
}

struct HeadCase {
  const char* text;
  int line;
  const char* says;
};

class BadHead : public testing::TestWithParam<HeadCase> {};

TEST_P(BadHead, IsNamedByLine) {
  const auto flaws = DefinitionLibrary().find_flaws(GetParam().text);
  EXPECT_TRUE(std::ranges::any_of(flaws, [](const DefinitionFlaw& flaw) {
    return flaw.line == GetParam().line && flaw.message.contains(GetParam().says);
  }));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BadHead,
    testing::Values(
        HeadCase{"", 1, "not an id: ''"},
        HeadCase{"name: \"a\"\n\ntitle: \"\" version: \"1\"", 3, "no title"},
        HeadCase{"name: \"a\" title: \"A\"", 1, "no version"},
        HeadCase{"name: \"a\" title: \"A\" version: \"1\"", 1, "no section"},
        HeadCase{"name: \"a\" title: \"A\" version: \"1\"\nsection { id: \"s\" }", 2, "no title"},
        HeadCase{"name: \"a\" title: \"A\" version: \"1\"\nsection { id: \"s\" title: \"S\"\n"
                 "table { id: \"t\" title: \"T\" row { id: \"r\" title: \"R\" } } }",
                 3, "no column"}));

}  // namespace
}  // namespace trede
