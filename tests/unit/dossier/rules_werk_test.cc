#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

class Werk : public RuleTable {};

TEST_P(Werk, IsJudged) { check(); }

const std::string kAangemeld = "01-04 aanmelding";
const std::string kAmbtelijk = "01-04 dienstverband_start";
const std::string kWsw = "2014-12-31 dienstverband_start dienstverband=wsw gemeente=Alkmaar";
const std::string kBeschut =
    "01-04 dienstverband_start dienstverband=beschut_werk gemeente=Alkmaar";
const std::string kZiek = after(kAmbtelijk, "02-01 ziekmelding");
const std::string kVerlof = after(kAmbtelijk, "02-01 verlof_start");
const std::string kBegeleid =
    "01-04 plaatsing plaatsing=begeleid_werken regeling=wsw gemeente=Castricum";

INSTANTIATE_TEST_SUITE_P(
    Dienstverband, Werk,
    testing::Values(
        RuleCase{"First", kAmbtelijk, "goed"},
        RuleCase{"InTraject", after(kTraject, "02-01 dienstverband_start"), "goed"},
        RuleCase{"Twice", after(kAmbtelijk, "02-01 dienstverband_start"), "dienstverband_loopt"},
        RuleCase{"BeforeARunningOne", after(kAmbtelijk, "01-03 dienstverband_start"),
                 "dienstverband_loopt"},
        RuleCase{"AgainAfterEinde",
                 after(kAmbtelijk, "02-01 dienstverband_einde; 02-01 dienstverband_start"), "goed"},
        RuleCase{"OneDayThatBecomesAnother",
                 after(kAmbtelijk, "01-04 dienstverband_einde; 01-05 dienstverband_start"), "goed"},
        RuleCase{"Gewijzigd", after(kAmbtelijk, "02-01 dienstverband_gewijzigd"), "goed"},
        RuleCase{"GewijzigdToTheSame",
                 after(kAmbtelijk, "02-01 dienstverband_gewijzigd deeltijdfactor=1"), "goed"},
        RuleCase{"GewijzigdWithout", after(kAangemeld, "02-01 dienstverband_gewijzigd"),
                 "geen_dienstverband"},
        RuleCase{"GewijzigdAfterEinde",
                 after(kAmbtelijk, "02-01 dienstverband_einde; 02-01 dienstverband_gewijzigd"),
                 "geen_dienstverband"},
        RuleCase{"Einde", after(kAmbtelijk, "02-01 dienstverband_einde"), "goed"},
        RuleCase{"EindeOnItsFirstDay", after(kAmbtelijk, "01-04 dienstverband_einde"), "goed"},
        RuleCase{"EindeWithout", after(kAangemeld, "02-01 dienstverband_einde"),
                 "geen_dienstverband"},
        RuleCase{"EindeTwice",
                 after(kAmbtelijk, "02-01 dienstverband_einde; 02-02 dienstverband_einde"),
                 "geen_dienstverband"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Plaatsing, Werk,
    testing::Values(
        RuleCase{"DetacheringFromWsw", after(kWsw, "2015-02-01 plaatsing"), "goed"},
        RuleCase{"DetacheringFromBeschutWerk", after(kBeschut, "02-01 plaatsing"), "goed"},
        RuleCase{"DetacheringFromAmbtelijk", after(kAmbtelijk, "02-01 plaatsing"),
                 "detachering_zonder_dienstverband"},
        RuleCase{"DetacheringWithoutDienstverband", after(kAangemeld, "02-01 plaatsing"),
                 "detachering_zonder_dienstverband"},
        RuleCase{"DetacheringAsFirst", "01-04 plaatsing gemeente=Alkmaar", "eerste_gebeurtenis"},
        RuleCase{"DetacheringEndsWithDienstverband",
                 after(kBeschut,
                       "02-01 plaatsing; 03-01 dienstverband_einde;"
                       "03-02 plaatsing_einde"),
                 "geen_plaatsing"},
        RuleCase{"BegeleidWerkenAsFirst", kBegeleid, "goed"},
        RuleCase{"BegeleidWerkenAsFirstWithoutGemeente",
                 "01-04 plaatsing plaatsing=begeleid_werken regeling=wsw",
                 "plaatsing_zonder_gemeente"},
        RuleCase{"BegeleidWerkenWithGemeenteNotFirst",
                 after(kAangemeld,
                       "02-01 plaatsing plaatsing=begeleid_werken regeling=wsw"
                       " gemeente=Castricum"),
                 "plaatsing_met_gemeente"},
        RuleCase{"BegeleidWerkenNotFirst",
                 after(kAangemeld, "02-01 plaatsing plaatsing=begeleid_werken regeling=wsw"),
                 "goed"},
        RuleCase{"BegeleidWerkenWithoutRegeling",
                 after(kAangemeld, "02-01 plaatsing plaatsing=begeleid_werken"),
                 "begeleid_werken_zonder_wsw"},
        RuleCase{"BegeleidWerkenWajong",
                 after(kAangemeld, "02-01 plaatsing plaatsing=begeleid_werken regeling=wajong"),
                 "begeleid_werken_zonder_wsw"},
        RuleCase{"GarantiebaanAsFirst",
                 "01-04 plaatsing plaatsing=garantiebaan regeling=wajong gemeente=Bergen", "goed"},
        RuleCase{"GarantiebaanWithoutGround",
                 after(kAangemeld, "02-01 plaatsing plaatsing=garantiebaan"),
                 "garantiebaan_zonder_grond"},
        RuleCase{"GarantiebaanOtherRegeling",
                 after(kAangemeld, "02-01 plaatsing plaatsing=garantiebaan regeling=wia"),
                 "garantiebaan_zonder_grond"},
        RuleCase{"GarantiebaanAsFirstWithoutGround",
                 "01-04 plaatsing plaatsing=garantiebaan gemeente=Bergen",
                 "garantiebaan_zonder_grond"},
        RuleCase{"GarantiebaanOfDoelgroep",
                 "01-04 aanmelding doelgroepen=banenafspraak;"
                 "02-01 plaatsing plaatsing=garantiebaan",
                 "goed"},
        RuleCase{"GarantiebaanOfFormerDoelgroep",
                 "01-04 aanmelding doelgroepen=banenafspraak; 01-20 doelgroep_gewijzigd;"
                 "02-01 plaatsing plaatsing=garantiebaan",
                 "garantiebaan_zonder_grond"},
        RuleCase{"GarantiebaanRunsOnWithoutDoelgroep",
                 "01-04 aanmelding doelgroepen=banenafspraak;"
                 "02-01 plaatsing plaatsing=garantiebaan; 03-01 doelgroep_gewijzigd;"
                 "04-01 plaatsing_einde",
                 "goed"},
        RuleCase{"GarantiebaanOfWajong",
                 after(kAangemeld, "02-01 plaatsing plaatsing=garantiebaan regeling=wajong"),
                 "goed"},
        RuleCase{"GarantiebaanOfWsw",
                 after(kAangemeld, "02-01 plaatsing plaatsing=garantiebaan regeling=wsw"), "goed"},
        RuleCase{"ParttimeWerkInTraject",
                 after(kTraject, "02-01 plaatsing plaatsing=parttime_werk"), "goed"},
        RuleCase{"ParttimeWerkWithoutTraject",
                 after(kWacht, "02-01 plaatsing plaatsing=parttime_werk"), "geen_traject"},
        RuleCase{"ParttimeWerkEndsWithTraject",
                 after(kTraject,
                       "02-01 plaatsing plaatsing=parttime_werk; 03-01 uitstroom;"
                       "03-02 plaatsing_einde"),
                 "geen_plaatsing"},
        RuleCase{"WerkervaringsplaatsEndsWithTraject",
                 after(kTraject,
                       "02-01 plaatsing plaatsing=werkervaringsplaats; 03-01 uitstroom;"
                       "03-02 plaatsing_einde"),
                 "geen_plaatsing"},
        RuleCase{"WerkervaringsplaatsWithoutTraject",
                 after(kAangemeld, "02-01 plaatsing plaatsing=werkervaringsplaats"),
                 "geen_traject"},
        RuleCase{"BegeleidWerkenRunsOnAfterUitstroom",
                 after(kTraject,
                       "02-01 plaatsing plaatsing=begeleid_werken regeling=wsw;"
                       "03-01 uitstroom; 03-02 plaatsing_einde"),
                 "goed"},
        RuleCase{"SameKenmerk", after(kBeschut, "02-01 plaatsing; 03-01 plaatsing"),
                 "plaatsing_loopt"},
        RuleCase{"OtherKenmerk", after(kBeschut, "02-01 plaatsing; 03-01 plaatsing kenmerk=2"),
                 "goed"},
        RuleCase{"EindeOfOtherKenmerk",
                 after(kBeschut, "02-01 plaatsing; 03-01 plaatsing_einde kenmerk=2"),
                 "geen_plaatsing"},
        RuleCase{"Einde", after(kBeschut, "02-01 plaatsing; 03-01 plaatsing_einde"), "goed"},
        RuleCase{"BeforeAFirstPlaatsing", after(kBegeleid, "01-03 aanmelding"),
                 "plaatsing_met_gemeente"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Verzuim, Werk,
    testing::Values(
        RuleCase{"InDienstverband", kZiek, "goed"},
        RuleCase{"OnTheFirstDay", after(kAmbtelijk, "01-04 ziekmelding"), "goed"},
        RuleCase{"WithoutDienstverband", after(kTraject, "02-01 ziekmelding"),
                 "geen_dienstverband"},
        RuleCase{"Twice", after(kZiek, "02-02 ziekmelding"), "verzuim_loopt"},
        RuleCase{"DuringVerlof", after(kVerlof, "02-02 ziekmelding"), "verlof_loopt"},
        RuleCase{"Gewijzigd", after(kZiek, "03-01 verzuim_gewijzigd"), "goed"},
        RuleCase{"GewijzigdToTheSame",
                 after(kZiek, "03-01 verzuim_gewijzigd; 04-01 verzuim_gewijzigd"), "goed"},
        RuleCase{"GewijzigdWithoutCase", after(kAmbtelijk, "03-01 verzuim_gewijzigd"),
                 "geen_verzuim"},
        RuleCase{"Herstel", after(kZiek, "03-01 herstelmelding"), "goed"},
        RuleCase{"HerstelWithoutCase", after(kAmbtelijk, "03-01 herstelmelding"), "geen_verzuim"},
        RuleCase{"HerstelOnTheDayOfZiekmelding", after(kZiek, "02-01 herstelmelding"), "goed"},
        RuleCase{"GewijzigdOnTheDayOfHerstel",
                 after(kZiek, "03-01 herstelmelding; 03-01 verzuim_gewijzigd"), "geen_verzuim"},
        RuleCase{"ZiekAgainOnTheDayOfHerstel",
                 after(kZiek, "03-01 herstelmelding; 03-01 ziekmelding"), "goed"},
        RuleCase{"ClosedByDienstverbandEinde",
                 after(kZiek, "03-01 dienstverband_einde; 03-02 herstelmelding"), "geen_verzuim"},
        RuleCase{"HerstelOnTheDayOfDienstverbandEindeComesBeforeIt",
                 after(kZiek, "03-01 dienstverband_einde; 03-01 herstelmelding"), "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Verlof, Werk,
    testing::Values(
        RuleCase{"InDienstverband", kVerlof, "goed"},
        RuleCase{"WithoutDienstverband", after(kTraject, "02-01 verlof_start"),
                 "geen_dienstverband"},
        RuleCase{"Twice", after(kVerlof, "03-01 verlof_start"), "verlof_loopt"},
        RuleCase{"ClosesTheCase", after(kZiek, "03-01 verlof_start; 04-01 herstelmelding"),
                 "geen_verzuim"},
        RuleCase{"HerstelOnTheDayOfVerlofComesBeforeIt",
                 after(kZiek, "03-01 verlof_start; 03-01 herstelmelding"), "goed"},
        RuleCase{"Einde", after(kVerlof, "03-01 verlof_einde"), "goed"},
        RuleCase{"EindeWithout", after(kAmbtelijk, "03-01 verlof_einde"), "geen_verlof"},
        RuleCase{"ZiekOnTheDayOfVerlofEinde",
                 after(kVerlof, "03-01 verlof_einde; 03-01 ziekmelding"), "goed"},
        RuleCase{"ClosedByDienstverbandEinde",
                 after(kVerlof, "03-01 dienstverband_einde; 03-02 verlof_einde"), "geen_verlof"}),
    name_of_case);

}  // namespace
}  // namespace trede::test
