#include "projections/measures/measures.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

namespace trede {
namespace {

std::string line(const Measure& measure) {
  std::string out = measure.name;
  for (const Dimension& dimension : measure.dimensions) out += " " + dimension.name;
  return out;
}

TEST(Measures, StandInTheOrderOfTheContractEachStandBeforeItsFlows) {
  std::string all;
  for (const Measure& measure : measures()) all += line(measure) + "\n";
  EXPECT_EQ(all, R"(aanmeldingen gemeente regeling doelgroep bron
aanmeldingen_open gemeente regeling doelgroep
aanmeldingen_open_bij gemeente regeling doelgroep reden
aanmeldingen_open_af gemeente regeling doelgroep reden
wacht_op_start gemeente regeling doelgroep
wacht_op_start_bij gemeente regeling doelgroep reden
wacht_op_start_af gemeente regeling doelgroep reden
aanmeldingen_over_termijn gemeente regeling doelgroep
intakes gemeente regeling doelgroep soort_intake uitkomst startkwalificatie fase
intakes_binnen_4_weken gemeente regeling doelgroep soort_intake uitkomst startkwalificatie fase
doorlooptijd_intake gemeente regeling doelgroep soort_intake uitkomst startkwalificatie fase
niet_gestart gemeente regeling doelgroep reden
trajecten gemeente regeling doelgroep trede werkcoach
trajecten_bij gemeente regeling doelgroep trede werkcoach reden
trajecten_af gemeente regeling doelgroep trede werkcoach reden
doorstroom gemeente doelgroep van naar
uitstroom gemeente regeling doelgroep trede reden betaald
trajectduur gemeente trede reden
looptijd gemeente trede
diagnose gemeente
diagnose_bij gemeente reden
diagnose_af gemeente reden
oponthoud gemeente
oponthoud_bij gemeente reden
oponthoud_af gemeente reden
voorzieningen gemeente voorziening naam
voorzieningen_bij gemeente voorziening naam reden
voorzieningen_af gemeente voorziening naam reden resultaat
abc_metingen gemeente afstand status
taalniveautoetsen gemeente niveau
indicaties gemeente indicatie uitkomst
contactmomenten gemeente contact
ontheffingen gemeente uitkomst
maatregelen gemeente besluit
maatregelen_herzien gemeente uitkomst
plaatsingen gemeente plaatsing regeling leeftijdsgroep vorm
plaatsingen_bij gemeente plaatsing regeling leeftijdsgroep vorm reden
plaatsingen_af gemeente plaatsing regeling leeftijdsgroep vorm reden
dienstverbanden gemeente dienstverband afdeling
dienstverbanden_bij gemeente dienstverband afdeling reden
dienstverbanden_af gemeente dienstverband afdeling reden
fte gemeente dienstverband afdeling
verzuimgevallen dienstverband afdeling
verzuimgevallen_bij dienstverband afdeling reden
verzuimgevallen_af dienstverband afdeling reden
verzuim_per_duur dienstverband afdeling klasse
verzuimpercentage dienstverband afdeling
meldingsfrequentie dienstverband afdeling
gemiddelde_verzuimduur dienstverband afdeling
vacatures_vervuld regeling sroi
relaties_nieuw
baten programma kostenregel incidenteel
lasten programma kostenregel incidenteel
onttrekking programma kostenregel incidenteel
toevoeging programma kostenregel incidenteel
)");
}

TEST(Measures, AskedOnADayAreTheStandsAndLooptijd) {
  for (const Measure& measure : measures()) {
    EXPECT_EQ(measure.asks_day, measure.kind == MeasureKind::kStand || measure.name == "looptijd")
        << measure.name;
  }
}

TEST(Measures, PercentagesAreTheTwoRatiosInPercent) {
  std::set<std::string> found;
  for (const Measure& measure : measures()) {
    if (measure.is_percentage) found.insert(measure.name);
  }
  EXPECT_EQ(found, (std::set<std::string>{"intakes_binnen_4_weken", "verzuimpercentage"}));
}

TEST(Measures, EachHasATitleADefinitionAUnitAndASource) {
  for (const Measure& measure : measures()) {
    EXPECT_FALSE(measure.title.empty()) << measure.name;
    EXPECT_TRUE(measure.definition.ends_with(".")) << measure.name;
    EXPECT_FALSE(measure.unit.empty()) << measure.name;
    EXPECT_FALSE(measure.source.empty()) << measure.name;
  }
}

// ---- the manual

using Cells = std::vector<std::string>;

// The cells of a row of a table; none when the line is no such row.
Cells cells_of(const std::string& line) {
  Cells cells;
  for (std::size_t at = 0; line.starts_with("| ") && at + 1 < line.size();) {
    const std::size_t end = line.find(" |", at + 1);
    if (end == std::string::npos) break;
    cells.push_back(line.substr(at + 2, end - at - 2));
    at = end + 1;
  }
  return cells;
}

// What the manual calls a source.
std::string source_text(const std::string& word) {
  const std::string q1 = "Kwartaalrapportage Q1 2021, ";
  const std::map<std::string, std::string> sources{
      {"begrippen", q1 + "begrippenlijst"},
      {"intake", q1 + "3A; 8-maandsrapportage 2024, 1.1"},
      {"treden", q1 + "3B; 8-maandsrapportage 2024, 1.2"},
      {"abc", "8-maandsrapportage 2024, 1.1"},
      {"werk", q1 + "1 en 2; 8-maandsrapportage 2024, 1.4"},
      {"maatregelen", "Participatiewet art. 18; " + q1 + "maatregelen"},
      {"verzuim", "Standaard verzuimregistratie, CBS/TNO 1996"},
      {"wsp", q1 + "werkgeversservicepunt"},
      {"financiën", q1 + "financieel; 8-maandsrapportage 2024, 4"}};
  const auto found = sources.find(word);
  return found == sources.end() ? "no source '" + word + "'" : found->second;
}

std::string joined(const std::vector<Dimension>& dimensions) {
  std::string out;
  for (const Dimension& dimension : dimensions) out += (out.empty() ? "" : ", ") + dimension.name;
  return out.empty() ? "–" : out;
}

TEST(Measures, StandInTheManualWithUnitDimensionsAndSource) {
  std::ifstream manual(TREDE_SOURCE_DIR "/projections/README.md");
  ASSERT_TRUE(manual);
  std::map<std::string, Cells> rows;
  for (std::string line; std::getline(manual, line);) {
    Cells cells = cells_of(line);
    if (cells.size() == 5 && cells[0].starts_with("`")) rows[cells[0]] = std::move(cells);
  }
  std::size_t found = 0;
  for (const Measure& measure : measures()) {
    if (measure.name.ends_with("_bij") || measure.name.ends_with("_af")) continue;
    const auto row = rows.find("`" + measure.name + "`");
    ASSERT_NE(row, rows.end()) << measure.name;
    ++found;
    EXPECT_EQ(row->second[2], measure.unit) << measure.name;
    EXPECT_EQ(row->second[3], joined(measure.dimensions)) << measure.name;
    EXPECT_EQ(source_text(row->second[4]), measure.source) << measure.name;
  }
  EXPECT_EQ(found, rows.size());
}

TEST(Measures, AreFoundByName) {
  ASSERT_NE(find_measure("fte"), nullptr);
  EXPECT_EQ(find_measure("fte")->title, "Fte");
  EXPECT_EQ(find_measure("fte_bij"), nullptr);
}

}  // namespace
}  // namespace trede
