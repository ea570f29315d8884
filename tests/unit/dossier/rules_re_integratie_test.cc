#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

class ReIntegratie : public RuleTable {};

TEST_P(ReIntegratie, IsJudged) { check(); }

const std::string kAangemeld = "01-04 aanmelding";
const std::string kUitgestroomd = after(kTraject, "06-01 uitstroom");
const std::string kInDienst = "01-04 dienstverband_start";

INSTANTIATE_TEST_SUITE_P(
    Aanmelding, ReIntegratie,
    testing::Values(
        RuleCase{"First", "01-04 aanmelding", "goed"},
        RuleCase{"WhileAangemeld", after(kAangemeld, "02-01 aanmelding"), "al_in_re_integratie"},
        RuleCase{"WhileWaiting", after(kWacht, "02-01 aanmelding"), "al_in_re_integratie"},
        RuleCase{"WhileInTraject", after(kTraject, "02-01 aanmelding"), "al_in_re_integratie"},
        RuleCase{"AfterUitstroom", after(kUitgestroomd, "06-01 aanmelding"), "al_in_re_integratie"},
        RuleCase{"TheDayAfterUitstroom", after(kUitgestroomd, "06-02 aanmelding"), "goed"},
        RuleCase{"AfterNegatief",
                 after(kAangemeld, "02-01 intake uitkomst=negatief; 03-01 aanmelding"), "goed"},
        RuleCase{"AfterTeruggemeld",
                 after(kAangemeld, "02-01 intake uitkomst=teruggemeld; 03-01 aanmelding"), "goed"},
        RuleCase{"AfterNietGestart", after(kAangemeld, "02-01 niet_gestart; 03-01 aanmelding"),
                 "goed"},
        RuleCase{"InDienstverband", after(kInDienst, "02-01 aanmelding"), "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Intake, ReIntegratie,
    testing::Values(
        RuleCase{"GestartWhileAangemeld", after(kAangemeld, "01-05 intake_gestart"), "goed"},
        RuleCase{"GestartTwice", after(kAangemeld, "01-05 intake_gestart; 01-06 intake_gestart"),
                 "goed"},
        RuleCase{"GestartWhileWaiting", after(kWacht, "01-12 intake_gestart"), "niet_aangemeld"},
        RuleCase{"GestartInTraject", after(kTraject, "01-19 intake_gestart"), "niet_aangemeld"},
        RuleCase{"GestartBeforeAanmelding", after(kAangemeld, "01-03 intake_gestart"),
                 "eerste_gebeurtenis"},
        RuleCase{"GestartOnTheDayOfIntake", after(kWacht, "01-11 intake_gestart"), "goed"},
        RuleCase{"OnTheDayOfAanmelding", after(kAangemeld, "01-04 intake"), "goed"},
        RuleCase{"WhileWaiting", after(kWacht, "02-01 intake"), "niet_aangemeld"},
        RuleCase{"WithoutAanmelding", after(kInDienst, "02-01 intake"), "niet_aangemeld"},
        RuleCase{"NegatiefCloses",
                 after(kAangemeld, "01-11 intake uitkomst=negatief; 01-18 traject_start"),
                 "niet_wachtend"},
        RuleCase{"TeruggemeldCloses",
                 after(kAangemeld, "01-11 intake uitkomst=teruggemeld; 01-18 intake"),
                 "niet_aangemeld"},
        RuleCase{"NietGestartWhileAangemeld", after(kAangemeld, "02-01 niet_gestart"), "goed"},
        RuleCase{"NietGestartWhileWaiting", after(kWacht, "02-01 niet_gestart"), "goed"},
        RuleCase{"NietGestartInTraject", after(kTraject, "02-01 niet_gestart"),
                 "niet_aangemeld_of_wachtend"},
        RuleCase{"NietGestartTwice", after(kWacht, "02-01 niet_gestart; 02-02 niet_gestart"),
                 "niet_aangemeld_of_wachtend"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Traject, ReIntegratie,
    testing::Values(
        RuleCase{"StartWhileWaiting", after(kWacht, "02-01 traject_start"), "goed"},
        RuleCase{"StartOnTheDayOfIntake", after(kWacht, "01-11 traject_start"), "goed"},
        RuleCase{"StartWhileAangemeld", after(kAangemeld, "02-01 traject_start"), "niet_wachtend"},
        RuleCase{"StartTwice", after(kTraject, "02-01 traject_start"), "niet_wachtend"},
        RuleCase{"StartAfterNietGestart", after(kWacht, "02-01 niet_gestart; 02-02 traject_start"),
                 "niet_wachtend"},
        RuleCase{"Doorstroom", after(kTraject, "02-01 trede_doorstroom naar=5"), "goed"},
        RuleCase{"DoorstroomOnTheFirstDay", after(kTraject, "01-18 trede_doorstroom"), "goed"},
        RuleCase{"DoorstroomBack", after(kTraject, "02-01 trede_doorstroom naar=nader_te_bepalen"),
                 "goed"},
        RuleCase{"DoorstroomToTheSame", after(kTraject, "02-01 trede_doorstroom naar=3"),
                 "zelfde_trede"},
        RuleCase{"DoorstroomToTheSameAfterAnother",
                 after(kTraject, "02-01 trede_doorstroom; 03-01 trede_doorstroom"), "zelfde_trede"},
        RuleCase{"DoorstroomWithoutTraject", after(kWacht, "02-01 trede_doorstroom"),
                 "geen_traject"},
        RuleCase{"DoorstroomOnTheDayOfUitstroom", after(kUitgestroomd, "06-01 trede_doorstroom"),
                 "goed"},
        RuleCase{"DoorstroomAfterUitstroom", after(kUitgestroomd, "06-02 trede_doorstroom"),
                 "geen_traject"},
        RuleCase{"Uitstroom", after(kTraject, "02-01 uitstroom"), "goed"},
        RuleCase{"UitstroomOnTheFirstDay", after(kTraject, "01-18 uitstroom"), "goed"},
        RuleCase{"UitstroomTwice", after(kUitgestroomd, "06-02 uitstroom"), "geen_traject"},
        RuleCase{"UitstroomTwiceOnOneDay", after(kUitgestroomd, "06-01 uitstroom"), "geen_traject"},
        RuleCase{"UitstroomWhileWaiting", after(kWacht, "02-01 uitstroom"), "geen_traject"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Dossier, ReIntegratie,
    testing::Values(
        RuleCase{"OtherGemeente", after(kAangemeld, "02-01 gemeente_gewijzigd"), "goed"},
        RuleCase{"SameGemeente", after(kAangemeld, "02-01 gemeente_gewijzigd gemeente=Alkmaar"),
                 "zelfde_gemeente"},
        RuleCase{"BackToGemeente",
                 after(kAangemeld,
                       "02-01 gemeente_gewijzigd; 03-01 gemeente_gewijzigd gemeente=Alkmaar"),
                 "goed"},
        RuleCase{"FirstGemeenteOfAmbtelijkDienstverband",
                 after(kInDienst, "02-01 gemeente_gewijzigd gemeente=Uitgeest"), "goed"},
        RuleCase{"GemeenteOfDienstverbandCounts",
                 after(kAangemeld,
                       "02-01 dienstverband_start gemeente=Bergen; 03-01 gemeente_gewijzigd"),
                 "zelfde_gemeente"},
        RuleCase{"OtherDoelgroepen",
                 after(kAangemeld, "02-01 doelgroep_gewijzigd doelgroepen=jongere"), "goed"},
        RuleCase{"SameDoelgroepenNone", after(kAangemeld, "02-01 doelgroep_gewijzigd"),
                 "zelfde_doelgroepen"},
        RuleCase{"SameDoelgroepenInAnotherOrder",
                 "01-04 aanmelding doelgroepen=jongere|statushouder;"
                 "02-01 doelgroep_gewijzigd doelgroepen=statushouder|jongere",
                 "zelfde_doelgroepen"},
        RuleCase{"DoelgroepenToNone",
                 "01-04 aanmelding doelgroepen=jongere; 02-01 doelgroep_gewijzigd", "goed"},
        RuleCase{"NewAanmeldingTakesDoelgroepenAway",
                 "01-04 aanmelding doelgroepen=jongere; 02-01 niet_gestart; 03-01 aanmelding;"
                 "04-01 doelgroep_gewijzigd",
                 "zelfde_doelgroepen"},
        RuleCase{"SameWerkcoach",
                 after(kAangemeld, "02-01 werkcoach_toegewezen; 03-01 werkcoach_toegewezen"),
                 "goed"},
        RuleCase{"WerkcoachOnTheDayOfAanmelding", after(kAangemeld, "01-04 werkcoach_toegewezen"),
                 "goed"}),
    name_of_case);

// Points need a dossier and nothing else.
std::vector<RuleCase> points() {
  std::vector<RuleCase> rows;
  for (const char* soort : {"contactmoment", "abc_meting", "taalniveautoets", "indicatie"}) {
    rows.push_back({soort, after(kAangemeld, std::string("02-01 ") + soort), "goed"});
  }
  return rows;
}

std::vector<RuleCase> cannot_be_first() {
  std::vector<RuleCase> rows;
  for (const Kind& kind : kinds()) {
    const bool first =
        kind.code == "aanmelding" || kind.code == "dienstverband_start" || kind.code == "plaatsing";
    if (kind.stream != StreamKind::kDossier || first) continue;
    rows.push_back({kind.code.c_str(), "01-04 " + kind.code, "eerste_gebeurtenis"});
  }
  return rows;
}

INSTANTIATE_TEST_SUITE_P(Points, ReIntegratie, testing::ValuesIn(points()), name_of_case);
INSTANTIATE_TEST_SUITE_P(CannotBeFirst, ReIntegratie, testing::ValuesIn(cannot_be_first()),
                         name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Diagnose, ReIntegratie,
    testing::Values(
        RuleCase{"WhileAangemeld", after(kAangemeld, "02-01 diagnose_start"), "goed"},
        RuleCase{"WhileWaiting", after(kWacht, "02-01 diagnose_start"), "goed"},
        RuleCase{"InTraject", after(kTraject, "02-01 diagnose_start"), "goed"},
        RuleCase{"AfterUitstroom", after(kUitgestroomd, "06-02 diagnose_start"),
                 "niet_in_re_integratie"},
        RuleCase{"InDienstverbandOnly", after(kInDienst, "02-01 diagnose_start"),
                 "niet_in_re_integratie"},
        RuleCase{"Twice", after(kAangemeld, "02-01 diagnose_start; 02-02 diagnose_start"),
                 "diagnose_loopt"},
        RuleCase{"AgainAfterEinde",
                 after(kAangemeld,
                       "02-01 diagnose_start; 03-01 diagnose_einde;"
                       "03-01 diagnose_start"),
                 "goed"},
        RuleCase{"EindeWithoutStart", after(kAangemeld, "02-01 diagnose_einde"), "geen_diagnose"},
        RuleCase{"EindeOnItsFirstDay",
                 after(kAangemeld, "02-01 diagnose_start; 02-01 diagnose_einde"), "goed"},
        RuleCase{"EindeBeforeStart",
                 after(kAangemeld, "02-01 diagnose_start; 01-31 diagnose_einde"), "geen_diagnose"},
        RuleCase{"RunsOnFromIntakeToTraject",
                 after(kAangemeld,
                       "01-05 diagnose_start; 01-11 intake; 01-18 traject_start;"
                       "02-01 diagnose_einde"),
                 "goed"},
        RuleCase{"ClosedByIntakeNegatief",
                 after(kAangemeld,
                       "01-05 diagnose_start; 01-11 intake uitkomst=negatief;"
                       "02-01 diagnose_einde"),
                 "geen_diagnose"},
        RuleCase{"ClosedByIntakeTeruggemeld",
                 after(kAangemeld,
                       "01-05 diagnose_start; 01-11 intake uitkomst=teruggemeld;"
                       "02-01 diagnose_einde"),
                 "geen_diagnose"},
        RuleCase{"ClosedByNietGestart",
                 after(kWacht, "01-12 diagnose_start; 01-13 niet_gestart; 02-01 diagnose_einde"),
                 "geen_diagnose"},
        RuleCase{"ClosedByUitstroom",
                 after(kTraject, "02-01 diagnose_start; 03-01 uitstroom; 04-01 diagnose_einde"),
                 "geen_diagnose"},
        RuleCase{"EindeOnTheDayOfUitstroomComesBeforeIt",
                 after(kTraject, "02-01 diagnose_start; 03-01 uitstroom; 03-01 diagnose_einde"),
                 "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Oponthoud, ReIntegratie,
    testing::Values(
        RuleCase{"InTraject", after(kTraject, "02-01 oponthoud_start reden=medisch"), "goed"},
        RuleCase{"WhileWaiting", after(kWacht, "02-01 oponthoud_start"), "geen_traject"},
        RuleCase{"Twice", after(kTraject, "02-01 oponthoud_start; 02-02 oponthoud_start"),
                 "oponthoud_loopt"},
        RuleCase{"Einde", after(kTraject, "02-01 oponthoud_start; 03-01 oponthoud_einde"), "goed"},
        RuleCase{"EindeWithoutStart", after(kTraject, "03-01 oponthoud_einde"), "geen_oponthoud"},
        RuleCase{"ClosedByUitstroom",
                 after(kTraject, "02-01 oponthoud_start; 03-01 uitstroom; 03-02 oponthoud_einde"),
                 "geen_oponthoud"},
        RuleCase{"EndsAndBeginsOnOneDay",
                 after(kTraject,
                       "02-01 oponthoud_start; 03-01 oponthoud_einde;"
                       "03-01 oponthoud_start"),
                 "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Voorziening, ReIntegratie,
    testing::Values(
        RuleCase{"InTraject", after(kTraject, "02-01 voorziening_start"), "goed"},
        RuleCase{"WhileAangemeld", after(kAangemeld, "02-01 voorziening_start"), "geen_traject"},
        RuleCase{"MapWhileAangemeld", after(kAangemeld, "02-01 voorziening_start voorziening=map"),
                 "goed"},
        RuleCase{"ProjectInDienstverband",
                 after(kInDienst, "02-01 voorziening_start voorziening=project"), "goed"},
        RuleCase{"SameKenmerk", after(kTraject, "02-01 voorziening_start; 02-02 voorziening_start"),
                 "voorziening_loopt"},
        RuleCase{"SameKenmerkOtherVoorziening",
                 after(kTraject,
                       "02-01 voorziening_start;"
                       "02-02 voorziening_start voorziening=map kenmerk=1"),
                 "voorziening_loopt"},
        RuleCase{"OtherKenmerk",
                 after(kTraject, "02-01 voorziening_start; 02-02 voorziening_start kenmerk=b"),
                 "goed"},
        RuleCase{"KenmerkAgainAfterEinde",
                 after(kTraject,
                       "02-01 voorziening_start; 03-01 voorziening_einde;"
                       "03-01 voorziening_start"),
                 "goed"},
        RuleCase{"EindeOfOtherKenmerk",
                 after(kTraject, "02-01 voorziening_start; 03-01 voorziening_einde kenmerk=b"),
                 "geen_voorziening"},
        RuleCase{"EindeTwice",
                 after(kTraject,
                       "02-01 voorziening_start; 03-01 voorziening_einde;"
                       "03-02 voorziening_einde"),
                 "geen_voorziening"},
        RuleCase{"KenmerkIsNotSharedWithPlaatsing",
                 after(kTraject,
                       "02-01 voorziening_start;"
                       "02-01 plaatsing plaatsing=parttime_werk"),
                 "goed"},
        RuleCase{"TrainingClosedByUitstroom",
                 after(kTraject,
                       "02-01 voorziening_start; 03-01 uitstroom;"
                       "03-02 voorziening_einde"),
                 "geen_voorziening"},
        RuleCase{"MapGoesOnAfterUitstroom",
                 after(kTraject,
                       "02-01 voorziening_start voorziening=map; 03-01 uitstroom;"
                       "03-02 voorziening_einde"),
                 "goed"},
        RuleCase{"ProjectGoesOnAfterUitstroom",
                 after(kTraject,
                       "02-01 voorziening_start voorziening=project; 03-01 uitstroom;"
                       "03-02 voorziening_einde"),
                 "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Maatregel, ReIntegratie,
    testing::Values(
        RuleCase{"AfterAanmelding", after(kAangemeld, "02-01 maatregel"), "goed"},
        RuleCase{"LongAfterUitstroom", after(kUitgestroomd, "12-01 maatregel"), "goed"},
        RuleCase{"WithoutAanmelding", after(kInDienst, "02-01 maatregel"), "geen_aanmelding"},
        RuleCase{"SameKenmerkAgain", after(kAangemeld, "02-01 maatregel; 03-01 maatregel"), "goed"},
        RuleCase{"Herzien", after(kAangemeld, "02-01 maatregel; 03-01 maatregel_herzien"), "goed"},
        RuleCase{"HerzienTwice",
                 after(kAangemeld,
                       "02-01 maatregel; 03-01 maatregel_herzien;"
                       "04-01 maatregel_herzien uitkomst=vervallen"),
                 "goed"},
        RuleCase{"HerzienOnItsDay", after(kAangemeld, "02-01 maatregel; 02-01 maatregel_herzien"),
                 "goed"},
        RuleCase{"HerzienBeforeIt", after(kAangemeld, "02-01 maatregel; 01-31 maatregel_herzien"),
                 "geen_maatregel"},
        RuleCase{"HerzienOfOtherKenmerk",
                 after(kAangemeld, "02-01 maatregel; 03-01 maatregel_herzien kenmerk=2"),
                 "geen_maatregel"},
        RuleCase{"HerzienWithoutAanmelding", after(kInDienst, "03-01 maatregel_herzien"),
                 "geen_maatregel"},
        RuleCase{"Ontheffing", after(kAangemeld, "02-01 ontheffing_beoordeeld"), "goed"},
        RuleCase{"OntheffingAfterUitstroom", after(kUitgestroomd, "07-01 ontheffing_beoordeeld"),
                 "goed"},
        RuleCase{"OntheffingWithoutAanmelding", after(kInDienst, "02-01 ontheffing_beoordeeld"),
                 "geen_aanmelding"}),
    name_of_case);

}  // namespace
}  // namespace trede::test
