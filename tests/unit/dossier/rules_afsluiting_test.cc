// What is closed and frozen: which events need na_afsluiting, and which reports are one too many.
#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

constexpr std::string_view kQ1 = "organisatie 04-15 periode_afgesloten periode=2021-Q1";
constexpr std::string_view kRapport = "organisatie 04-15 rapport_vastgesteld periode=2021-Q1";

class Afgesloten : public RuleTable {};
TEST_P(Afgesloten, IsJudged) { check(); }

INSTANTIATE_TEST_SUITE_P(
    Days, Afgesloten,
    testing::Values(
        RuleCase{"LastDayOfIt", after(kQ1, "03-31 aanmelding"), "periode_afgesloten"},
        RuleCase{"FirstDayOfIt", after(kQ1, "01-01 aanmelding"), "periode_afgesloten"},
        RuleCase{"DayAfterIt", after(kQ1, "04-01 aanmelding"), "goed"},
        RuleCase{"DayBeforeIt", after(kQ1, "2020-12-31 aanmelding"), "goed"},
        RuleCase{"Confirmed", after(kQ1, "03-31 aanmelding na_afsluiting=nagekomen"), "goed"},
        RuleCase{"ConfirmedWhereNothingIsClosed", "03-31 aanmelding na_afsluiting=herstel", "goed"},
        RuleCase{"Werkgever", after(kQ1, "werkgever/1 02-01 vacature_vervuld"),
                 "periode_afgesloten"},
        RuleCase{"Organisatie", after(kQ1, "organisatie 02-01 afdeling_ingesteld afdeling=Hout"),
                 "periode_afgesloten"},
        RuleCase{"AMonthWithin",
                 "organisatie 04-15 periode_afgesloten periode=2021-02; 02-28 aanmelding",
                 "periode_afgesloten"},
        RuleCase{"TwoDays",
                 "organisatie 04-15 periode_afgesloten periode=2021-01-04/2021-01-04; "
                 "01-04 aanmelding",
                 "periode_afgesloten"},
        RuleCase{"OpenAgainAfterIntrekking",
                 after(kQ1, "organisatie - intrekking vervangt=#1; 03-31 aanmelding"), "goed"},
        RuleCase{"CorrectieMovesWhatIsClosedAway",
                 after(kQ1,
                       "organisatie 04-16 correctie:periode_afgesloten vervangt=#1 "
                       "periode=2020-Q1; 03-31 aanmelding"),
                 "goed"},
        RuleCase{"CorrectieMovesWhatIsClosedHere",
                 "organisatie 04-15 periode_afgesloten periode=2020-Q1; organisatie 04-16 "
                 "correctie:periode_afgesloten vervangt=#1 periode=2021-Q1; 03-31 aanmelding",
                 "periode_afgesloten"},
        RuleCase{"StillClosedByAnother",
                 after(kQ1,
                       "organisatie 04-16 periode_afgesloten periode=2021; "
                       "organisatie - intrekking vervangt=#1; 03-31 aanmelding"),
                 "periode_afgesloten"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Money, Afgesloten,
    testing::Values(
        RuleCase{"BoekingOfAMonthWithin", after(kQ1, "organisatie 05-01 boeking periode=2021-03"),
                 "periode_afgesloten"},
        RuleCase{"BoekingOfTheYearAround", after(kQ1, "organisatie 05-01 boeking periode=2021"),
                 "periode_afgesloten"},
        RuleCase{"BoekingOfAnotherMonthOnAClosedDay",
                 after(kQ1, "organisatie 02-01 boeking periode=2021-04"), "goed"},
        RuleCase{"Begroting", after(kQ1, "organisatie 05-01 begroting_vastgesteld periode=2021"),
                 "periode_afgesloten"},
        RuleCase{"Prognose", after(kQ1, "organisatie 05-01 prognose_vastgesteld periode=2021-Q1"),
                 "periode_afgesloten"},
        RuleCase{"CorrectieOutOfTheClosedPeriode",
                 "organisatie 02-01 boeking periode=2021-03; organisatie 04-15 periode_afgesloten "
                 "periode=2021-Q1; organisatie 05-01 correctie:boeking vervangt=#1 periode=2021-04",
                 "periode_afgesloten"},
        RuleCase{"Afspraak", after(kQ1, "organisatie 05-01 afspraak_vastgesteld periode=2021"),
                 "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Vervangingen, Afgesloten,
    testing::Values(
        RuleCase{"CorrectieIntoIt",
                 "04-04 aanmelding; organisatie 04-15 periode_afgesloten periode=2021-Q1; "
                 "03-04 correctie:aanmelding vervangt=#1",
                 "periode_afgesloten"},
        RuleCase{"CorrectieOutOfIt",
                 "03-04 aanmelding; organisatie 04-15 periode_afgesloten periode=2021-Q1; "
                 "04-04 correctie:aanmelding vervangt=#1",
                 "periode_afgesloten"},
        RuleCase{"CorrectieOfWhatWasMovedOutBefore",
                 "03-04 aanmelding; 04-04 correctie:aanmelding vervangt=#1; organisatie 04-15 "
                 "periode_afgesloten periode=2021-Q1; 04-05 correctie:aanmelding vervangt=#1",
                 "goed"},
        RuleCase{"CorrectieConfirmed",
                 "03-04 aanmelding; organisatie 04-15 periode_afgesloten periode=2021-Q1; "
                 "04-04 correctie:aanmelding vervangt=#1 na_afsluiting=controle",
                 "goed"},
        RuleCase{"Intrekking",
                 "03-04 aanmelding; organisatie 04-15 periode_afgesloten periode=2021-Q1; "
                 "- intrekking vervangt=#1",
                 "periode_afgesloten"},
        RuleCase{"IntrekkingConfirmed",
                 "03-04 aanmelding; organisatie 04-15 periode_afgesloten periode=2021-Q1; "
                 "- intrekking vervangt=#1 na_afsluiting=herstel",
                 "goed"},
        RuleCase{"IntrekkingOfALaterDay",
                 "04-04 aanmelding; organisatie 04-15 periode_afgesloten periode=2021-Q1; "
                 "- intrekking vervangt=#1",
                 "goed"},
        // The first of them moves it away; the second only sees where it is then.
        RuleCase{"GroupThatMovesItTwice",
                 "03-04 aanmelding; organisatie 04-15 periode_afgesloten periode=2021-Q1; "
                 "04-04 correctie:aanmelding vervangt=#1 na_afsluiting=herstel & "
                 "04-05 correctie:aanmelding vervangt=#1",
                 "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Groups, Afgesloten,
    testing::Values(
        RuleCase{"ClosesAndThenRecordsInIt",
                 "organisatie 04-15 periode_afgesloten periode=2021-Q1 & 03-31 aanmelding",
                 "periode_afgesloten"},
        RuleCase{"RecordsAndThenCloses",
                 "03-31 aanmelding & organisatie 04-15 periode_afgesloten periode=2021-Q1", "goed"},
        RuleCase{"BookingBehindTheClosing",
                 "organisatie 04-15 periode_afgesloten periode=2021-Q1 & organisatie 04-15 boeking "
                 "periode=2021-01",
                 "periode_afgesloten"},
        RuleCase{"BookingBeforeTheClosing",
                 "organisatie 04-15 boeking periode=2021-01 & organisatie 04-15 "
                 "periode_afgesloten periode=2021-Q1",
                 "goed"},
        RuleCase{"OpensAndThenRecordsInIt",
                 after(kQ1, "organisatie - intrekking vervangt=#1 & 03-31 aanmelding"), "goed"},
        RuleCase{"ClosesOpensAndRecords",
                 "organisatie 04-15 periode_afgesloten periode=2021-Q1 & organisatie - intrekking "
                 "vervangt=#1 & 03-31 aanmelding",
                 "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Exempt, Afgesloten,
    testing::Values(RuleCase{"RapportOnAClosedDay",
                             after(kQ1, "organisatie 03-31 rapport_vastgesteld periode=2021-Q1"),
                             "goed"},
                    RuleCase{"ClosingOnceMore", after(kQ1, kQ1), "goed"},
                    RuleCase{"Toelichting",
                             after(kQ1, "organisatie 03-31 toelichting_vastgelegd periode=2021-Q1"),
                             "goed"},
                    RuleCase{"CorrectieOfAToelichting",
                             after(kQ1,
                                   "organisatie 03-31 toelichting_vastgelegd; organisatie 03-30 "
                                   "correctie:toelichting_vastgelegd vervangt=#2"),
                             "goed"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Rapporten, Afgesloten,
    testing::Values(
        RuleCase{"Twice", after(kRapport, kRapport), "rapport_al_vastgesteld"},
        RuleCase{"TheSameDaysInAnotherForm",
                 after(kRapport,
                       "organisatie 04-16 rapport_vastgesteld "
                       "periode=2021-01-01/2021-03-31"),
                 "rapport_al_vastgesteld"},
        RuleCase{"TheSameWaarInAnotherOrder",
                 "organisatie 04-15 rapport_vastgesteld waar=gemeente=Alkmaar,trede=3; organisatie "
                 "04-15 rapport_vastgesteld waar=trede=3,gemeente=Alkmaar",
                 "rapport_al_vastgesteld"},
        RuleCase{"OfOneGemeente",
                 after(kRapport,
                       "organisatie 04-16 rapport_vastgesteld periode=2021-Q1 "
                       "waar=gemeente=Alkmaar"),
                 "goed"},
        RuleCase{"OfAnotherPeriode",
                 after(kRapport, "organisatie 04-16 rapport_vastgesteld periode=2021"), "goed"},
        RuleCase{"OfAnotherName",
                 after(kRapport,
                       "organisatie 04-16 rapport_vastgesteld periode=2021-Q1 "
                       "rapport=p-en-c"),
                 "goed"},
        RuleCase{"AgainAfterIntrekking",
                 after(kRapport, after("organisatie - intrekking vervangt=#1", kRapport)), "goed"},
        RuleCase{"InOneGroup",
                 "organisatie 04-15 rapport_vastgesteld & organisatie 04-16 rapport_vastgesteld",
                 "rapport_al_vastgesteld"},
        RuleCase{"WithdrawnAndFrozenInOneGroup",
                 after(kRapport,
                       "organisatie - intrekking vervangt=#1 & organisatie 04-16 "
                       "rapport_vastgesteld periode=2021-Q1"),
                 "goed"},
        RuleCase{"CorrectieOfItsFigures",
                 after(kRapport,
                       "organisatie 04-16 correctie:rapport_vastgesteld vervangt=#1 "
                       "periode=2021-01-01/2021-03-31 cijfers=AAA="),
                 "goed"},
        RuleCase{"CorrectieToAnotherPeriode",
                 after(kRapport,
                       "organisatie 04-16 correctie:rapport_vastgesteld vervangt=#1 "
                       "periode=2021-Q2"),
                 "ander_rapport"},
        RuleCase{"CorrectieToOneThatIsThere",
                 after(kRapport,
                       "organisatie 04-16 rapport_vastgesteld periode=2021-Q2; "
                       "organisatie 04-16 correctie:rapport_vastgesteld vervangt=#2 "
                       "periode=2021-Q1"),
                 "ander_rapport"}),
    name_of_case);

struct Said {
  std::string zin;
  std::optional<EventId> botst_met;
  std::size_t index;
};

Said said(std::string_view text) {
  Story story;
  const auto outcome = story.tell(text);
  const auto* refusal = std::get_if<Refusal>(&outcome);
  if (refusal == nullptr) return {"goed", std::nullopt, 0};
  return {refusal->zin, refusal->botst_met, refusal->index};
}

TEST(AfsluitingZin, SaysWhatIsClosedSinceWhenAndHowToConfirm) {
  const Said one = said(after(kQ1, "03-31 aanmelding"));
  EXPECT_EQ(one.zin,
            "Aanmelding op 31-03-2021 kan niet: de periode 2021-Q1 is op 15-04-2021 afgesloten; "
            "wie dit toch vastlegt, geeft met na_afsluiting de reden: nagekomen, herstel, controle "
            "of overig.");
  EXPECT_EQ(one.botst_met, Story::id(1));
  EXPECT_TRUE(
      said("organisatie 09-15 periode_afgesloten periode=2021-01-01/2021-08-31; "
           "01-04 aanmelding")
          .zin.contains("de periode 01-01-2021 t/m 31-08-2021 is op 15-09-2021 afgesloten"));
}

TEST(AfsluitingZin, NamesTheEventOfTheGroup) {
  EXPECT_EQ(said(after(kQ1,
                       "04-01 aanmelding & dossier/2 04-01 aanmelding & "
                       "dossier/3 03-31 aanmelding"))
                .index,
            2U);
  EXPECT_EQ(said("03-31 aanmelding & organisatie 04-15 periode_afgesloten periode=2021-Q1 & "
                 "organisatie 04-15 boeking periode=2021-01")
                .index,
            2U);
}

TEST(AfsluitingZin, NamesTheReportThatIsFrozen) {
  const Said one = said(
      "organisatie 04-15 rapport_vastgesteld rapport=p-en-c "
      "periode=2021-01-01/2021-08-31 waar=gemeente=Velsen; organisatie 04-16 "
      "rapport_vastgesteld rapport=p-en-c periode=2021-01-01/2021-08-31 "
      "waar=gemeente=Velsen");
  EXPECT_EQ(one.zin,
            "Rapport vastgesteld op 16-04-2021 kan niet: rapport p-en-c over 01-01-2021 t/m "
            "31-08-2021 (gemeente=Velsen) is al vastgesteld op 15-04-2021; trek dat eerst in.");
  EXPECT_EQ(one.botst_met, Story::id(1));
}

TEST(AfgeslotenPeriode, RedeliveryIsThereAlreadyWhateverWasClosedSince) {
  Story story;
  story.tell("03-31 aanmelding");
  const auto before = story.last();
  story.tell(kQ1);
  const auto again = story.recorder().record(before);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(std::get<Recorded>(*again).already_there);
}

TEST(AfgeslotenPeriode, IsKnownToARecorderThatReadsItFromTheStore) {
  Story story;
  story.tell(kQ1);
  Recorder other(story.store(), story.clock());
  const pb::Event late = event(dossier(1), event_id(70), "2021-03-31", "aanmelding",
                               {{"gemeente", "Alkmaar"}, {"regeling", "nug"}});
  const auto outcome = other.record({&late, 1});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(std::get<Refusal>(*outcome).code, "periode_afgesloten");
}

TEST(AfgeslotenPeriode, IsSeenByARecorderThatWasThereBeforeAnotherClosed) {
  Story story;
  story.tell("01-04 aanmelding");
  Recorder other(story.store(), story.clock());
  const pb::Event closing = event(kOrganisatie, event_id(70), "2021-04-15", "periode_afgesloten",
                                  {{"periode", "2021-Q1"}});
  ASSERT_TRUE(std::holds_alternative<Recorded>(*other.record({&closing, 1})));
  EXPECT_EQ(story.judge("01-11 intake"), "periode_afgesloten");
}

}  // namespace
}  // namespace trede::test
