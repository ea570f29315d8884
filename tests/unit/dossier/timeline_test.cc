#include "engine/dossier/timeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

const std::string kAmbtelijk = "01-04 dienstverband_start";
const std::string kBeschut =
    "01-04 dienstverband_start dienstverband=beschut_werk gemeente=Alkmaar";

// One row per order within a day: a story, and the soorten in the order in which they act.
class OrderOfDay : public RuleTable {};

TEST_P(OrderOfDay, Holds) {
  Story story;
  ASSERT_EQ(story.judge(GetParam().story), "goed");
  EXPECT_EQ(story.acted(), GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(
    Timeline, OrderOfDay,
    testing::Values(
        RuleCase{"TableOrderWithinADay",
                 "01-04 werkcoach_toegewezen & 01-04 traject_start & 01-04 intake &"
                 " 01-04 intake_gestart & 01-04 aanmelding",
                 "aanmelding#5 intake_gestart#4 intake#3 traject_start#2 werkcoach_toegewezen#1"},
        RuleCase{"TiesByPosition", "01-04 aanmelding; 02-01 contactmoment; 02-01 contactmoment",
                 "aanmelding#1 contactmoment#2 contactmoment#3"},
        RuleCase{"ACorrectedEventKeepsItsPlaceInATie",
                 "01-04 aanmelding; 02-02 contactmoment; 02-01 contactmoment;"
                 "02-01 correctie:contactmoment vervangt=#2",
                 "aanmelding#1 contactmoment#2 contactmoment#3"},
        RuleCase{"UitstroomComesLast",
                 after(kTraject, "03-01 uitstroom; 03-01 contactmoment; 03-01 trede_doorstroom"),
                 "aanmelding#1 intake#2 traject_start#3 trede_doorstroom#6 contactmoment#5"
                 " uitstroom#4"},
        RuleCase{"DienstverbandEndsBeforeTheNextBegins",
                 after(kAmbtelijk, "03-01 dienstverband_einde & 03-01 dienstverband_start"),
                 "dienstverband_start#1 dienstverband_einde#2 dienstverband_start#3"},
        RuleCase{"WhatBeganThatDayEndsLast",
                 after(kAmbtelijk, "03-01 ziekmelding; 03-01 herstelmelding"),
                 "dienstverband_start#1 ziekmelding#2 herstelmelding#3"},
        RuleCase{"WhatWasOpenTheDayBeforeEndsFirst",
                 after(kAmbtelijk, "02-01 ziekmelding; 03-01 herstelmelding; 03-01 ziekmelding"),
                 "dienstverband_start#1 ziekmelding#2 herstelmelding#3 ziekmelding#4"},
        RuleCase{"TwoEndsOfOneThingTheFirstByPositionFirst",
                 after(kAmbtelijk,
                       "02-01 ziekmelding; 03-01 herstelmelding & 03-01 ziekmelding &"
                       " 03-01 herstelmelding"),
                 "dienstverband_start#1 ziekmelding#2 herstelmelding#3 ziekmelding#4"
                 " herstelmelding#5"},
        RuleCase{"EndsOfTwoKenmerkenAreBothFirst",
                 after(kTraject,
                       "02-01 voorziening_start; 02-01 voorziening_start kenmerk=2;"
                       "03-01 voorziening_start kenmerk=2 &"
                       " 03-01 voorziening_einde kenmerk=2 & 03-01 voorziening_einde"),
                 "aanmelding#1 intake#2 traject_start#3 voorziening_start#4 voorziening_start#5"
                 " voorziening_einde#7 voorziening_einde#8 voorziening_start#6"},
        RuleCase{"KenmerkLeftOutIsKenmerkOne",
                 after(kTraject,
                       "02-01 voorziening_start kenmerk=1;"
                       "03-01 voorziening_einde & 03-01 voorziening_start &"
                       " 03-01 voorziening_einde kenmerk=1"),
                 "aanmelding#1 intake#2 traject_start#3 voorziening_start#4 voorziening_einde#5"
                 " voorziening_start#6 voorziening_einde#7"},
        RuleCase{"EndsOfTheDayBeforeInTableOrder",
                 after(kBeschut,
                       "02-01 plaatsing; 02-01 ziekmelding;"
                       "03-01 dienstverband_einde & 03-01 herstelmelding & 03-01 plaatsing_einde"),
                 "dienstverband_start#1 plaatsing#2 ziekmelding#3 plaatsing_einde#6"
                 " herstelmelding#5 dienstverband_einde#4"},
        RuleCase{"EndsOfTodayInTableOrder",
                 "01-04 dienstverband_start & 01-04 dienstverband_einde & 01-04 ziekmelding &"
                 " 01-04 herstelmelding",
                 "dienstverband_start#1 ziekmelding#3 herstelmelding#4 dienstverband_einde#2"},
        RuleCase{"VerlofEndsThenSickness",
                 after(kAmbtelijk, "02-01 verlof_start; 03-01 ziekmelding & 03-01 verlof_einde"),
                 "dienstverband_start#1 verlof_start#2 verlof_einde#4 ziekmelding#3"},
        RuleCase{"UitstroomIsNeverAnEndOfTheDayBefore",
                 after(kTraject, "03-01 uitstroom & 03-01 oponthoud_start"),
                 "aanmelding#1 intake#2 traject_start#3 oponthoud_start#5 uitstroom#4"},
        RuleCase{"EndOfTodayComesAfterUitstroom",
                 after(kTraject,
                       "02-01 dienstverband_start; 03-01 uitstroom &"
                       " 03-01 ziekmelding & 03-01 herstelmelding"),
                 "aanmelding#1 intake#2 traject_start#3 dienstverband_start#4 ziekmelding#6"
                 " uitstroom#5 herstelmelding#7"},
        RuleCase{"ADienstverbandOfYesterdayEndsBeforeUitstroom",
                 after(kTraject,
                       "02-01 dienstverband_start; 03-01 uitstroom &"
                       " 03-01 dienstverband_einde"),
                 "aanmelding#1 intake#2 traject_start#3 dienstverband_start#4"
                 " dienstverband_einde#6 uitstroom#5"},
        RuleCase{"OpenTheDayBeforeIsDecidedWhileFolding",
                 // On 02-02 the case of 02-01 is open only because the herstelmelding of 02-01
                 // belongs to the one before.
                 after(kAmbtelijk,
                       "01-10 ziekmelding; 02-01 herstelmelding & 02-01 ziekmelding;"
                       "02-02 herstelmelding & 02-02 ziekmelding"),
                 "dienstverband_start#1 ziekmelding#2 herstelmelding#3 ziekmelding#4"
                 " herstelmelding#5 ziekmelding#6"}),
    name_of_case);

TEST(Timeline, AnEndThatMatchesNothingIsPassedOverAndReported) {
  Story story;
  ASSERT_EQ(story.judge(kAmbtelijk), "goed");
  History history = story.history();
  history.add(std::make_shared<pb::Event>(
      recorded(event(dossier(1), event_id(2), "2021-02-01", "herstelmelding"), 100)));
  history.add(std::make_shared<pb::Event>(
      recorded(event(dossier(1), event_id(3), "2021-02-01", "ziekmelding"), 101)));
  std::vector<Soort> acted;
  // The herstelmelding stands in the third part of the day, so after the ziekmelding: it acts.
  EXPECT_FALSE(fold_dossier(history.acting(), [&](const Step& step) {
                 acted.push_back(step.event.soort());
               }).has_value());
  EXPECT_EQ(acted,
            (std::vector{Soort::kDienstverbandStart, Soort::kZiekmelding, Soort::kHerstelmelding}));

  history.add(std::make_shared<pb::Event>(
      recorded(event(dossier(1), event_id(4), "2021-03-01", "herstelmelding"), 102)));
  const auto violation = fold_dossier(history.acting(), {});
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->rule, Rule::kGeenVerzuim);
  EXPECT_EQ(violation->event->id, event_id(4));
}

TEST(Timeline, FoldGoesOnAfterAViolationAndReportsTheFirst) {
  History history;
  std::uint64_t number = 0;
  const auto add = [&](std::string_view dag, std::string_view soort, Attributes attributes = {}) {
    ++number;
    history.add(std::make_shared<pb::Event>(
        recorded(event(dossier(1), event_id(number), dag, soort, attributes), number)));
  };
  add("2021-01-01", "uitstroom", {{"reden", "overig"}});
  add("2021-01-02", "aanmelding", {{"gemeente", "Alkmaar"}, {"regeling", "nug"}});
  add("2021-01-03", "aanmelding", {{"gemeente", "Bergen"}, {"regeling", "nug"}});
  add("2021-01-04", "boeking",
      {{"programma", "p"},
       {"soort_bedrag", "baten"},
       {"bedrag_eurocent", "1"},
       {"periode", "2021"}});
  std::vector<EventId> acted;
  State last;
  const auto violation = fold_dossier(history.acting(), [&](const Step& step) {
    acted.push_back(step.event.id);
    last = step.after;
  });
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->rule, Rule::kEersteGebeurtenis);
  EXPECT_EQ(violation->event->id, event_id(1));
  EXPECT_EQ(acted, std::vector{event_id(2)});
  EXPECT_EQ(last.gemeente, "Alkmaar");
  EXPECT_EQ(state_at(history.acting(), day("2021-01-04")).gemeente, "Alkmaar");
  EXPECT_FALSE(state_at(history.acting(), day("2021-01-01")).begun);
}

TEST(Timeline, AKindOfAnotherStreamIsReportedWhereverItStands) {
  for (const bool first : {true, false}) {
    History history;
    if (!first) {
      history.add(std::make_shared<pb::Event>(
          recorded(event(dossier(1), event_id(1), "2021-01-02", "aanmelding",
                         {{"gemeente", "Alkmaar"}, {"regeling", "nug"}}),
                   1)));
    }
    history.add(std::make_shared<pb::Event>(
        recorded(event(dossier(1), event_id(2), "2021-01-03", "relatie_start"), 2)));
    const auto violation = fold_dossier(history.acting(), {});
    ASSERT_TRUE(violation.has_value());
    EXPECT_EQ(violation->rule, Rule::kAndereStroom);
  }
}

TEST(Timeline, StepsTellBeforeAndAfter) {
  Story story;
  ASSERT_EQ(story.judge(after(kTraject, "02-01 trede_doorstroom naar=5")), "goed");
  const History history = story.history();
  std::vector<std::pair<pb::Trede, pb::Trede>> treden;
  fold_dossier(history.acting(),
               [&](const Step& step) { treden.emplace_back(step.before.trede, step.after.trede); });
  EXPECT_EQ(treden, (std::vector<std::pair<pb::Trede, pb::Trede>>{
                        {pb::TREDE_UNSPECIFIED, pb::TREDE_UNSPECIFIED},
                        {pb::TREDE_UNSPECIFIED, pb::TREDE_UNSPECIFIED},
                        {pb::TREDE_UNSPECIFIED, pb::TREDE_3},
                        {pb::TREDE_3, pb::TREDE_5}}));
}

TEST(State, HoldsWhatTheEventsOpened) {
  Story story;
  ASSERT_EQ(
      story.judge(after(kTraject,
                        "01-18 werkcoach_toegewezen werkcoach=wc7; 02-01 diagnose_start;"
                        "02-02 oponthoud_start; 02-03 voorziening_start kenmerk=a;"
                        "02-04 plaatsing plaatsing=parttime_werk; 02-05 maatregel;"
                        "02-06 dienstverband_start dienstverband=beschut_werk gemeente=Uitgeest"
                        " deeltijdfactor=0.6; 02-07 dienstverband_gewijzigd deeltijdfactor=0.8;"
                        "02-08 ziekmelding; 02-09 verzuim_gewijzigd percentage=40;"
                        "02-10 doelgroep_gewijzigd doelgroepen=jongere|pro_vso")),
      "goed");
  const State state = story.at("02-10");
  EXPECT_EQ(state.traject->geldig_op, day("2021-01-18"));
  EXPECT_EQ(state.trede, pb::TREDE_3);
  EXPECT_EQ(state.werkcoach, "wc7");
  EXPECT_EQ(state.gemeente, "Uitgeest");
  EXPECT_EQ(state.aanmelding->id, Story::id(1));
  EXPECT_EQ(state.diagnose->id, Story::id(5));
  EXPECT_EQ(state.oponthoud->id, Story::id(6));
  ASSERT_EQ(state.voorzieningen.size(), 1U);
  ASSERT_EQ(state.plaatsingen.size(), 1U);
  ASSERT_EQ(state.maatregelen.size(), 1U);
  EXPECT_EQ(state.dienstverband->id, Story::id(10));
  EXPECT_EQ(state.afdeling, "Groen");
  EXPECT_EQ(state.deeltijdfactor, 8000U);
  EXPECT_EQ(state.verzuim->id, Story::id(12));
  EXPECT_EQ(state.verzuimpercentage, 40U);
  EXPECT_EQ(state.doelgroepen.to_ulong(),
            (1UL << pb::DOELGROEP_JONGERE) | (1UL << pb::DOELGROEP_PRO_VSO));
}

TEST(State, LosesWhatDependsOnWhatEnds) {
  Story story;
  ASSERT_EQ(story.judge(after(
                kTraject,
                "02-01 diagnose_start; 02-02 oponthoud_start; 02-03 voorziening_start kenmerk=a;"
                "02-03 voorziening_start kenmerk=b voorziening=map;"
                "02-04 plaatsing plaatsing=parttime_werk kenmerk=p;"
                "02-06 dienstverband_start dienstverband=beschut_werk gemeente=Alkmaar;"
                "02-07 plaatsing kenmerk=d; 02-08 ziekmelding;"
                "03-01 uitstroom; 04-01 dienstverband_einde")),
            "goed");
  const State uitgestroomd = story.at("03-01");
  EXPECT_EQ(uitgestroomd.traject, nullptr);
  EXPECT_EQ(uitgestroomd.trede, pb::TREDE_UNSPECIFIED);
  EXPECT_EQ(uitgestroomd.diagnose, nullptr);
  EXPECT_EQ(uitgestroomd.oponthoud, nullptr);
  ASSERT_EQ(uitgestroomd.voorzieningen.size(), 1U);
  EXPECT_EQ(kenmerk_of(*uitgestroomd.voorzieningen[0]->body), "b");
  ASSERT_EQ(uitgestroomd.plaatsingen.size(), 1U);
  EXPECT_EQ(kenmerk_of(*uitgestroomd.plaatsingen[0]->body), "d");
  EXPECT_NE(uitgestroomd.verzuim, nullptr);

  const State uit_dienst = story.at("04-01");
  EXPECT_EQ(uit_dienst.dienstverband, nullptr);
  EXPECT_EQ(uit_dienst.afdeling, "");
  EXPECT_EQ(uit_dienst.deeltijdfactor, 0U);
  EXPECT_EQ(uit_dienst.verzuim, nullptr);
  EXPECT_EQ(uit_dienst.verzuimpercentage, 0U);
  EXPECT_TRUE(uit_dienst.plaatsingen.empty());
  EXPECT_EQ(uit_dienst.gemeente, "Alkmaar");
}

TEST(State, ZiekmeldingWithoutPercentageIsWhole) {
  Story story;
  ASSERT_EQ(story.judge(after(kAmbtelijk, "02-01 ziekmelding")), "goed");
  EXPECT_EQ(story.at("02-01").verzuimpercentage, 100U);
}

TEST(State, MaatregelHerzienMeansTheLatestOfItsKenmerk) {
  Story story;
  ASSERT_EQ(story.judge("01-04 aanmelding; 02-01 maatregel; 02-01 maatregel kenmerk=b;"
                        "03-01 maatregel"),
            "goed");
  const State state = story.at("03-01");
  ASSERT_EQ(state.maatregelen.size(), 2U);
  EXPECT_EQ(state.maatregelen[0]->id, Story::id(3));
  EXPECT_EQ(state.maatregelen[1]->id, Story::id(4));
}

TEST(History, ActsAsTheLatestCorrectieSays) {
  Story story;
  ASSERT_EQ(story.judge(after(kTraject,
                              "02-01 correctie:traject_start vervangt=#3 trede=4;"
                              "02-02 correctie:traject_start vervangt=#3 trede=5")),
            "goed");
  const History history = story.history();
  const ActingEvent* acting = history.find_acting(Story::id(3));
  ASSERT_NE(acting, nullptr);
  EXPECT_EQ(acting->geldig_op, day("2021-02-02"));
  EXPECT_EQ(acting->body->traject_start().trede(), pb::TREDE_5);
  EXPECT_EQ(acting->order, Position{11});  // eight events of the organisation stand before
  EXPECT_EQ(acting->source, Position{13});
  EXPECT_EQ(history.acting().size(), 3U);
  EXPECT_EQ(history.version(), StreamVersion{5});
}

TEST(History, WithdrawnEventsAreFoundButDoNotAct) {
  Story story;
  ASSERT_EQ(story.judge(after(kTraject,
                              "02-01 correctie:traject_start vervangt=#3;"
                              "- intrekking vervangt=#3")),
            "goed");
  const History history = story.history();
  EXPECT_NE(history.find(Story::id(3)), nullptr);
  EXPECT_EQ(history.find_acting(Story::id(3)), nullptr);
  EXPECT_NE(history.find(Story::id(5)), nullptr);         // the intrekking itself
  EXPECT_EQ(history.find_acting(Story::id(4)), nullptr);  // a correctie acts for another
  EXPECT_EQ(history.find(Story::id(99)), nullptr);
}

TEST(History, WhatNoRuleLetsInChangesNothing) {
  Story story;
  ASSERT_EQ(story.judge(kTraject), "goed");
  History history = story.history();
  const auto add = [&](pb::Event event, std::uint64_t position) {
    history.add(std::make_shared<pb::Event>(recorded(std::move(event), position)));
  };
  add(intrekking(dossier(1), event_id(50), event_id(99)), 50);
  add(correctie(dossier(1), event_id(51), event_id(3), "2021-02-01", "uitstroom",
                {{"reden", "overig"}}),
      51);
  EXPECT_EQ(history.acting().size(), 3U);
  EXPECT_EQ(history.find_acting(event_id(3))->geldig_op, day("2021-01-18"));
  EXPECT_EQ(history.version(), StreamVersion{5});
}

TEST(History, ActingWithIsWhatAddingWouldGive) {
  Story story;
  ASSERT_EQ(story.judge(kTraject), "goed");
  History history = story.history();
  const std::vector<EventPtr> next = {
      std::make_shared<pb::Event>(
          recorded(correctie(dossier(1), event_id(50), event_id(3), "2021-02-01", "traject_start",
                             {{"trede", "5"}}),
                   50)),
      std::make_shared<pb::Event>(
          recorded(event(dossier(1), event_id(51), "2021-03-01", "intake_gestart"), 51)),
      std::make_shared<pb::Event>(
          recorded(intrekking(dossier(1), event_id(52), event_id(51)), 52))};
  const auto with = history.acting_with(next);
  for (const EventPtr& event : next) history.add(event);
  ASSERT_EQ(with.size(), history.acting().size());
  for (std::size_t i = 0; i < with.size(); ++i) {
    EXPECT_EQ(with[i].id, history.acting()[i].id);
    EXPECT_EQ(with[i].source, history.acting()[i].source);
    EXPECT_EQ(with[i].geldig_op, history.acting()[i].geldig_op);
  }
}

}  // namespace
}  // namespace trede::test
