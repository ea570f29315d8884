#include "tools/render/words.h"

#include <gtest/gtest.h>

#include "tests/unit/render/small_report.h"

namespace trede::render {
namespace {

TEST(DutchCell, NumbersAreWrittenAsInDutch) {
  EXPECT_EQ(dutch_cell(number(7)), "7");
  EXPECT_EQ(dutch_cell(number(999)), "999");
  EXPECT_EQ(dutch_cell(number(1021)), "1.021");
  EXPECT_EQ(dutch_cell(number(-1234567, 1, 1)), "-1.234.567,0");
  EXPECT_EQ(dutch_cell(number(-123)), "-123");
  EXPECT_EQ(dutch_cell(number(121, 10, 1, CellUnit::kProcent)), "12,1%");
  EXPECT_EQ(dutch_cell(number(-11, 10, 1, CellUnit::kProcentpunt)), "-1,1");
}

TEST(DutchCell, EveryOtherStateHasItsWords) {
  EXPECT_EQ(dutch_cell(nothing(CellState::kLeeg)), "");
  EXPECT_EQ(dutch_cell(nothing(CellState::kNvt)), "n.v.t.");
  EXPECT_EQ(dutch_cell(nothing(CellState::kGeenGegevens)), "geen gegevens");
  EXPECT_EQ(dutch_cell(nothing(CellState::kOnderdrukt)), "x");
  EXPECT_EQ(dutch_cell(in_words("klopt")), "klopt");
  ReportCell day{CellState::kDay, {}};
  day.day = Day{std::chrono::year{2024} / 8 / 31};
  EXPECT_EQ(dutch_cell(day), "31-08-2024");
}

TEST(DutchCell, ATargetSaysItsParts) {
  ReportCell target = number(1200);
  target.parts = "75 + 1.125";
  EXPECT_EQ(dutch_cell(target), "1.200 (75 + 1.125)");
}

TEST(Codes, EveryStateUnitAndJudgementHasOne) {
  EXPECT_EQ(state_code(CellState::kNumber), "getal");
  EXPECT_EQ(state_code(CellState::kLeeg), "leeg");
  EXPECT_EQ(state_code(CellState::kText), "tekst");
  EXPECT_EQ(state_code(CellState::kDay), "dag");
  EXPECT_EQ(unit_code(CellUnit::kFte), "fte");
  EXPECT_EQ(unit_code(CellUnit::kEuroX1000), "euro_x1000");
  EXPECT_EQ(unit_code(CellUnit::kDagen), "dagen");
  EXPECT_EQ(oordeel_code(Oordeel::kGunstig), "gunstig");
  EXPECT_EQ(oordeel_code(Oordeel::kOngunstig), "ongunstig");
  EXPECT_EQ(oordeel_code(Oordeel::kGeen), "");
}

TEST(OordeelWord, WordsSayThemselvesHowItIs) {
  EXPECT_EQ(oordeel_word(judged(number(1), Oordeel::kGunstig)), "gunstig");
  EXPECT_EQ(oordeel_word(in_words("klopt", Oordeel::kGunstig)), "");
}

TEST(StatusText, SaysWhenAReportWasLaidDown) {
  EXPECT_EQ(status_text(small_report()), "Concept");
  EXPECT_EQ(status_text(full_report()), "Vastgesteld op 12-04-2021 (positie 50)");
}

TEST(ProvenanceLines, WhatIsNotKnownHasNoLine) {
  const auto labels = [](const Report& report) {
    std::string out;
    for (const Labelled& line : provenance_lines(report, {"nu"})) out += line.label + ";";
    return out;
  };
  EXPECT_EQ(labels(small_report()),
            "Rapport;Status;Periode;Selectie;Bekend op;Positie;Generatie;Definitie;");
  EXPECT_EQ(labels(full_report()),
            "Rapport;Status;Periode;Selectie;Bekend op;Positie;Generatie;Boomkop;Definitie;"
            "Catalogus;Weggelaten;");
}

TEST(Paragraphs, EndWithALineFeed) {
  EXPECT_EQ(paragraphs_of("a\n\nb"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(paragraphs_of("\n").empty());
}

}  // namespace
}  // namespace trede::render
