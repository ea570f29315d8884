#include "projections/caseload/termijnen.h"

#include <gtest/gtest.h>

#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

// `soort uiterlijk #positie [kenmerk]`, `!` before what is over; separated by `; `.
std::string text_of(const std::vector<Termijn>& termijnen, Day op) {
  std::string out;
  for (const Termijn& one : termijnen) {
    out += std::string(out.empty() ? "" : "; ") + (one.is_verstreken(op) ? "!" : "") +
           std::string(code_of(one.soort)) + " " + format_day(one.uiterlijk) + " #" +
           std::to_string(one.aanleiding.value) + (one.kenmerk.empty() ? "" : " " + one.kenmerk);
  }
  return out;
}

struct TermijnCase {
  const char* name;
  std::string story;
  const char* op;
  const char* termijnen;  // the story's first event is at position 1 beyond the organisation's own
};

void PrintTo(const TermijnCase& row, std::ostream* out) { *out << row.story; }

class Termijnen : public testing::TestWithParam<TermijnCase> {};

TEST_P(Termijnen, RunAsTheTimelineTells) {
  Story story;
  const Position before = story.store().last_position();
  ASSERT_EQ(story.judge(GetParam().story), "goed");
  const History history = story.history();
  const Day op = day(GetParam().op);
  auto found = termijnen(history.acting(), op);
  for (Termijn& one : found) one.aanleiding.value -= before.value;
  EXPECT_EQ(text_of(found, op), GetParam().termijnen);
}

const std::string kAangemeld = "01-04 aanmelding";
const std::string kLoopt(kTraject);
const std::string kInDienst = "2020-01-01 dienstverband_start";

INSTANTIATE_TEST_SUITE_P(
    Cases, Termijnen,
    testing::Values(
        TermijnCase{"BeforeTheFirstEventThereIsNone", kAangemeld, "2021-01-03", ""},
        TermijnCase{"IntakeIsOnTimeOnTheTwentyEighthDay", kAangemeld, "2021-02-01",
                    "intake 2021-02-01 #1; contact 2021-05-03 #1"},
        TermijnCase{"IntakeIsLateTheDayAfter", kAangemeld, "2021-02-02",
                    "!intake 2021-02-01 #1; contact 2021-05-03 #1"},
        TermijnCase{"IntakeEndsByTheIntake", after(kAangemeld, "01-11 intake"), "2021-01-11",
                    "contact 2021-05-03 #1"},
        TermijnCase{"NoneAfterTheUitstroom", after(kLoopt, "02-01 uitstroom"), "2021-02-01", ""},
        TermijnCase{"ContactIsTooLongAgoAfter120Days", kLoopt, "2021-05-04",
                    "!contact 2021-05-03 #1"},
        TermijnCase{"ContactCountsFromTheLastOne", after(kLoopt, "02-01 contactmoment"),
                    "2021-02-01", "contact 2021-05-31 #4"},
        TermijnCase{"ContactAfterTheDayIsNotThereYet", after(kLoopt, "02-01 contactmoment"),
                    "2021-01-31", "contact 2021-05-03 #1"},
        TermijnCase{"ContactOfAnEarlierAanmeldingDoesNotCount",
                    after(kLoopt,
                          "02-01 contactmoment volgende_actie_op=2021-02-20; "
                          "02-10 uitstroom; 03-01 aanmelding"),
                    "2021-03-01", "intake 2021-03-29 #6; contact 2021-06-28 #6"},
        TermijnCase{"VolgendeActieIsOfTheLastContact",
                    after(kLoopt, "02-01 contactmoment volgende_actie_op=2021-02-15"), "2021-02-16",
                    "!volgende_actie 2021-02-15 #4; contact 2021-05-31 #4"},
        TermijnCase{"VolgendeActieEndsByAnotherContact",
                    after(kLoopt,
                          "02-01 contactmoment volgende_actie_op=2021-02-15; "
                          "02-10 contactmoment"),
                    "2021-02-16", "contact 2021-06-09 #5"},
        TermijnCase{"HeroverwegingIsDueInThreeMonths",
                    after(kLoopt, "02-01 maatregel besluit=100_procent kenmerk=M1"), "2021-02-01",
                    "heroverweging 2021-05-01 #4 M1; contact 2021-05-03 #1"},
        TermijnCase{"HeroverwegingOfTheThirtiethOfNovemberIsOnTheLastOfFebruary",
                    after(kLoopt, "11-01 contactmoment; 11-30 maatregel besluit=100_procent"),
                    "2021-11-30", "heroverweging 2022-02-28 #5 1; contact 2022-02-28 #4"},
        TermijnCase{"AfzienHasNone", after(kLoopt, "02-01 maatregel besluit=afzien"), "2021-02-01",
                    "contact 2021-05-03 #1"},
        TermijnCase{"HeroverwegingEndsByTheHerziening",
                    after(kLoopt,
                          "02-01 maatregel besluit=100_procent kenmerk=M1; "
                          "02-02 maatregel besluit=100_procent kenmerk=M2; "
                          "03-01 maatregel_herzien kenmerk=M1 uitkomst=vervallen"),
                    "2021-03-01", "heroverweging 2021-05-02 #5 M2; contact 2021-05-03 #1"},
        TermijnCase{"OfOneKenmerkTheLatestIsMeant",
                    after(kLoopt,
                          "02-01 maatregel besluit=100_procent; "
                          "02-10 maatregel besluit=afzien"),
                    "2021-03-01", "contact 2021-05-03 #1"},
        TermijnCase{"AWithdrawnMaatregelHasNone",
                    after(kLoopt, "02-01 maatregel besluit=100_procent; - intrekking vervangt=#4"),
                    "2021-03-01", "contact 2021-05-03 #1"},
        TermijnCase{"ACorrectedOneCountsFromItsNewDay",
                    after(kLoopt,
                          "02-01 maatregel besluit=100_procent; "
                          "02-03 correctie:maatregel vervangt=#4 besluit=100_procent"),
                    "2021-03-01", "heroverweging 2021-05-03 #4 1; contact 2021-05-03 #1"},
        TermijnCase{"SicknessHasItsFortySecondDayAndItsTwoYears",
                    after(kInDienst, "2022-01-03 ziekmelding"), "2022-02-14",
                    "!zes_weken_verzuim 2022-02-13 #2; wachttijd_verzuim 2023-12-31 #2"},
        TermijnCase{"CasesOfOneSicknessShareTheWachttijd",
                    after(kInDienst,
                          "2022-01-03 ziekmelding; 2022-07-04 herstelmelding; "
                          "2022-07-25 ziekmelding"),
                    "2022-07-25",
                    "zes_weken_verzuim 2022-09-04 #4; wachttijd_verzuim 2024-01-21 #4"},
        TermijnCase{"WhoRecoveredHasNone",
                    after(kInDienst, "2022-01-03 ziekmelding; 2022-01-10 herstelmelding"),
                    "2022-01-10", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(TermijnSoort, OfVerzuimAreTheTwoThatTellThatSomebodyIsSick) {
  std::string of_verzuim;
  for (int i = 0; i <= static_cast<int>(TermijnSoort::kWachttijd); ++i) {
    const auto soort = static_cast<TermijnSoort>(i);
    if (is_of_verzuim(soort)) of_verzuim += std::string(code_of(soort)) + ";";
  }
  EXPECT_EQ(of_verzuim, "zes_weken_verzuim;wachttijd_verzuim;");
}

}  // namespace
}  // namespace trede::test
