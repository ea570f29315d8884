#include "projections/caseload/caseload.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/unit/dossier/story.h"

namespace trede::test {
namespace {

class CaseloadTest : public testing::Test {
 protected:
  // `N gemeente werkcoach`, one per row; N of dossier/N. Who has one is told the same way.
  std::string listed(const CaseloadQuestion& question) {
    EXPECT_TRUE(caseloads_.catch_up());
    const auto rows = caseloads_.list(question);
    EXPECT_TRUE(rows);
    if (!rows) return rows.error().message;
    std::set<std::string> theirs;
    std::string out;
    for (const CaseloadRow& row : *rows) {
      if (!row.werkcoach.empty()) theirs.insert(row.werkcoach);
      out += (out.empty() ? "" : "; ") + number_of(row.stream) + " " + row.gemeente + " " +
             row.werkcoach;
    }
    const auto werkcoaches = caseloads_.werkcoaches(question);
    EXPECT_TRUE(werkcoaches && std::ranges::equal(*werkcoaches, theirs));
    return out;
  }
  CaseloadQuestion of(std::vector<std::string> werkcoaches, std::string_view op,
                      std::vector<std::string> gemeenten = {}) {
    return {day(op), story_.store().last_position(), std::move(werkcoaches), std::move(gemeenten)};
  }
  static std::string number_of(const StreamId& stream) {
    for (std::uint64_t n = 1; n < 10; ++n) {
      if (dossier(n) == stream) return std::to_string(n);
    }
    return "?";
  }
  void tell(std::string_view text) { ASSERT_EQ(story_.judge(text), "goed"); }

  Story story_;
  Caseloads caseloads_{story_.store()};
};

TEST_F(CaseloadTest, HoldsWhatIsTheirsOnThatDay) {
  tell(
      "dossier/1 01-04 aanmelding gemeente=Alkmaar; dossier/1 01-05 werkcoach_toegewezen "
      "werkcoach=wc-1; dossier/2 01-04 aanmelding gemeente=Bergen; dossier/2 01-05 "
      "werkcoach_toegewezen werkcoach=wc-1; dossier/2 02-01 werkcoach_toegewezen werkcoach=wc-2");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-01-04")), "");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-01-05")), "1 Alkmaar wc-1; 2 Bergen wc-1");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-02-01")), "1 Alkmaar wc-1");
  EXPECT_EQ(listed(of({"wc-1", "wc-2"}, "2021-02-01")), "1 Alkmaar wc-1; 2 Bergen wc-2");
  EXPECT_EQ(listed(of({"wc-1", "wc-2"}, "2021-02-01", {"Bergen"})), "2 Bergen wc-2");
  EXPECT_EQ(listed(of({"wc-3"}, "2021-02-01")), "");
}

TEST_F(CaseloadTest, OfAGemeenteHoldsAlsoWhoHasNoWerkcoach) {
  tell(
      "dossier/1 01-04 aanmelding gemeente=Alkmaar; dossier/2 01-04 aanmelding gemeente=Bergen; "
      "dossier/2 01-10 gemeente_gewijzigd gemeente=Alkmaar");
  EXPECT_EQ(listed(of({}, "2021-01-09", {"Alkmaar"})), "1 Alkmaar ");
  EXPECT_EQ(listed(of({}, "2021-01-10", {"Alkmaar"})), "1 Alkmaar ; 2 Alkmaar ");
  EXPECT_EQ(listed(of({}, "2021-01-10", {"Bergen"})), "");
  tell(
      "dossier/1 01-12 werkcoach_toegewezen werkcoach=wc-2; dossier/2 01-12 werkcoach_toegewezen "
      "werkcoach=wc-1; dossier/3 01-12 aanmelding gemeente=Bergen; dossier/3 01-12 "
      "werkcoach_toegewezen werkcoach=wc-3");
  EXPECT_EQ(listed(of({}, "2021-01-12", {"Alkmaar"})), "1 Alkmaar wc-2; 2 Alkmaar wc-1");
  EXPECT_EQ(listed(of({}, "2021-01-12", {"Alkmaar", "Bergen"})),
            "1 Alkmaar wc-2; 2 Alkmaar wc-1; 3 Bergen wc-3");
}

TEST_F(CaseloadTest, EndsWhenNothingRuns) {
  tell(
      "01-04 aanmelding; 01-05 werkcoach_toegewezen werkcoach=wc-1; 01-11 intake; "
      "01-18 traject_start; 02-01 uitstroom");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-01-31")), "1 Alkmaar wc-1");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-02-01")), "");
}

TEST_F(CaseloadTest, WhatEndedMayRunOnAnotherDayOrAgain) {
  tell(
      "01-04 aanmelding; 01-05 werkcoach_toegewezen werkcoach=wc-1; 01-11 intake; "
      "01-18 traject_start");
  CaseloadQuestion before = of({"wc-1"}, "2021-03-01");
  tell("02-01 uitstroom");
  // Twice: what is over is not read again.
  for (int turn = 0; turn < 2; ++turn) {
    EXPECT_EQ(listed(of({"wc-1"}, "2021-02-01")), "");
    EXPECT_EQ(listed(of({"wc-1"}, "2021-03-01")), "");
    EXPECT_EQ(listed(of({"wc-1"}, "2021-01-31")), "1 Alkmaar wc-1");
    EXPECT_EQ(listed(before), "1 Alkmaar wc-1");
  }
  tell("02-08 aanmelding");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-02-07")), "");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-02-08")), "1 Alkmaar wc-1");
}

TEST_F(CaseloadTest, WhatIsPlannedRunsLater) {
  tell("01-04 aanmelding; 01-05 werkcoach_toegewezen werkcoach=wc-1; 01-06 niet_gestart");
  tell("02-01 aanmelding");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-01-10")), "");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-02-01")), "1 Alkmaar wc-1");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-01-10")), "");
}

TEST_F(CaseloadTest, IsAsKnownAtAPosition) {
  tell("01-04 aanmelding; 01-05 werkcoach_toegewezen werkcoach=wc-1");
  CaseloadQuestion before = of({"wc-1"}, "2021-03-01");
  tell("01-05 correctie:werkcoach_toegewezen vervangt=#2 werkcoach=wc-2");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-03-01")), "");
  EXPECT_EQ(listed(of({"wc-2"}, "2021-03-01")), "1 Alkmaar wc-2");
  EXPECT_EQ(listed(before), "1 Alkmaar wc-1");
  before.known = Position{before.known.value - 2};
  EXPECT_EQ(listed(before), "");
}

TEST_F(CaseloadTest, ReadsOnFromWhereItStands) {
  tell("dossier/1 01-04 aanmelding; dossier/1 01-05 werkcoach_toegewezen werkcoach=wc-1");
  EXPECT_EQ(listed(of({"wc-1"}, "2021-01-05")), "1 Alkmaar wc-1");
  tell("dossier/2 01-04 aanmelding; dossier/2 01-05 werkcoach_toegewezen werkcoach=wc-1");
  EXPECT_LT(caseloads_.position(), story_.store().last_position());
  EXPECT_EQ(listed(of({"wc-1"}, "2021-01-05")), "1 Alkmaar wc-1; 2 Alkmaar wc-1");
  EXPECT_EQ(caseloads_.position(), story_.store().last_position());
}

TEST_F(CaseloadTest, ARowTellsWhatRunsAndSinceWhen) {
  tell(
      "01-04 aanmelding; 01-05 werkcoach_toegewezen werkcoach=wc-1; 01-11 intake; "
      "01-18 traject_start trede=3; 02-01 trede_doorstroom naar=4; 02-03 contactmoment; "
      "02-05 oponthoud_start; 02-06 voorziening_start kenmerk=a");
  const History history = story_.history();
  const auto row = caseload_row(dossier(1), history, day("2021-03-01"));
  ASSERT_TRUE(row);
  EXPECT_EQ(row->versie, StreamVersion{8});
  EXPECT_EQ(row->trede, pb::TREDE_4);
  EXPECT_EQ(row->traject, day("2021-01-18"));
  EXPECT_EQ(row->in_trede, day("2021-02-01"));
  EXPECT_EQ(row->oponthoud, day("2021-02-05"));
  EXPECT_EQ(row->laatste_contact, day("2021-02-03"));
  EXPECT_EQ(row->voorzieningen, 1U);
  EXPECT_EQ(row->plaatsingen, 0U);
  EXPECT_FALSE(row->aangemeld || row->wacht_op_start || row->diagnose || row->verzuim);
  ASSERT_EQ(row->termijnen.size(), 1U);
  EXPECT_EQ(row->termijnen[0].soort, TermijnSoort::kContact);
}

}  // namespace
}  // namespace trede::test
