// Late events, correcties, intrekkingen and atomic groups: what counts is the whole that results.
#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

class Historie : public RuleTable {};

TEST_P(Historie, IsJudged) { check(); }

const std::string kUitgestroomd = after(kTraject, "06-01 uitstroom");
const std::string kDoorgestroomd = after(kTraject, "03-01 trede_doorstroom");
const std::string kAmbtelijk = "01-04 dienstverband_start";

INSTANTIATE_TEST_SUITE_P(
    Late, Historie,
    testing::Values(
        RuleCase{"PointBetween", after(kUitgestroomd, "02-01 contactmoment"), "goed"},
        RuleCase{"DoorstroomBetween", after(kUitgestroomd, "02-01 trede_doorstroom"), "goed"},
        RuleCase{"DoorstroomThatMakesALaterOneTheSame",
                 after(kDoorgestroomd, "02-01 trede_doorstroom naar=4"), "zelfde_trede"},
        RuleCase{"DoorstroomThatGoesElsewhereFirst",
                 after(kDoorgestroomd, "02-01 trede_doorstroom naar=5"), "goed"},
        RuleCase{"UitstroomBeforeADoorstroom", after(kDoorgestroomd, "02-01 uitstroom"),
                 "geen_traject"},
        RuleCase{"AanmeldingBeforeAnotherThatNeverClosed", after(kTraject, "01-01 aanmelding"),
                 "al_in_re_integratie"},
        RuleCase{"PointBeforeTheFirstEvent", after(kTraject, "01-01 contactmoment"),
                 "eerste_gebeurtenis"},
        RuleCase{"DienstverbandBeforeTheFirstEvent",
                 after(kTraject, "2020-01-01 dienstverband_start"), "goed"},
        RuleCase{"GemeenteThatMakesALaterOneTheSame",
                 "01-04 aanmelding; 03-01 gemeente_gewijzigd; 02-01 gemeente_gewijzigd",
                 "zelfde_gemeente"},
        RuleCase{"MaatregelBeforeItsHerziening",
                 "01-04 aanmelding; 03-01 maatregel; 04-01 maatregel_herzien; 02-01 maatregel",
                 "goed"},
        RuleCase{"EindeOfACaseBeforeANewOne",
                 after(kAmbtelijk,
                       "02-01 ziekmelding; 03-01 herstelmelding; 05-01 ziekmelding;"
                       "04-01 ziekmelding & 04-10 herstelmelding"),
                 "goed"},
        RuleCase{"VerlofOverAnOpenCase",
                 after(kAmbtelijk, "02-01 ziekmelding; 05-01 herstelmelding; 03-01 verlof_start"),
                 "geen_verzuim"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Correctie, Historie,
    testing::Values(
        RuleCase{"OfTheDay", after(kTraject, "02-01 correctie:traject_start vervangt=#3"), "goed"},
        RuleCase{"OfTheAttributes",
                 after(kTraject, "01-18 correctie:traject_start vervangt=#3 trede=5"), "goed"},
        RuleCase{"Again",
                 after(kTraject,
                       "02-01 correctie:traject_start vervangt=#3;"
                       "02-02 correctie:traject_start vervangt=#3"),
                 "goed"},
        RuleCase{"ToBeforeWhatItNeeds",
                 after(kTraject, "01-10 correctie:traject_start vervangt=#3"), "niet_wachtend"},
        RuleCase{"ToAfterWhatNeedsIt",
                 after(kDoorgestroomd, "03-02 correctie:traject_start vervangt=#3"),
                 "geen_traject"},
        RuleCase{"OfTredeSoThatALaterDoorstroomIsTheSame",
                 after(kDoorgestroomd, "01-18 correctie:traject_start vervangt=#3 trede=4"),
                 "zelfde_trede"},
        RuleCase{"OfIntakeToNegatief",
                 after(kTraject, "01-11 correctie:intake vervangt=#2 uitkomst=negatief"),
                 "niet_wachtend"},
        RuleCase{"OfOutcomeWhenNothingFollows",
                 after(kWacht, "01-11 correctie:intake vervangt=#2 uitkomst=negatief"), "goed"},
        RuleCase{"OfAnUnknownEvent", after(kTraject, "02-01 correctie:traject_start vervangt=#99"),
                 "vervangt_onbekend"},
        RuleCase{"OfAnEventOfAnotherDossier",
                 after(kTraject,
                       "dossier/2 01-04 aanmelding;"
                       "dossier/2 01-05 correctie:aanmelding vervangt=#1"),
                 "vervangt_andere_stroom"},
        RuleCase{"OfACorrectie",
                 after(kTraject,
                       "02-01 correctie:traject_start vervangt=#3;"
                       "02-02 correctie:traject_start vervangt=#4"),
                 "vervangt_vervanging"},
        RuleCase{"OfAnIntrekking",
                 after(kDoorgestroomd,
                       "- intrekking vervangt=#4;"
                       "03-01 correctie:trede_doorstroom vervangt=#5"),
                 "vervangt_vervanging"},
        RuleCase{"OfSomethingWithdrawn",
                 after(kDoorgestroomd,
                       "- intrekking vervangt=#4;"
                       "03-01 correctie:trede_doorstroom vervangt=#4"),
                 "vervangt_ingetrokken"},
        RuleCase{"ToAnotherSoort", after(kTraject, "01-18 correctie:uitstroom vervangt=#3"),
                 "vervangt_andere_soort"},
        RuleCase{"OfDayTooFar", after(kTraject, "2025-01-04 correctie:traject_start vervangt=#3"),
                 "geldig_op_te_ver"},
        RuleCase{"OfDayOneAhead", after(kTraject, "2025-01-03 correctie:traject_start vervangt=#3"),
                 "goed"},
        RuleCase{"OfDayTooEarly", after(kTraject, "1949-12-31 correctie:aanmelding vervangt=#1"),
                 "geldig_op_te_vroeg"},
        RuleCase{"OfAgreedDayAYearAhead",
                 after(kAmbtelijk,
                       "02-01 dienstverband_einde;"
                       "2026-01-03 correctie:dienstverband_einde vervangt=#2"),
                 "goed"},
        RuleCase{"OfAgreedDayMoreThanAYearAhead",
                 after(kAmbtelijk,
                       "02-01 dienstverband_einde;"
                       "2026-01-04 correctie:dienstverband_einde vervangt=#2"),
                 "geldig_op_te_ver"},
        RuleCase{"ToAGemeenteThatTakesNoPart",
                 after(kTraject, "01-04 correctie:aanmelding vervangt=#1 gemeente=Castricum"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"ToAnAfdelingThatDoesNotExist",
                 after(kAmbtelijk,
                       "01-04 correctie:dienstverband_start vervangt=#1"
                       " afdeling=Schoon"),
                 "afdeling_bestaat_niet"},
        RuleCase{"OfWswPast2014",
                 "2014-12-31 dienstverband_start dienstverband=wsw gemeente=Alkmaar;"
                 "2015-01-01 correctie:dienstverband_start vervangt=#1 dienstverband=wsw"
                 " gemeente=Alkmaar",
                 "wsw_gesloten"},
        RuleCase{"OfGemeenteToThatOfTheDossier",
                 "01-04 aanmelding; 03-01 gemeente_gewijzigd;"
                 "03-01 correctie:gemeente_gewijzigd vervangt=#2 gemeente=Alkmaar",
                 "zelfde_gemeente"},
        RuleCase{"InTheWerkgeverStream",
                 "werkgever/1 01-04 relatie_start;"
                 "werkgever/1 01-05 correctie:relatie_start vervangt=#1 aantal=2",
                 "goed"},
        RuleCase{"InTheOrganisatieStream",
                 "organisatie 01-04 boeking;"
                 "organisatie 01-05 correctie:boeking vervangt=#1 bedrag_eurocent=-5",
                 "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Intrekking, Historie,
    testing::Values(
        RuleCase{"OfTheLast", after(kDoorgestroomd, "- intrekking vervangt=#4"), "goed"},
        RuleCase{"OfTheOnly", "01-04 aanmelding; - intrekking vervangt=#1", "goed"},
        RuleCase{"ThenAnewFirst",
                 "01-04 aanmelding; - intrekking vervangt=#1; 02-01 dienstverband_start", "goed"},
        RuleCase{"OfTheFirstWithMoreBehindIt", after(kTraject, "- intrekking vervangt=#1"),
                 "eerste_gebeurtenis"},
        RuleCase{"OfWhatIsNeeded", after(kDoorgestroomd, "- intrekking vervangt=#3"),
                 "geen_traject"},
        RuleCase{"OfACorrectedEvent",
                 after(kTraject,
                       "02-01 correctie:traject_start vervangt=#3;"
                       "- intrekking vervangt=#3"),
                 "goed"},
        RuleCase{"ThenTheEventAnew",
                 after(kTraject, "- intrekking vervangt=#3; 01-18 traject_start"), "goed"},
        RuleCase{"OfAnUnknownEvent", after(kTraject, "- intrekking vervangt=#99"),
                 "vervangt_onbekend"},
        RuleCase{"OfAnEventOfAnotherDossier",
                 after(kTraject, "dossier/2 01-04 aanmelding; dossier/2 - intrekking vervangt=#1"),
                 "vervangt_andere_stroom"},
        RuleCase{"OfACorrectie",
                 after(kTraject,
                       "02-01 correctie:traject_start vervangt=#3;"
                       "- intrekking vervangt=#4"),
                 "vervangt_vervanging"},
        RuleCase{"Twice", after(kTraject, "- intrekking vervangt=#3; - intrekking vervangt=#3"),
                 "vervangt_ingetrokken"},
        RuleCase{"WithADay", after(kTraject, "02-01 intrekking vervangt=#3"),
                 "intrekking_met_geldig_op"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Group, Historie,
    testing::Values(
        RuleCase{"AWholeLife",
                 "01-04 aanmelding & 01-11 intake & 01-18 traject_start & 06-01 uitstroom", "goed"},
        RuleCase{"InAnyOrder",
                 "06-01 uitstroom & 01-18 traject_start & 01-04 aanmelding"
                 " & 01-11 intake",
                 "goed"},
        RuleCase{"ThatDoesNotAddUp", "01-04 aanmelding & 01-18 traject_start", "niet_wachtend"},
        RuleCase{"IntrekkingWithItsReplacement",
                 after(kDoorgestroomd, "- intrekking vervangt=#3 & 02-01 traject_start"), "goed"},
        RuleCase{"CorrectieOfAnEventBeforeItInTheGroup",
                 after(kWacht, "02-01 traject_start & 02-02 correctie:traject_start vervangt=#3"),
                 "goed"},
        RuleCase{"CorrectieOfAnEventAfterItInTheGroup",
                 after(kWacht, "02-02 correctie:traject_start vervangt=#4 & 02-01 traject_start"),
                 "vervangt_onbekend"},
        RuleCase{"CorrectieAfterIntrekkingInTheGroup",
                 after(kTraject,
                       "- intrekking vervangt=#3 &"
                       " 02-02 correctie:traject_start vervangt=#3"),
                 "vervangt_ingetrokken"},
        RuleCase{"IntrekkingTwiceInTheGroup",
                 after(kTraject, "- intrekking vervangt=#3 & - intrekking vervangt=#3"),
                 "vervangt_ingetrokken"},
        RuleCase{"IntrekkingOfAnEventInTheGroup",
                 after(kWacht, "02-01 traject_start & - intrekking vervangt=#3"), "goed"},
        RuleCase{"TwoCorrectiesThatOnlyTogetherFit",
                 after(kTraject,
                       "02-18 correctie:traject_start vervangt=#3 &"
                       " 02-11 correctie:intake vervangt=#2"),
                 "goed"},
        RuleCase{"WrongDossierPutRight",
                 after(kTraject,
                       "dossier/2 01-04 aanmelding;"
                       "- intrekking vervangt=#3 reden=verkeerd_dossier &"
                       " dossier/2 01-11 intake & dossier/2 01-18 traject_start"),
                 "goed"},
        RuleCase{"OneOfTwoDossiersRefused",
                 after(kTraject, "02-01 contactmoment & dossier/2 02-01 contactmoment"),
                 "eerste_gebeurtenis"},
        RuleCase{"GemeenteThatEntersInTheSameGroup",
                 "organisatie 01-01 gemeente_toegetreden gemeente=Heiloo &"
                 " 01-04 aanmelding gemeente=Heiloo",
                 "goed"},
        RuleCase{"GemeenteThatEntersInAGroupAfterIt",
                 "01-04 aanmelding gemeente=Heiloo &"
                 " organisatie 01-05 gemeente_toegetreden gemeente=Heiloo",
                 "gemeente_doet_niet_mee"}),
    name_of_case);

TEST(Groep, RefusalNamesTheEventThatCannotAct) {
  Story story;
  const auto outcome = story.tell("01-04 aanmelding & 01-18 traject_start & 01-20 contactmoment");
  EXPECT_EQ(std::get<Refusal>(outcome).index, 1U);
  EXPECT_EQ(story.store().last_position(), Position{8});  // nothing but the organisation
}

TEST(Groep, RefusalOfTheSecondStreamCountsFromTheStartOfTheGroup) {
  Story story;
  const auto outcome = story.tell(
      "01-04 aanmelding & 01-11 intake &"
      " dossier/2 01-04 aanmelding & dossier/2 01-05 uitstroom");
  EXPECT_EQ(std::get<Refusal>(outcome).index, 3U);
}

TEST(Groep, RefusalForAnEventOfTheHistoryNamesWhatStandsNearestBeforeIt) {
  Story story;
  const auto outcome =
      story.tell(after(kDoorgestroomd, "02-01 contactmoment & 02-15 uitstroom & 05-01 maatregel"));
  EXPECT_EQ(std::get<Refusal>(outcome).index, 1U);
  EXPECT_EQ(std::get<Refusal>(outcome).botst_met, Story::id(4));
}

TEST(Groep, RefusalForAnEventBeforeTheWholeGroupNamesItsLast) {
  Story story;
  const auto outcome = story.tell(
      after(kDoorgestroomd, "04-01 correctie:traject_start vervangt=#3 & 05-01 contactmoment"));
  EXPECT_EQ(std::get<Refusal>(outcome).index, 1U);
}

}  // namespace
}  // namespace trede::test
