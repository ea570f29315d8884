// Facts of each kind of thing, as tables: a story, and the rows it makes.
#include "projections/facts/facts.h"

#include <gtest/gtest.h>

#include "tests/unit/dossier/story.h"
#include "tests/unit/projections/fact_text.h"

namespace trede::test {
namespace {

std::string facts(std::string_view story, std::string_view tables = "") {
  return "\n" + facts_of_story(story, tables);
}

std::string in_traject(std::string_view story) {
  return std::string(kTraject) + std::string(story);
}

TEST(FactsOfReIntegratie, OfOneWayThroughReIntegratie) {
  EXPECT_EQ(facts(in_traject("; 02-01 uitstroom reden=werkaanvaarding betaald=ja")), R"(
2021-01-04 aanmeldingen_open Alkmaar participatiewet geen: 1
2021-01-04 aanmeldingen_open_stroom - -> (Alkmaar participatiewet geen) start
2021-02-02 aanmeldingen_over_termijn Alkmaar participatiewet geen: 1
2021-01-04 aanmeldingen Alkmaar participatiewet geen onbekend: 1
2021-01-11 aanmeldingen_open Alkmaar participatiewet geen: -1
2021-01-11 aanmeldingen_open_stroom (Alkmaar participatiewet geen) -> - intake
2021-02-02 aanmeldingen_over_termijn Alkmaar participatiewet geen: -1
2021-01-11 wacht_op_start Alkmaar participatiewet geen: 1
2021-01-11 wacht_op_start_stroom - -> (Alkmaar participatiewet geen) start
2021-01-11 intakes Alkmaar participatiewet geen onbekend positief onbekend onbekend: 1 1 7
2021-01-18 wacht_op_start Alkmaar participatiewet geen: -1
2021-01-18 wacht_op_start_stroom (Alkmaar participatiewet geen) -> - traject_start
2021-01-18 trajecten Alkmaar participatiewet geen 3 onbekend: 1 18645
2021-01-18 trajecten_stroom - -> (Alkmaar participatiewet geen 3 onbekend) start
2021-02-01 trajecten Alkmaar participatiewet geen 3 onbekend: -1 -18645
2021-02-01 trajecten_stroom (Alkmaar participatiewet geen 3 onbekend) -> - werkaanvaarding
2021-02-01 uitstroom Alkmaar participatiewet geen 3 werkaanvaarding ja: 1 14
)");
}

TEST(FactsOfReIntegratie, OfAnAanmeldingTooLateCountOnlyFromThe29thDay) {
  EXPECT_EQ(facts("01-04 aanmelding bron=school; "
                  "03-01 intake uitkomst=teruggemeld soort_intake=brede",
                  "a"),
            R"(
2021-01-04 aanmeldingen_open Alkmaar participatiewet geen: 1
2021-01-04 aanmeldingen_open_stroom - -> (Alkmaar participatiewet geen) start
2021-02-02 aanmeldingen_over_termijn Alkmaar participatiewet geen: 1
2021-01-04 aanmeldingen Alkmaar participatiewet geen school: 1
2021-03-01 aanmeldingen_open Alkmaar participatiewet geen: -1
2021-03-01 aanmeldingen_open_stroom (Alkmaar participatiewet geen) -> - intake
2021-03-01 aanmeldingen_over_termijn Alkmaar participatiewet geen: -1
)");
}

TEST(FactsOfReIntegratie, OfAnIntakeThatLeadsNowhereAreNietGestartToo) {
  const std::string story =
      "01-04 aanmelding; "
      "02-01 intake uitkomst=negatief fase=groot startkwalificatie=nee";
  EXPECT_EQ(facts(story, "i"), R"(
2021-02-01 intakes Alkmaar participatiewet geen onbekend negatief nee groot: 1 1 28
)");
  EXPECT_EQ(facts(story, "n"), R"(
2021-02-01 niet_gestart Alkmaar participatiewet geen negatief_advies: 1
)");
}

TEST(FactsOfReIntegratie, OfNietGestartHaveItsReden) {
  const std::string story =
      "01-04 aanmelding; 01-06 niet_gestart reden=verhuisd; 01-08 aanmelding; "
      "01-09 intake; 01-10 niet_gestart reden=werk_gevonden";
  EXPECT_EQ(facts(story, "w"), R"(
2021-01-09 wacht_op_start Alkmaar participatiewet geen: 1
2021-01-09 wacht_op_start_stroom - -> (Alkmaar participatiewet geen) start
2021-01-10 wacht_op_start Alkmaar participatiewet geen: -1
2021-01-10 wacht_op_start_stroom (Alkmaar participatiewet geen) -> - werk_gevonden
)");
  EXPECT_EQ(facts(story, "n"), R"(
2021-01-06 niet_gestart Alkmaar participatiewet geen verhuisd: 1
2021-01-10 niet_gestart Alkmaar participatiewet geen werk_gevonden: 1
)");
  EXPECT_EQ(facts(story, "aanmeldingen_open_stroom"), R"(
2021-01-04 aanmeldingen_open_stroom - -> (Alkmaar participatiewet geen) start
2021-01-06 aanmeldingen_open_stroom (Alkmaar participatiewet geen) -> - verhuisd
2021-01-08 aanmeldingen_open_stroom - -> (Alkmaar participatiewet geen) start
2021-01-09 aanmeldingen_open_stroom (Alkmaar participatiewet geen) -> - intake
)");
}

TEST(FactsOfReIntegratie, OfAGemeenteThatChangesMoveWhatRunsAndItsTermijn) {
  const std::string story =
      "01-04 aanmelding doelgroepen=jongere; 01-10 gemeente_gewijzigd; "
      "02-10 doelgroep_gewijzigd doelgroepen=jongere|statushouder; 03-01 intake";
  EXPECT_EQ(facts(story, "a"), R"(
2021-01-04 aanmeldingen_open Alkmaar participatiewet jongere: 1
2021-01-04 aanmeldingen_open_stroom - -> (Alkmaar participatiewet jongere) start
2021-02-02 aanmeldingen_over_termijn Alkmaar participatiewet jongere: 1
2021-01-04 aanmeldingen Alkmaar participatiewet jongere onbekend: 1
2021-01-10 aanmeldingen_open Alkmaar participatiewet jongere: -1
2021-01-10 aanmeldingen_open Bergen participatiewet jongere: 1
2021-01-10 aanmeldingen_open_stroom (Alkmaar participatiewet jongere)
    -> (Bergen participatiewet jongere) wijziging
2021-02-02 aanmeldingen_over_termijn Alkmaar participatiewet jongere: -1
2021-02-02 aanmeldingen_over_termijn Bergen participatiewet jongere: 1
2021-02-10 aanmeldingen_open Bergen participatiewet jongere: -1
2021-02-10 aanmeldingen_open Bergen participatiewet statushouder+jongere: 1
2021-02-10 aanmeldingen_open_stroom (Bergen participatiewet jongere)
    -> (Bergen participatiewet statushouder+jongere) wijziging
2021-02-10 aanmeldingen_over_termijn Bergen participatiewet jongere: -1
2021-02-10 aanmeldingen_over_termijn Bergen participatiewet statushouder+jongere: 1
2021-03-01 aanmeldingen_open Bergen participatiewet statushouder+jongere: -1
2021-03-01 aanmeldingen_open_stroom (Bergen participatiewet statushouder+jongere) -> - intake
2021-03-01 aanmeldingen_over_termijn Bergen participatiewet statushouder+jongere: -1
)");
  EXPECT_EQ(facts(story, "w"), R"(
2021-03-01 wacht_op_start Bergen participatiewet statushouder+jongere: 1
2021-03-01 wacht_op_start_stroom - -> (Bergen participatiewet statushouder+jongere) start
)");
}

TEST(FactsOfTrajecten, OfTredenTellUpDownAndIndelingApart) {
  const std::string story =
      "01-04 aanmelding; 01-11 intake; 01-18 traject_start trede=nader_te_bepalen; "
      "01-20 trede_doorstroom naar=4; 01-21 trede_doorstroom naar=3; "
      "01-22 trede_doorstroom naar=6; 01-23 trede_doorstroom naar=nader_te_bepalen";
  EXPECT_EQ(facts(story, "trajecten"), R"(
2021-01-18 trajecten Alkmaar participatiewet geen nader_te_bepalen onbekend: 1 18645
2021-01-18 trajecten_stroom - -> (Alkmaar participatiewet geen nader_te_bepalen onbekend) start
2021-01-20 trajecten Alkmaar participatiewet geen nader_te_bepalen onbekend: -1 -18645
2021-01-20 trajecten Alkmaar participatiewet geen 4 onbekend: 1 18645
2021-01-20 trajecten_stroom (Alkmaar participatiewet geen nader_te_bepalen onbekend)
    -> (Alkmaar participatiewet geen 4 onbekend) indeling
2021-01-21 trajecten Alkmaar participatiewet geen 4 onbekend: -1 -18645
2021-01-21 trajecten Alkmaar participatiewet geen 3 onbekend: 1 18645
2021-01-21 trajecten_stroom (Alkmaar participatiewet geen 4 onbekend)
    -> (Alkmaar participatiewet geen 3 onbekend) terug
2021-01-22 trajecten Alkmaar participatiewet geen 3 onbekend: -1 -18645
2021-01-22 trajecten Alkmaar participatiewet geen 6 onbekend: 1 18645
2021-01-22 trajecten_stroom (Alkmaar participatiewet geen 3 onbekend)
    -> (Alkmaar participatiewet geen 6 onbekend) doorstroom
2021-01-23 trajecten Alkmaar participatiewet geen 6 onbekend: -1 -18645
2021-01-23 trajecten Alkmaar participatiewet geen nader_te_bepalen onbekend: 1 18645
2021-01-23 trajecten_stroom (Alkmaar participatiewet geen 6 onbekend)
    -> (Alkmaar participatiewet geen nader_te_bepalen onbekend) terug
)");
  EXPECT_EQ(facts(story, "d"), R"(
2021-01-20 doorstroom Alkmaar geen nader_te_bepalen 4: 1
2021-01-21 doorstroom Alkmaar geen 4 3: 1
2021-01-22 doorstroom Alkmaar geen 3 6: 1
2021-01-23 doorstroom Alkmaar geen 6 nader_te_bepalen: 1
)");
}

TEST(FactsOfTrajecten, OfTheSameWerkcoachAgainAreNone) {
  EXPECT_EQ(facts(in_traject("; 01-19 werkcoach_toegewezen werkcoach=wc1; "
                             "01-20 werkcoach_toegewezen werkcoach=wc1"),
                  "trajecten_stroom"),
            R"(
2021-01-18 trajecten_stroom - -> (Alkmaar participatiewet geen 3 onbekend) start
2021-01-19 trajecten_stroom (Alkmaar participatiewet geen 3 onbekend)
    -> (Alkmaar participatiewet geen 3 wc1) wijziging
)");
}

TEST(FactsOfTrajecten, OfDiagnoseAndOponthoudEndWithTheirOwnEndOrWithTheTraject) {
  const std::string story = in_traject(
      "; 01-19 diagnose_start; 01-20 diagnose_einde; 01-21 diagnose_start; "
      "01-22 oponthoud_start; 01-23 oponthoud_einde; 01-24 oponthoud_start; "
      "02-01 uitstroom");
  EXPECT_EQ(facts(story, "diagnose_stroom"), R"(
2021-01-19 diagnose_stroom - -> (Alkmaar) start
2021-01-20 diagnose_stroom (Alkmaar) -> - diagnose_einde
2021-01-21 diagnose_stroom - -> (Alkmaar) start
2021-02-01 diagnose_stroom (Alkmaar) -> - uitstroom
)");
  EXPECT_EQ(facts(story, "oponthoud"), R"(
2021-01-22 oponthoud Alkmaar: 1
2021-01-22 oponthoud_stroom - -> (Alkmaar) start
2021-01-23 oponthoud Alkmaar: -1
2021-01-23 oponthoud_stroom (Alkmaar) -> - oponthoud_einde
2021-01-24 oponthoud Alkmaar: 1
2021-01-24 oponthoud_stroom - -> (Alkmaar) start
2021-02-01 oponthoud Alkmaar: -1
2021-02-01 oponthoud_stroom (Alkmaar) -> - uitstroom
)");
}

TEST(FactsOfTrajecten, OfVoorzieningenHaveTheirResultaatWhenTheyEndThemselves) {
  EXPECT_EQ(
      facts(in_traject(
                "; 01-19 voorziening_start voorziening=training naam=Las kenmerk=a; "
                "01-20 voorziening_start voorziening=map kenmerk=b; "
                "01-21 voorziening_start voorziening=stage kenmerk=c; "
                "01-22 voorziening_einde kenmerk=a resultaat=afgerond; 01-23 gemeente_gewijzigd; "
                "02-01 uitstroom; 02-02 voorziening_einde kenmerk=b"),
            "v"),
      R"(
2021-01-19 voorzieningen Alkmaar training Las: 1
2021-01-19 voorzieningen_stroom - -> (Alkmaar training Las) start onbekend
2021-01-20 voorzieningen Alkmaar map onbekend: 1
2021-01-20 voorzieningen_stroom - -> (Alkmaar map onbekend) start onbekend
2021-01-21 voorzieningen Alkmaar stage onbekend: 1
2021-01-21 voorzieningen_stroom - -> (Alkmaar stage onbekend) start onbekend
2021-01-22 voorzieningen Alkmaar training Las: -1
2021-01-22 voorzieningen_stroom (Alkmaar training Las) -> - voorziening_einde afgerond
2021-01-23 voorzieningen Alkmaar map onbekend: -1
2021-01-23 voorzieningen Bergen map onbekend: 1
2021-01-23 voorzieningen_stroom (Alkmaar map onbekend)
    -> (Bergen map onbekend) wijziging onbekend
2021-01-23 voorzieningen Alkmaar stage onbekend: -1
2021-01-23 voorzieningen Bergen stage onbekend: 1
2021-01-23 voorzieningen_stroom (Alkmaar stage onbekend)
    -> (Bergen stage onbekend) wijziging onbekend
2021-02-01 voorzieningen Bergen stage onbekend: -1
2021-02-01 voorzieningen_stroom (Bergen stage onbekend) -> - uitstroom onbekend
2021-02-02 voorzieningen Bergen map onbekend: -1
2021-02-02 voorzieningen_stroom (Bergen map onbekend) -> - voorziening_einde onbekend
)");
}

TEST(FactsOfPoints, OfMetingenIndicatiesContactenAndBesluiten) {
  const std::string story = in_traject(
      "; 01-19 abc_meting afstand=groot status=definitief; 01-20 taalniveautoets; "
      "01-21 indicatie indicatie=banenafspraak uitkomst=negatief; "
      "01-22 contactmoment contact=huisbezoek; 01-23 maatregel besluit=2x_100_procent; "
      "01-24 maatregel_herzien uitkomst=vervallen; 01-25 ontheffing_beoordeeld");
  EXPECT_EQ(facts(story, "abc"), R"(
2021-01-19 abc_metingen Alkmaar groot definitief: 1
)");
  EXPECT_EQ(facts(story, "taal"), R"(
2021-01-20 taalniveautoetsen Alkmaar a1: 1
)");
  EXPECT_EQ(facts(story, "ind"), R"(
2021-01-21 indicaties Alkmaar banenafspraak negatief: 1
)");
  EXPECT_EQ(facts(story, "con"), R"(
2021-01-22 contactmomenten Alkmaar huisbezoek: 1
)");
  EXPECT_EQ(facts(story, "ont"), R"(
2021-01-25 ontheffingen Alkmaar toegekend: 1
)");
  EXPECT_EQ(facts(story, "maat"), R"(
2021-01-23 maatregelen Alkmaar 2x_100_procent: 1
2021-01-24 maatregelen_herzien Alkmaar vervallen: 1
)");
}

TEST(Facts, FromADayOnLeaveOutTheStepsBefore) {
  Story story;
  story.tell(kTraject);
  const History history = story.history();
  Dictionary dictionary;
  std::string out;
  Interner interner(dictionary);
  dossier_facts(history.acting(), day("2021-01-18"), interner,
                [&](const Fact& fact) { out += info_of(fact.table).name + " "; });
  EXPECT_EQ(out, "wacht_op_start wacht_op_start_stroom trajecten trajecten_stroom ");
}

TEST(Facts, NameTheEventThatMadeThemAndTheOneThatOpenedTheThing) {
  Story story;
  story.tell(
      in_traject("; 01-20 trede_doorstroom; "
                 "01-21 correctie:trede_doorstroom vervangt=#4 naar=5"));
  const History history = story.history();
  const std::uint64_t first = position_of(*history.events().front()).value;
  Dictionary dictionary;
  std::string out;
  Interner interner(dictionary);
  dossier_facts(history.acting(), day("2021-01-20"), interner, [&](const Fact& fact) {
    out += info_of(fact.table).name + " by " + std::to_string(fact.source.value - first) + " of " +
           std::to_string(fact.thing.value - first) + ", ";
  });
  EXPECT_EQ(out,
            "trajecten by 4 of 2, trajecten by 4 of 2, trajecten_stroom by 4 of 2, "
            "doorstroom by 4 of 3, ");
}

}  // namespace
}  // namespace trede::test
