// What is checked when an event is recorded and never again: the day, the stream, the organisation.
#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

class Opname : public RuleTable {};

TEST_P(Opname, IsJudged) { check(); }

const std::string kAangemeld = "01-04 aanmelding";
const std::string kInWsw = "2014-12-31 dienstverband_start dienstverband=wsw gemeente=Castricum";
const std::string kInBeschut =
    "01-04 dienstverband_start dienstverband=beschut_werk gemeente=Uitgeest";
const std::string kAmbtelijk = "01-04 dienstverband_start";

INSTANTIATE_TEST_SUITE_P(
    Day, Opname,  // it is 2025-01-02
    testing::Values(
        RuleCase{"TheFirst", "1950-01-01 dienstverband_start afdeling=Oud",
                 "afdeling_bestaat_niet"},
        RuleCase{"BeforeTheFirst", "1949-12-31 dienstverband_start", "geldig_op_te_vroeg"},
        RuleCase{"Tomorrow", "2025-01-03 aanmelding", "goed"},
        RuleCase{"AfterTomorrow", "2025-01-04 aanmelding", "geldig_op_te_ver"},
        RuleCase{"DienstverbandAYearAhead", "2026-01-03 dienstverband_start", "goed"},
        RuleCase{"DienstverbandMoreThanAYearAhead", "2026-01-04 dienstverband_start",
                 "geldig_op_te_ver"},
        RuleCase{"GewijzigdAYearAhead", after(kAmbtelijk, "2026-01-03 dienstverband_gewijzigd"),
                 "goed"},
        RuleCase{"VerlofAYearAhead", after(kAmbtelijk, "2026-01-03 verlof_start"), "goed"},
        RuleCase{"ZiekmeldingAhead", after(kAmbtelijk, "2025-01-04 ziekmelding"),
                 "geldig_op_te_ver"},
        RuleCase{"PlaatsingAYearAhead",
                 after(kTraject, "2026-01-03 plaatsing plaatsing=parttime_werk"), "goed"},
        RuleCase{"VoorzieningMoreThanAYearAhead", after(kTraject, "2026-01-04 voorziening_start"),
                 "geldig_op_te_ver"},
        RuleCase{"UitstroomAhead", after(kTraject, "2025-01-04 uitstroom"), "geldig_op_te_ver"},
        RuleCase{"OrganisatieAhead", "organisatie 2025-01-04 gemeente_toegetreden",
                 "geldig_op_te_ver"},
        RuleCase{"WerkgeverAhead", "werkgever/1 2025-01-04 relatie_start", "geldig_op_te_ver"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Stroom, Opname,
    testing::Values(
        RuleCase{"RelatieOfADossier", "01-04 relatie_start", "andere_stroom"},
        RuleCase{"BoekingOfADossier", after(kAangemeld, "01-05 boeking"), "andere_stroom"},
        RuleCase{"AanmeldingOfAWerkgever", "werkgever/1 01-04 aanmelding", "andere_stroom"},
        RuleCase{"VacatureOfTheOrganisatie", "organisatie 01-04 vacature_vervuld", "andere_stroom"},
        RuleCase{"GemeenteOfAWerkgever", "werkgever/1 01-04 gemeente_toegetreden", "andere_stroom"},
        RuleCase{"RelatieOfAWerkgever", "werkgever/1 01-04 relatie_start", "goed"},
        RuleCase{"VacatureBeforeRelatie", "werkgever/1 01-04 vacature_vervuld", "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Gemeente, Opname,
    testing::Values(
        RuleCase{"AanmeldingOfReIntegratie", "01-04 aanmelding gemeente=Bergen", "goed"},
        RuleCase{"AanmeldingOfSocialeWerkvoorziening", "01-04 aanmelding gemeente=Castricum",
                 "gemeente_doet_niet_mee"},
        RuleCase{"AanmeldingOfBeschutWerk", "01-04 aanmelding gemeente=Uitgeest",
                 "gemeente_doet_niet_mee"},
        RuleCase{"AanmeldingOfAnUnknownGemeente", "01-04 aanmelding gemeente=Texel",
                 "gemeente_doet_niet_mee"},
        RuleCase{"AanmeldingOnTheDayOfUittreden", "07-01 aanmelding gemeente=Dijk",
                 "gemeente_doet_niet_mee"},
        RuleCase{"AanmeldingTheDayBeforeUittreden", "06-30 aanmelding gemeente=Dijk", "goed"},
        RuleCase{"AanmeldingOnTheDayOfToetreden", "2000-01-01 aanmelding gemeente=Dijk", "goed"},
        RuleCase{"AanmeldingBeforeToetreden", "1999-12-31 aanmelding gemeente=Dijk",
                 "gemeente_doet_niet_mee"},
        RuleCase{"WswOfSocialeWerkvoorziening", kInWsw, "goed"},
        RuleCase{"WswOfReIntegratie",
                 "2014-12-31 dienstverband_start dienstverband=wsw gemeente=Bergen",
                 "gemeente_doet_niet_mee"},
        RuleCase{"BeschutWerkOfBeschutWerk", kInBeschut, "goed"},
        RuleCase{"BeschutWerkOfSocialeWerkvoorziening",
                 "01-04 dienstverband_start dienstverband=beschut_werk gemeente=Castricum",
                 "gemeente_doet_niet_mee"},
        RuleCase{"AmbtelijkOfAnyDienst", "01-04 dienstverband_start gemeente=Uitgeest", "goed"},
        RuleCase{"AmbtelijkOfNoDienst", "01-04 dienstverband_start gemeente=Texel",
                 "gemeente_doet_niet_mee"},
        RuleCase{"PayrollOfAnyDienst",
                 "01-04 dienstverband_start dienstverband=payroll gemeente=Bergen", "goed"},
        RuleCase{"BegeleidWerkenOfSocialeWerkvoorziening",
                 "01-04 plaatsing plaatsing=begeleid_werken regeling=wsw gemeente=Castricum",
                 "goed"},
        RuleCase{"BegeleidWerkenOfBeschutWerk",
                 "01-04 plaatsing plaatsing=begeleid_werken regeling=wsw gemeente=Uitgeest",
                 "gemeente_doet_niet_mee"},
        RuleCase{"GarantiebaanOfAnyDienst",
                 "01-04 plaatsing plaatsing=garantiebaan regeling=wsw gemeente=Uitgeest", "goed"},
        RuleCase{"GarantiebaanOfNoDienst",
                 "01-04 plaatsing plaatsing=garantiebaan regeling=wsw gemeente=Texel",
                 "gemeente_doet_niet_mee"},
        RuleCase{"GewijzigdWhileAangemeld",
                 after(kAangemeld, "02-01 gemeente_gewijzigd gemeente=Castricum"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"GewijzigdWhileWaiting",
                 after(kWacht, "02-01 gemeente_gewijzigd gemeente=Castricum"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"GewijzigdInTraject",
                 after(kTraject, "02-01 gemeente_gewijzigd gemeente=Uitgeest"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"GewijzigdInTrajectAndBeschutWerk",
                 after(kTraject,
                       "02-01 dienstverband_start dienstverband=beschut_werk"
                       " gemeente=Uitgeest; 03-01 gemeente_gewijzigd gemeente=Bergen"),
                 "goed"},
        RuleCase{"GewijzigdInWsw",
                 "2014-12-31 dienstverband_start dienstverband=wsw gemeente=Alkmaar;"
                 "02-01 gemeente_gewijzigd gemeente=Castricum",
                 "goed"},
        RuleCase{"GewijzigdInWswToReIntegratie",
                 after(kInWsw, "02-01 gemeente_gewijzigd gemeente=Bergen"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"GewijzigdInBeschutWerk",
                 after(kInBeschut, "02-01 gemeente_gewijzigd gemeente=Castricum"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"GewijzigdInAmbtelijk",
                 after(kAmbtelijk, "02-01 gemeente_gewijzigd gemeente=Castricum"), "goed"},
        RuleCase{"GewijzigdAfterUitstroom",
                 after(kTraject, "03-01 uitstroom; 03-02 gemeente_gewijzigd gemeente=Uitgeest"),
                 "goed"},
        RuleCase{"GewijzigdOnTheDayOfUitstroomActsBeforeIt",
                 after(kTraject, "03-01 uitstroom; 03-01 gemeente_gewijzigd gemeente=Uitgeest"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"GewijzigdAfterUitstroomToNoDienst",
                 after(kTraject, "03-01 uitstroom; 03-02 gemeente_gewijzigd gemeente=Texel"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"GewijzigdLateJudgedByItsOwnDay",
                 after(kTraject, "03-01 uitstroom; 02-01 gemeente_gewijzigd gemeente=Uitgeest"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"CorrectieOfGewijzigd",
                 after(kTraject,
                       "02-01 gemeente_gewijzigd;"
                       "02-01 correctie:gemeente_gewijzigd vervangt=#4"
                       " gemeente=Castricum"),
                 "gemeente_doet_niet_mee"},
        RuleCase{"UittredenLaterLeavesTheDossierAlone",
                 "01-04 aanmelding gemeente=Bergen;"
                 "organisatie 01-01 gemeente_uitgetreden gemeente=Bergen dienst=re_integratie;"
                 "01-11 intake",
                 "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Afdeling, Opname,
    testing::Values(
        RuleCase{"OnItsFirstDay", "06-01 dienstverband_start afdeling=Schoon", "goed"},
        RuleCase{"BeforeItsFirstDay", "05-31 dienstverband_start afdeling=Schoon",
                 "afdeling_bestaat_niet"},
        RuleCase{"Unknown", "06-01 dienstverband_start afdeling=Hout", "afdeling_bestaat_niet"},
        RuleCase{"GewijzigdBeforeItsFirstDay",
                 after(kAmbtelijk, "05-31 dienstverband_gewijzigd afdeling=Schoon"),
                 "afdeling_bestaat_niet"},
        RuleCase{"GewijzigdAfterItsFirstDay",
                 after(kAmbtelijk, "06-02 dienstverband_gewijzigd afdeling=Schoon"), "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Wsw, Opname,
    testing::Values(
        RuleCase{"OnTheLastDay", kInWsw, "goed"},
        RuleCase{"AfterTheLastDay",
                 "2015-01-01 dienstverband_start dienstverband=wsw gemeente=Castricum",
                 "wsw_gesloten"},
        RuleCase{"BeschutWerkAfterThatDay",
                 "2015-01-01 dienstverband_start dienstverband=beschut_werk gemeente=Uitgeest",
                 "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Organisatie, Opname,
    testing::Values(
        RuleCase{"Toetreden", "organisatie 01-01 gemeente_toegetreden", "goed"},
        RuleCase{"ToetredenTwice",
                 "organisatie 01-01 gemeente_toegetreden; organisatie 02-01 gemeente_toegetreden",
                 "al_toegetreden"},
        RuleCase{"ToetredenOfAnotherDienst",
                 "organisatie 01-01 gemeente_toegetreden gemeente=Bergen dienst=beschut_werk",
                 "goed"},
        RuleCase{"ToetredenOfAllWhenInOne",
                 "organisatie 01-01 gemeente_toegetreden gemeente=Bergen", "al_toegetreden"},
        RuleCase{"ToetredenOfOneWhenInAll",
                 "organisatie 01-01 gemeente_toegetreden gemeente=Alkmaar dienst=beschut_werk",
                 "al_toegetreden"},
        RuleCase{"Uittreden", "organisatie 01-01 gemeente_uitgetreden gemeente=Alkmaar", "goed"},
        RuleCase{"UittredenOfOneOfAll",
                 "organisatie 01-01 gemeente_uitgetreden gemeente=Alkmaar dienst=beschut_werk",
                 "goed"},
        RuleCase{"UittredenOfAllWhenInOne",
                 "organisatie 01-01 gemeente_uitgetreden gemeente=Bergen", "niet_toegetreden"},
        RuleCase{"UittredenOfAnUnknownGemeente",
                 "organisatie 01-01 gemeente_uitgetreden gemeente=Texel", "niet_toegetreden"},
        RuleCase{"UittredenOnTheDayOfToetreden",
                 "organisatie 01-01 gemeente_toegetreden; organisatie 01-01 gemeente_uitgetreden",
                 "goed"},
        RuleCase{"ToetredenOnTheDayOfUittredenComesBeforeIt",
                 "organisatie 07-01 gemeente_toegetreden gemeente=Dijk", "al_toegetreden"},
        RuleCase{"ToetredenTheDayAfterUittreden",
                 "organisatie 07-02 gemeente_toegetreden gemeente=Dijk", "goed"},
        RuleCase{"LateToetredenOverALaterOne",
                 "organisatie 02-01 gemeente_toegetreden; organisatie 01-01 gemeente_toegetreden",
                 "al_toegetreden"},
        RuleCase{"LateUittredenBeforeALaterOne",
                 "organisatie 2021-01-01 gemeente_uitgetreden gemeente=Dijk", "niet_toegetreden"},
        RuleCase{"IntrekkingOfToetredenWithUittreden",
                 "organisatie 01-01 gemeente_toegetreden; organisatie 02-01 gemeente_uitgetreden;"
                 "organisatie - intrekking vervangt=#1",
                 "niet_toegetreden"},
        RuleCase{"CorrectieOfToetredenToAfterUittreden",
                 "organisatie 01-01 gemeente_toegetreden; organisatie 02-01 gemeente_uitgetreden;"
                 "organisatie 02-02 correctie:gemeente_toegetreden vervangt=#1",
                 "niet_toegetreden"},
        RuleCase{"IntrekkingOfUittreden",
                 "organisatie 01-01 gemeente_toegetreden; organisatie 02-01 gemeente_uitgetreden;"
                 "organisatie - intrekking vervangt=#2",
                 "goed"},
        RuleCase{"AfdelingTwice", "organisatie 01-01 afdeling_ingesteld", "goed"},
        RuleCase{"Afspraak", "organisatie 01-01 afspraak_vastgesteld", "goed"},
        RuleCase{"Benchmark", "organisatie 01-01 benchmark_vastgesteld", "goed"},
        RuleCase{"Taakstelling", "organisatie 01-01 taakstelling_vastgesteld", "goed"},
        RuleCase{"Begroting", "organisatie 01-01 begroting_vastgesteld", "goed"},
        RuleCase{"Boeking", "organisatie 01-01 boeking", "goed"},
        RuleCase{"Prognose", "organisatie 01-01 prognose_vastgesteld", "goed"},
        RuleCase{"Rapport", "organisatie 01-01 rapport_vastgesteld", "goed"},
        RuleCase{"Periode", "organisatie 01-01 periode_afgesloten", "goed"},
        RuleCase{"Toelichting", "organisatie 01-01 toelichting_vastgelegd", "goed"}),
    name_of_case);

TEST(Opname, AnEmptyOrganisatieAcceptsNothingThatNamesAGemeente) {
  FakeClock clock;
  MemoryStore store(clock);
  Recorder recorder(store, clock);
  const pb::Event aanmelding = event(dossier(1), event_id(1), "2021-01-04", "aanmelding",
                                     {{"gemeente", "Alkmaar"}, {"regeling", "nug"}});
  const auto outcome = recorder.record({&aanmelding, 1});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(std::get<Refusal>(*outcome).code, "gemeente_doet_niet_mee");
}

}  // namespace
}  // namespace trede::test
