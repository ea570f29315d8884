// Facts of each kind of thing, as tables: a story, and the rows it makes.
#include <gtest/gtest.h>

#include <limits>

#include "projections/facts/facts.h"
#include "tests/unit/projections/fact_text.h"

namespace trede::test {
namespace {

std::string facts(std::string_view story, std::string_view tables = "") {
  return "\n" + facts_of_story(story, tables);
}

TEST(FactsOfWerk, OfADienstverbandFollowItsAfdelingAndDeeltijdfactor) {
  EXPECT_EQ(facts("01-04 dienstverband_start deeltijdfactor=0.8; "
                  "06-10 dienstverband_gewijzigd afdeling=Schoon deeltijdfactor=0.8; "
                  "07-01 dienstverband_gewijzigd deeltijdfactor=1.2; "
                  "08-01 dienstverband_einde reden=pensioen",
                  "d"),
            R"(
2021-01-04 dienstverbanden onbekend ambtelijk Groen: 1 8000
2021-01-04 dienstverbanden_stroom - -> (onbekend ambtelijk Groen) start
2021-06-10 dienstverbanden onbekend ambtelijk Groen: -1 -8000
2021-06-10 dienstverbanden onbekend ambtelijk Schoon: 1 8000
2021-06-10 dienstverbanden_stroom (onbekend ambtelijk Groen)
    -> (onbekend ambtelijk Schoon) wijziging
2021-07-01 dienstverbanden onbekend ambtelijk Schoon: -1 -8000
2021-07-01 dienstverbanden onbekend ambtelijk Schoon: 1 12000
2021-08-01 dienstverbanden onbekend ambtelijk Schoon: -1 -12000
2021-08-01 dienstverbanden_stroom (onbekend ambtelijk Schoon) -> - pensioen
)");
}

TEST(FactsOfWerk, OfAPlaatsingHaveItsOwnRegelingAndTheDossiersGemeente) {
  EXPECT_EQ(facts("01-04 plaatsing plaatsing=garantiebaan regeling=wajong leeftijdsgroep=18_plus "
                  "vorm=groep gemeente=Alkmaar; "
                  "02-01 gemeente_gewijzigd; 03-01 plaatsing_einde",
                  "p"),
            R"(
2021-01-04 plaatsingen Alkmaar garantiebaan wajong 18_plus groep: 1
2021-01-04 plaatsingen_stroom - -> (Alkmaar garantiebaan wajong 18_plus groep) start
2021-02-01 plaatsingen Alkmaar garantiebaan wajong 18_plus groep: -1
2021-02-01 plaatsingen Bergen garantiebaan wajong 18_plus groep: 1
2021-02-01 plaatsingen_stroom (Alkmaar garantiebaan wajong 18_plus groep)
    -> (Bergen garantiebaan wajong 18_plus groep) wijziging
2021-03-01 plaatsingen Bergen garantiebaan wajong 18_plus groep: -1
2021-03-01 plaatsingen_stroom (Bergen garantiebaan wajong 18_plus groep) -> - onbekend
)");
}

TEST(FactsOfWerk, OfAPlaatsingThatEndsWithItsDienstverbandOrTraject) {
  EXPECT_EQ(facts("01-04 aanmelding; 01-11 intake; 01-18 traject_start; "
                  "01-19 dienstverband_start dienstverband=beschut_werk gemeente=Alkmaar; "
                  "01-20 plaatsing kenmerk=a regeling=nug vorm=groep; 01-21 plaatsing "
                  "plaatsing=parttime_werk kenmerk=b; "
                  "02-01 uitstroom; 03-01 dienstverband_einde",
                  "plaatsingen_stroom"),
            R"(
2021-01-20 plaatsingen_stroom - -> (Alkmaar detachering nug onbekend groep) start
2021-01-21 plaatsingen_stroom - -> (Alkmaar parttime_werk onbekend onbekend onbekend) start
2021-02-01 plaatsingen_stroom (Alkmaar parttime_werk onbekend onbekend onbekend) -> - uitstroom
2021-03-01 plaatsingen_stroom (Alkmaar detachering nug onbekend groep) -> - dienstverband_einde
)");
}

TEST(FactsOfVerzuim, OfACaseReachTheirClassesAheadAndTakeThemBackAtItsEnd) {
  const std::string story =
      "01-04 dienstverband_start deeltijdfactor=0.5; 02-01 ziekmelding; "
      "02-11 herstelmelding";
  EXPECT_EQ(facts(story, "verzuim"), R"(
2021-02-01 verzuimgevallen ambtelijk Groen: 1 500000
2021-02-01 verzuimgevallen_stroom - -> (ambtelijk Groen) start
2021-02-01 verzuim_per_duur ambtelijk Groen 1_7: 1
2021-02-08 verzuim_per_duur ambtelijk Groen 1_7: -1
2021-02-08 verzuim_per_duur ambtelijk Groen 8_42: 1
2021-03-15 verzuim_per_duur ambtelijk Groen 8_42: -1
2021-03-15 verzuim_per_duur ambtelijk Groen 43_365: 1
2022-02-01 verzuim_per_duur ambtelijk Groen 43_365: -1
2022-02-01 verzuim_per_duur ambtelijk Groen 366_plus: 1
2021-02-11 verzuimgevallen ambtelijk Groen: -1 -500000
2021-02-11 verzuimgevallen_stroom (ambtelijk Groen) -> - herstelmelding
2021-02-11 verzuim_per_duur ambtelijk Groen 8_42: -1
2021-03-15 verzuim_per_duur ambtelijk Groen 8_42: 1
2021-03-15 verzuim_per_duur ambtelijk Groen 43_365: -1
2022-02-01 verzuim_per_duur ambtelijk Groen 43_365: 1
2022-02-01 verzuim_per_duur ambtelijk Groen 366_plus: -1
)");
  EXPECT_EQ(facts(story, "ziek"), R"(
2021-02-01 ziekmeldingen ambtelijk Groen: 1
)");
  EXPECT_EQ(facts(story, "herstel"), R"(
2021-02-11 herstelmeldingen ambtelijk Groen: 1 10
)");
}

TEST(FactsOfVerzuim, OfACaseThatChangesAfdelingMoveItsClasses) {
  EXPECT_EQ(facts("01-04 dienstverband_start; 06-01 ziekmelding; "
                  "06-10 dienstverband_gewijzigd afdeling=Schoon; 06-20 verlof_start",
                  "verzuim"),
            R"(
2021-06-01 verzuimgevallen ambtelijk Groen: 1 1000000
2021-06-01 verzuimgevallen_stroom - -> (ambtelijk Groen) start
2021-06-01 verzuim_per_duur ambtelijk Groen 1_7: 1
2021-06-08 verzuim_per_duur ambtelijk Groen 1_7: -1
2021-06-08 verzuim_per_duur ambtelijk Groen 8_42: 1
2021-07-13 verzuim_per_duur ambtelijk Groen 8_42: -1
2021-07-13 verzuim_per_duur ambtelijk Groen 43_365: 1
2022-06-01 verzuim_per_duur ambtelijk Groen 43_365: -1
2022-06-01 verzuim_per_duur ambtelijk Groen 366_plus: 1
2021-06-10 verzuimgevallen ambtelijk Groen: -1 -1000000
2021-06-10 verzuimgevallen ambtelijk Schoon: 1 500000
2021-06-10 verzuimgevallen_stroom (ambtelijk Groen)
    -> (ambtelijk Schoon) wijziging
2021-06-10 verzuim_per_duur ambtelijk Groen 8_42: -1
2021-07-13 verzuim_per_duur ambtelijk Groen 8_42: 1
2021-06-10 verzuim_per_duur ambtelijk Schoon 8_42: 1
2021-07-13 verzuim_per_duur ambtelijk Schoon 8_42: -1
2021-07-13 verzuim_per_duur ambtelijk Groen 43_365: -1
2022-06-01 verzuim_per_duur ambtelijk Groen 43_365: 1
2021-07-13 verzuim_per_duur ambtelijk Schoon 43_365: 1
2022-06-01 verzuim_per_duur ambtelijk Schoon 43_365: -1
2022-06-01 verzuim_per_duur ambtelijk Groen 366_plus: -1
2022-06-01 verzuim_per_duur ambtelijk Schoon 366_plus: 1
2021-06-20 verzuimgevallen ambtelijk Schoon: -1 -500000
2021-06-20 verzuimgevallen_stroom (ambtelijk Schoon) -> - verlof_start
2021-06-20 verzuim_per_duur ambtelijk Schoon 8_42: -1
2021-07-13 verzuim_per_duur ambtelijk Schoon 8_42: 1
2021-07-13 verzuim_per_duur ambtelijk Schoon 43_365: -1
2022-06-01 verzuim_per_duur ambtelijk Schoon 43_365: 1
2022-06-01 verzuim_per_duur ambtelijk Schoon 366_plus: -1
)");
}

TEST(FactsOfVerzuim, OfAPercentageWeighTheCase) {
  EXPECT_EQ(facts("01-04 dienstverband_start deeltijdfactor=0.75; "
                  "02-01 ziekmelding percentage=60 vastgesteld_door=bedrijfsarts; "
                  "02-03 verzuim_gewijzigd percentage=40; 02-05 verzuim_gewijzigd percentage=40; "
                  "02-10 dienstverband_gewijzigd deeltijdfactor=0.5; 03-01 dienstverband_einde",
                  "verzuimgevallen"),
            R"(
2021-02-01 verzuimgevallen ambtelijk Groen: 1 450000
2021-02-01 verzuimgevallen_stroom - -> (ambtelijk Groen) start
2021-02-03 verzuimgevallen ambtelijk Groen: -1 -450000
2021-02-03 verzuimgevallen ambtelijk Groen: 1 300000
2021-02-10 verzuimgevallen ambtelijk Groen: -1 -300000
2021-02-10 verzuimgevallen ambtelijk Groen: 1 200000
2021-03-01 verzuimgevallen ambtelijk Groen: -1 -200000
2021-03-01 verzuimgevallen_stroom (ambtelijk Groen) -> - dienstverband_einde
)");
}

TEST(FactsOfWerkgevers, AddUpTheirAantalWhereItIsGiven) {
  EXPECT_EQ(
      "\n" + points_of_story("werkgever/1 01-04 vacature_vervuld regeling=ww sroi=ja aantal=3; "
                             "werkgever/1 01-05 vacature_vervuld regeling=wsw; "
                             "werkgever/1 01-06 relatie_start aantal=2; "
                             "werkgever/1 01-07 relatie_start sroi=nee",
                             "werkgever"),
      R"(
2021-01-04 vacatures ww ja: 3
2021-01-05 vacatures wsw onbekend: 1
2021-01-06 relaties: 2
2021-01-07 relaties: 1
)");
}

TEST(FactsOfBoekingen, StandOnTheFirstDayOfTheirPeriodeWhateverDayTheyAreValid) {
  EXPECT_EQ(
      "\n" + points_of_story("organisatie 01-04 boeking periode=2020 bedrag_eurocent=5; "
                             "organisatie 01-05 boeking periode=2020-Q3 bedrag_eurocent=-1 "
                             "soort_bedrag=lasten kostenregel=k; "
                             "organisatie 01-06 boeking periode=2020-11 bedrag_eurocent=4294967296 "
                             "incidenteel=ja",
                             "organisatie"),
      R"(
2020-01-01 boekingen baten p onbekend onbekend jaar: 5 0
2020-07-01 boekingen lasten p k onbekend kwartaal: 4294967295 -1
2020-11-01 boekingen baten p onbekend ja maand: 0 1
)");
}

TEST(FactsOfBoekingen, KeepAnyAmountInTwoParts) {
  for (const std::int64_t amount :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{4'294'967'296},
        std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    const AmountParts parts = split_amount(amount);
    EXPECT_GE(parts.low, 0);
    EXPECT_LT(parts.low, std::int64_t{1} << 32);
    EXPECT_EQ(parts.high * (std::int64_t{1} << 32) + parts.low, amount);
  }
}

}  // namespace
}  // namespace trede::test
