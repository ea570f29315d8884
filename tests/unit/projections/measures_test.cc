#include "projections/measures.h"

#include <gtest/gtest.h>

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

TEST(Measures, AreFoundByName) {
  ASSERT_NE(find_measure("fte"), nullptr);
  EXPECT_EQ(find_measure("fte")->title, "Fte");
  EXPECT_EQ(find_measure("fte_bij"), nullptr);
}

}  // namespace
}  // namespace trede
