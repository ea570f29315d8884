// Answers to short stories, thought out by hand: what the words of each measure mean.
#include <gtest/gtest.h>

#include "tests/unit/projections/asked_story.h"

namespace trede::test {
namespace {

const std::string kYear = " 2021-01-01..2021-12-31";

class Answers : public ::testing::Test {
 protected:
  void tell(std::string_view text) { story_.tell(text); }
  std::string ask(const std::string& question) { return story_.ask(question); }
  AskedStory story_;
};

TEST_F(Answers, OfAStandHoldAtTheEndOfTheDay) {
  tell(kTraject);
  tell("02-01 uitstroom");
  EXPECT_EQ(ask("trajecten 2021-01-17"), "0");
  EXPECT_EQ(ask("trajecten 2021-01-18"), "1");
  EXPECT_EQ(ask("trajecten 2021-01-31"), "1");
  EXPECT_EQ(ask("trajecten 2021-02-01"), "0");
}

TEST_F(Answers, OfAPeriodIncludeBothItsDays) {
  tell(kTraject);
  EXPECT_EQ(ask("intakes 2021-01-11..2021-01-11"), "1");
  EXPECT_EQ(ask("intakes 2021-01-12..2021-02-11"), "0");
  EXPECT_EQ(ask("intakes 2021-01-01..2021-01-10"), "0");
}

TEST_F(Answers, LeaveOutRowsOfNothingButAlwaysHaveOneWithoutABreakdown) {
  EXPECT_EQ(ask("trajecten 2021-01-18 per=gemeente"), "");
  EXPECT_EQ(ask("trajecten 2021-01-18"), "0");
  EXPECT_EQ(ask("trajectduur" + kYear), "0");
  EXPECT_EQ(ask("trajectduur" + kYear + " per=trede"), "");
}

TEST_F(Answers, OfATermijnCountFromThe29thDayOn) {
  tell("01-04 aanmelding");
  EXPECT_EQ(ask("aanmeldingen_over_termijn 2021-02-01"), "0");
  EXPECT_EQ(ask("aanmeldingen_over_termijn 2021-02-02"), "1");
  EXPECT_EQ(ask("aanmeldingen_over_termijn 2029-02-02"), "1");
}

TEST_F(Answers, OfIntakesWithin4WeeksIncludeDay28) {
  tell("dossier/1 01-04 aanmelding; dossier/1 02-01 intake");
  tell("dossier/2 01-04 aanmelding; dossier/2 02-02 intake uitkomst=negatief");
  EXPECT_EQ(ask("intakes_binnen_4_weken" + kYear), "1/2");
  EXPECT_EQ(ask("doorlooptijd_intake" + kYear + " per=uitkomst"), "negatief: 29/1, positief: 28/1");
  EXPECT_EQ(ask("niet_gestart" + kYear + " per=reden"), "negatief_advies: 1");
}

TEST_F(Answers, OfFlowsSeeAChangeOnlyWhenTheQuestionTellsOldFromNew) {
  tell(kTraject);
  tell("02-01 trede_doorstroom naar=4; 02-10 gemeente_gewijzigd");
  const std::string period = " 2021-01-31..2021-02-28";
  EXPECT_EQ(ask("trajecten_bij" + period), "0");
  EXPECT_EQ(ask("trajecten_bij" + period + " per=trede"), "4: 1");
  EXPECT_EQ(ask("trajecten_af" + period + " per=trede,reden"), "3 doorstroom: 1");
  EXPECT_EQ(ask("trajecten_bij" + period + " trede=4"), "1");
  EXPECT_EQ(ask("trajecten_bij" + period + " trede=3,4"), "0");
  EXPECT_EQ(ask("trajecten_bij" + period + " per=gemeente,reden"), "Bergen wijziging: 1");
  EXPECT_EQ(ask("trajecten_af" + period + " gemeente=Alkmaar per=reden"), "wijziging: 1");
  EXPECT_EQ(ask("trajecten_af" + period + " per=gemeente,trede,reden"),
            "Alkmaar 3 doorstroom: 1, Alkmaar 4 wijziging: 1");
}

TEST_F(Answers, OfFlowsSortByRedenWithoutMakingItPartOfBelonging) {
  tell(kTraject);
  tell("02-01 uitstroom reden=werkaanvaarding");
  EXPECT_EQ(ask("trajecten_bij" + kYear + " per=reden"), "start: 1");
  EXPECT_EQ(ask("trajecten_af" + kYear + " per=reden"), "werkaanvaarding: 1");
  EXPECT_EQ(ask("trajecten_af" + kYear + " reden=verhuizing,werkaanvaarding"), "1");
  EXPECT_EQ(ask("trajecten_af" + kYear + " reden=verhuizing"), "0");
  EXPECT_EQ(ask("aanmeldingen_open_af" + kYear + " per=reden"), "intake: 1");
  EXPECT_EQ(ask("wacht_op_start_af" + kYear + " per=reden"), "traject_start: 1");
}

TEST_F(Answers, OfFlowsCountEachMomentWithinADay) {
  tell("01-04 aanmelding; 01-04 gemeente_gewijzigd");
  EXPECT_EQ(ask("aanmeldingen_open_bij" + kYear), "1");
  EXPECT_EQ(ask("aanmeldingen_open_bij" + kYear + " per=gemeente"), "Alkmaar: 1, Bergen: 1");
  EXPECT_EQ(ask("aanmeldingen_open_af" + kYear + " per=gemeente"), "Alkmaar: 1");
  EXPECT_EQ(ask("aanmeldingen" + kYear + " per=gemeente"), "Alkmaar: 1");
}

TEST_F(Answers, CountASetInEachOfItsRowsAndOnceUnderAFilter) {
  tell("dossier/1 01-04 aanmelding doelgroepen=jongere|statushouder; dossier/2 01-04 aanmelding");
  EXPECT_EQ(ask("aanmeldingen_open 2021-01-04 per=doelgroep"),
            "geen: 1, jongere: 1, statushouder: 1");
  EXPECT_EQ(ask("aanmeldingen_open 2021-01-04 doelgroep=jongere,statushouder"), "1");
  EXPECT_EQ(ask("aanmeldingen_open 2021-01-04 doelgroep=geen,jongere"), "2");
  EXPECT_EQ(ask("aanmeldingen_open 2021-01-04 per=doelgroep doelgroep=jongere,geen"),
            "geen: 1, jongere: 1");
  EXPECT_EQ(ask("aanmeldingen_open 2021-01-04 doelgroep=onbekend"), "0");
}

TEST_F(Answers, OfAChangedSetFlowOnlyInTheRowsThatChange) {
  tell(
      "01-04 aanmelding doelgroepen=jongere;"
      "01-10 doelgroep_gewijzigd doelgroepen=jongere|statushouder");
  const std::string period = " 2021-01-05..2021-12-31";
  EXPECT_EQ(ask("aanmeldingen_open_bij" + period + " per=doelgroep"), "statushouder: 1");
  EXPECT_EQ(ask("aanmeldingen_open_af" + period + " per=doelgroep"), "");
  EXPECT_EQ(ask("aanmeldingen_open_bij" + period + " doelgroep=jongere,statushouder"), "0");
}

TEST_F(Answers, OfTrajectenKnowHowLongTheyRan) {
  tell("dossier/1 01-04 aanmelding; dossier/1 01-05 intake; dossier/1 01-11 traject_start");
  tell("dossier/2 01-04 aanmelding; dossier/2 01-05 intake; dossier/2 01-21 traject_start");
  EXPECT_EQ(ask("looptijd 2021-01-31"), "30/2");
  tell("dossier/1 02-10 uitstroom reden=verhuizing");
  EXPECT_EQ(ask("trajectduur" + kYear + " per=reden,trede"), "verhuizing 3: 30/1");
  EXPECT_EQ(ask("looptijd 2021-02-10 per=gemeente"), "Alkmaar: 20/1");
}

TEST_F(Answers, OfFteAreExact) {
  tell(
      "dossier/1 01-04 dienstverband_start deeltijdfactor=0.3333;"
      "dossier/2 01-04 dienstverband_start deeltijdfactor=1.5 afdeling=Groen");
  EXPECT_EQ(ask("fte 2021-01-04"), "1.8333");
  EXPECT_EQ(ask("dienstverbanden 2021-01-04 per=afdeling"), "Groen: 2");
}

TEST_F(Answers, OfVerzuimWeighDaysByDeeltijdfactorAndPercentage) {
  // 31 days of 0.8 fte; sick 10 days wholly, then 5 days half.
  tell(
      "01-01 dienstverband_start deeltijdfactor=0.8; 01-11 ziekmelding;"
      "01-21 verzuim_gewijzigd percentage=50; 01-26 herstelmelding");
  EXPECT_EQ(ask("verzuimpercentage 2021-01-01..2021-01-31"), "10/24.8");
  EXPECT_EQ(ask("verzuimpercentage 2021-01-15..2021-01-22 per=afdeling"), "Groen: 5.6/6.4");
  EXPECT_EQ(ask("meldingsfrequentie 2021-01-01..2021-01-31"), "365/31");
  EXPECT_EQ(ask("meldingsfrequentie 2020-12-01..2021-01-31"), "366/31");
  EXPECT_EQ(ask("gemiddelde_verzuimduur 2021-01-26..2021-01-26"), "15/1");
  EXPECT_EQ(ask("gemiddelde_verzuimduur 2021-01-01..2021-01-25"), "0");
}

TEST_F(Answers, OfVerzuimByDurationFollowTheDaysSinceTheFirst) {
  tell("01-01 dienstverband_start; 01-11 ziekmelding");
  const std::pair<const char*, const char*> cases[] = {
      {"2021-01-11", "1_7"},     {"2021-01-17", "1_7"},    {"2021-01-18", "8_42"},
      {"2021-02-21", "8_42"},    {"2021-02-22", "43_365"}, {"2022-01-10", "43_365"},
      {"2022-01-11", "366_plus"}};
  for (const auto& [op, klasse] : cases) {
    EXPECT_EQ(ask(std::string("verzuim_per_duur ") + op + " per=klasse"),
              std::string(klasse) + ": 1");
  }
}

TEST_F(Answers, OfAmountsTakeBookingsWhosePeriodeLiesWhollyWithin) {
  tell(
      "organisatie 2024-06-01 boeking periode=2021 bedrag_eurocent=100;"
      "organisatie 2024-06-01 boeking periode=2021-Q1 bedrag_eurocent=10;"
      "organisatie 2024-06-01 boeking periode=2021-03 bedrag_eurocent=1;"
      "organisatie 2024-06-01 boeking periode=2021-03 bedrag_eurocent=-3 soort_bedrag=lasten");
  EXPECT_EQ(ask("baten 2021-01-01..2021-12-31"), "111");
  EXPECT_EQ(ask("baten 2021-01-02..2021-12-31"), "1");
  EXPECT_EQ(ask("baten 2021-01-01..2021-12-30"), "11");
  EXPECT_EQ(ask("baten 2021-01-01..2021-03-31"), "11");
  EXPECT_EQ(ask("baten 2021-03-01..2021-03-31"), "1");
  EXPECT_EQ(ask("baten 2021-03-02..2021-03-31"), "0");
  EXPECT_EQ(ask("baten 2021-01-01..2021-03-30"), "0");
  EXPECT_EQ(ask("lasten 2021-01-01..2021-12-31 per=programma,kostenregel,incidenteel"),
            "p onbekend onbekend: -3");
  EXPECT_EQ(ask("baten 2024-01-01..2024-12-31"), "0");
}

TEST_F(Answers, OfAmountsAddUpBeyond64Bits) {
  for (int i = 0; i < 10; ++i) {
    tell("organisatie 01-04 boeking periode=2021 bedrag_eurocent=999999999999999999");
  }
  EXPECT_EQ(ask("baten" + kYear), "9999999999999999990");
}

TEST_F(Answers, SortRowsByTheirBytes) {
  tell(
      "organisatie 01-04 boeking programma=b bedrag_eurocent=1;"
      "organisatie 01-04 boeking programma=a1 bedrag_eurocent=1;"
      "organisatie 01-04 boeking programma=B bedrag_eurocent=1;"
      "organisatie 01-04 boeking programma=a bedrag_eurocent=1;"
      "organisatie 01-04 boeking programma=\xC3\xA9 bedrag_eurocent=1");
  EXPECT_EQ(ask("baten" + kYear + " per=programma"), "B: 1, a: 1, a1: 1, b: 1, \xC3\xA9: 1");
}

TEST_F(Answers, TakeAStringThatIsCalledOnbekendForUnknown) {
  tell(
      "organisatie 01-04 boeking kostenregel=onbekend bedrag_eurocent=1;"
      "organisatie 01-04 boeking bedrag_eurocent=2");
  EXPECT_EQ(ask("baten" + kYear + " per=kostenregel"), "onbekend: 3");
  EXPECT_EQ(ask("baten" + kYear + " kostenregel=onbekend"), "3");
}

TEST_F(Answers, AsKnownBeforeDoNotKnowWhatCameAfter) {
  tell(kTraject);                                             // 3 acts
  tell("01-20 correctie:traject_start vervangt=#3 trede=5");  // 4
  tell("- intrekking vervangt=#3");                           // 5
  EXPECT_EQ(story_.ask("trajecten 2021-06-01 per=trede", 2), "");
  EXPECT_EQ(story_.ask("trajecten 2021-06-01 per=trede", 3), "3: 1");
  EXPECT_EQ(story_.ask("trajecten 2021-01-18 per=trede", 4), "");
  EXPECT_EQ(story_.ask("trajecten 2021-06-01 per=trede", 4), "5: 1");
  EXPECT_EQ(story_.ask("trajecten 2021-06-01", 5), "0");
  EXPECT_EQ(story_.ask("wacht_op_start 2021-06-01", 5), "1");
  EXPECT_EQ(story_.ask("wacht_op_start 2021-06-01", 0), "0");
}

TEST_F(Answers, AreExplainedByTheEventsThatStillCount) {
  tell(kTraject);
  tell("02-01 trede_doorstroom naar=4; 02-10 trede_doorstroom naar=3");
  EXPECT_EQ(story_.explain("trajecten 2021-06-01"), "1 by 3");
  EXPECT_EQ(story_.explain("trajecten 2021-06-01 per=trede"), "3: 1 by 5");
  EXPECT_EQ(story_.explain("trajecten 2021-02-05 per=trede"), "4: 1 by 4");
  EXPECT_EQ(story_.explain("looptijd 2021-02-01"), "14/1 by 3");
  EXPECT_EQ(story_.explain("trajecten_bij 2021-01-01..2021-12-31 per=trede"),
            "3: 1 by 3, 3: 1 by 5, 4: 1 by 4");
}

TEST_F(Answers, AreExplainedByTheCorrectieWhoseContentCounts) {
  tell(kTraject);
  tell("01-20 correctie:traject_start vervangt=#3 trede=5");
  EXPECT_EQ(story_.explain("trajecten 2021-06-01", 3), "1 by 3");
  EXPECT_EQ(story_.explain("trajecten 2021-06-01"), "1 by 4");
}

TEST_F(Answers, OfDaysAreExplainedDayByDay) {
  tell("01-01 dienstverband_start; 01-11 ziekmelding; 01-21 herstelmelding");
  EXPECT_EQ(story_.explain("verzuimpercentage 2021-01-01..2021-01-31"),
            "0/31 by 1, 21/0 by 2, -11/0 by 3");
  EXPECT_EQ(story_.explain("verzuimpercentage 2021-02-01..2021-02-28"), "0/28 by 1");
}

TEST_F(Answers, DifferByTheEventsRecordedInBetween) {
  tell(kTraject);
  tell("02-01 trede_doorstroom naar=4");
  tell("02-05 correctie:trede_doorstroom vervangt=#4 naar=6");
  EXPECT_EQ(story_.diff("trajecten 2021-06-01", 0, 5), "1 by 3");
  EXPECT_EQ(story_.diff("trajecten 2021-06-01 per=trede", 3, 5),
            "3: -1 by 4, 4: 1 by 4, 4: -1 by 5, 6: 1 by 5");
  EXPECT_EQ(story_.diff("trajecten 2021-02-03 per=trede", 4, 5), "3: 1 by 5, 4: -1 by 5");
  EXPECT_EQ(story_.diff("trajecten 2021-06-01", 5, 5), "");
}

TEST_F(Answers, DifferPerStreamOfAnAppend) {
  tell("dossier/1 01-04 aanmelding & dossier/1 01-11 intake & dossier/2 01-04 aanmelding");
  EXPECT_EQ(story_.diff("aanmeldingen 2021-01-01..2021-12-31", 0, 1), "1 by 2, 1 by 3");
}

}  // namespace
}  // namespace trede::test
