// What can stand in a cell, and which lines a table has, with answers that the test gives.
#include <gtest/gtest.h>

#include <map>

#include "projections/measures/measures.h"
#include "projections/reports/definition.h"
#include "projections/reports/evaluate.h"
#include "tests/support/events.h"

namespace trede {
namespace {

using test::day;

class Expressions : public testing::Test {
 protected:
  Expressions() { record("gemeente_toegetreden", {{"gemeente", "Velsen"}}); }

  void record(std::string_view soort, test::Attributes attributes) {
    ++number_;
    history_.add(std::make_shared<const pb::Event>(test::recorded(
        test::event(kOrganisatie, test::event_id(number_), "2015-01-01", soort, attributes),
        number_, number_)));
  }
  // To a question as question_text has it; what is not given is 0.
  void give(const std::string& question, int number) { answers_[question] = number; }

  Result<Report> evaluated(const std::string& head, const std::string& sections) {
    const auto definition = DefinitionLibrary().parse(
        "proef", "name: \"proef\" title: \"P\" version: \"3\" " + head + sections);
    if (!definition) return std::unexpected(definition.error());
    const Answerer answerer = [this](const Query& query) { return answer(query); };
    return evaluate(*definition, request_, Organisatie::fold(history_.acting()), answerer);
  }
  // A line per table row: `id: cell cell`; a number with a sign of its oordeel.
  std::string printed(const std::string& sections, const std::string& head = "") {
    const auto report = evaluated(head, sections);
    if (!report) return report.error().message;
    std::string out;
    for (const ReportSection& section : report->sections) {
      for (const ReportTable& table : section.tables) out += text(table);
    }
    return out;
  }
  std::string in_table(const std::string& table) {
    return printed("section { id: \"s\" title: \"S\" table { id: \"t\" title: \"T\" " + table +
                   " } }");
  }
  // The cells of one row with nothing but constants and what is said about them.
  std::string of(const std::string& expression, const std::string& row = "") {
    return in_table("column { id: \"c\" title: \"C\" format { decimals: 2 } cell { " + expression +
                    " } } row { id: \"r\" title: \"R\" " + row + " }");
  }

  std::map<std::string, int> answers_;
  ReportRequest request_{{day("2021-01-01"), day("2021-03-31")}, Position{42}};

 private:
  Result<Answer> answer(const Query& query) {
    if (const Status good = check_query(query); !good) return std::unexpected(good.error());
    Answer out;
    out.rows.resize(1);
    const auto found = answers_.find(question_text(query));
    if (found != answers_.end()) out.rows[0].waarde = Number{Int128{found->second}, 0};
    return out;
  }
  static std::string text(const ReportTable& table) {
    std::string out;
    for (const ReportRow& row : table.rows) {
      out += row.id + ":";
      for (const ReportCell& cell : row.cells) out += " " + text(cell);
      out += "\n";
    }
    return out;
  }
  static std::string text(const ReportCell& cell) {
    const char* const empties[] = {"", "leeg", "n.v.t.", "geen"};
    const char* const signs[] = {"", "+", "!"};
    if (cell.state == CellState::kText) return cell.words;
    const std::string number = cell.text();
    return number.empty() ? empties[static_cast<int>(cell.state)]
                          : number + signs[static_cast<int>(cell.oordeel)];
  }

  History history_;
  std::uint64_t number_ = 0;
};

TEST_F(Expressions, QuotientProductAndEerste) {
  EXPECT_EQ(of("quotient { of { constant: \"7\" } of { constant: \"2\" } }"), "r: 3.50\n");
  EXPECT_EQ(of("quotient { of { constant: \"7\" } of { constant: \"0\" } }"), "r: n.v.t.\n");
  EXPECT_EQ(of("product { of { constant: \"7\" } of { constant: \"-2\" } }"), "r: -14.00\n");
  EXPECT_EQ(of("eerste { of { empty: GEEN_GEGEVENS } of { constant: \"2\" } }"), "r: 2.00\n");
  EXPECT_EQ(of("eerste { of { empty: GEEN_GEGEVENS } of { empty: NVT } }"), "r: n.v.t.\n");
}

TEST_F(Expressions, TekstIsWordsWithTheirMarksFilledIn) {
  EXPECT_EQ(of("tekst: \"tot {eind}\""), "r: tot 31-03-2021\n");
}

TEST_F(Expressions, ADeviationSaysWhetherItIsFavourable) {
  const struct {
    const char* beter;
    const char* van;
    const char* omgekeerd;
    const char* expected;
  } cases[] = {
      {"HOGER", "8", "", "r: -2.00!\n"},
      {"HOGER", "12", "", "r: 2.00+\n"},
      {"LAGER", "8", "", "r: -2.00+\n"},
      {"LAGER", "12", "", "r: 2.00!\n"},
      {"HOGER", "8", "omgekeerd: true", "r: 2.00!\n"},
      {"LAGER", "8", "omgekeerd: true", "r: 2.00+\n"},
      {"LAGER", "12", "omgekeerd: true", "r: -2.00!\n"},
      {"GEEN_OORDEEL", "8", "", "r: -2.00\n"},
      {"VOLGENS_DOEL", "8", "", "r: -2.00\n"},
      {"HOGER", "10", "", "r: 0.00\n"},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(
        of(std::string("afwijking { van { constant: \"") + one.van +
           "\" } tegen { constant: \"10\" } beter: " + one.beter + " " + one.omgekeerd + " }"),
        one.expected)
        << one.beter << " " << one.van << " " << one.omgekeerd;
  }
}

TEST_F(Expressions, ADeviationFollowsTheTargetAndElseTheKindOfAmount) {
  record("afspraak_vastgesteld",
         {{"maat", "uitstroom"}, {"periode", "2021"}, {"waarde", "10"}, {"richting", "lager"}});
  record("afspraak_vastgesteld",
         {{"maat", "intakes"}, {"periode", "2021"}, {"waarde", "10"}, {"richting", "hoger"}});
  const std::string against_target = "afwijking { van { constant: \"12\" } tegen { afspraak {} } }";
  EXPECT_EQ(of(against_target, "measure: \"uitstroom\""), "r: 2.00!\n");
  EXPECT_EQ(of(against_target, "measure: \"intakes\""), "r: 2.00+\n");
  const std::string against = "afwijking { van { constant: \"12\" } tegen { constant: \"10\" } }";
  EXPECT_EQ(of(against, "measure: \"baten\""), "r: 2.00+\n");
  EXPECT_EQ(of(against, "measure: \"lasten\""), "r: 2.00!\n");
  EXPECT_EQ(of(against, "measure: \"onttrekking\""), "r: 2.00+\n");
  EXPECT_EQ(of(against, "measure: \"toevoeging\""), "r: 2.00!\n");
}

TEST_F(Expressions, InAsksTheSameOfAnotherTime) {
  give("uitstroom --van 2020-01-01 --tm 2020-03-31", 5);
  give("uitstroom --van 2020-10-01 --tm 2020-12-31", 6);
  give("uitstroom --van 2021-01-01 --tm 2021-12-31", 7);
  const auto in = [&](const std::string& tijdvak) {
    return of("in { periode: " + tijdvak + " of { figure { aspect: PERIODE } } }",
              "measure: \"uitstroom\"");
  };
  EXPECT_EQ(in("VORIG_JAAR"), "r: 5.00\n");
  EXPECT_EQ(in("VORIGE_PERIODE"), "r: 6.00\n");
  EXPECT_EQ(in("HEEL_JAAR"), "r: 7.00\n");
}

TEST_F(Expressions, WhatWasNeverPublishedIsGeenGegevens) {
  EXPECT_EQ(of("in { periode: VORIG_JAAR gepubliceerd: \"dit\" of { figure { aspect: PERIODE } } }",
               "measure: \"uitstroom\""),
            "r: geen\n");
}

TEST_F(Expressions, AtIsACellOfTheTable) {
  EXPECT_EQ(in_table("column { id: \"a\" title: \"A\" cell { constant: \"3\" } } "
                     "column { id: \"b\" title: \"B\" cell { at { row: \"r\" column: \"a\" } } } "
                     "row { id: \"r\" title: \"R\" } "
                     "row { id: \"s\" title: \"S\" cell { column: \"a\" cell { constant: \"4\" } } "
                     "cell { column: \"b\" cell { at { row: \"r\" } } } }"),
            "r: 3 3\ns: 4 3\n");
}

TEST_F(Expressions, RowsRepeatOverTheCodesTheyName) {
  give("doorstroom --van 2021-01-01 --tm 2021-03-31 --waar naar=5 --waar van=3", 8);
  EXPECT_EQ(in_table("measure: \"doorstroom\" "
                     "column { id: \"c\" title: \"C\" cell { figure { aspect: PERIODE } } } "
                     "row { id: \"r\" per: \"van\" alleen: \"3\" alleen: \"4\" waar: \"naar=5\" } "
                     "row { id: \"t\" title: \"T\" totaal_van: \"r\" cell { column: \"c\" } }"),
            "3: 8\n4: 0\nt: 8\n");
}

TEST_F(Expressions, RowsRepeatOverEachCombinationOfTwoDimensions) {
  give("doorstroom --van 2021-01-01 --tm 2021-03-31 --waar naar=5 --waar van=3", 8);
  const std::string rows = in_table(
      "measure: \"doorstroom\" "
      "column { id: \"c\" title: \"C\" cell { figure { aspect: PERIODE } } } "
      "row { id: \"r\" per: \"van\" per: \"naar\" }");
  EXPECT_TRUE(rows.contains("\n3.4: 0\n3.5: 8\n3.6: 0\n")) << rows;
  EXPECT_TRUE(rows.contains("\n6.3: 0\n")) << rows;
}

TEST_F(Expressions, MonthsAreColumnsOfTheirOwnPeriod) {
  give("uitstroom --van 2021-02-01 --tm 2021-02-28", 4);
  EXPECT_EQ(in_table("measure: \"uitstroom\" "
                     "column { id: \"m\" per: \"maand\" cell { figure { aspect: PERIODE } } } "
                     "column { id: \"t\" title: \"T\" totaal_van: \"m\" } "
                     "row { id: \"r\" title: \"R\" }"),
            "r: 0 4 0 4\n");
}

TEST_F(Expressions, ALineThatIsRepeatedMeansTheOneOfTheSameCodes) {
  give("uitstroom --van 2021-01-01 --tm 2021-03-31 --waar trede=3", 5);
  give("uitstroom --van 2021-01-01 --tm 2021-03-31 --waar trede=4", 6);
  const std::string per = "per: \"trede\" alleen: \"3\" alleen: \"4\" ";
  EXPECT_EQ(in_table("measure: \"uitstroom\" column { id: \"c\" title: \"C\" cell { figure { "
                     "aspect: PERIODE } } } row { id: \"a\" " +
                     per + "} row { id: \"b\" " + per +
                     "cell { cell { product { of { row: \"a\" } of { constant: \"10\" } } } } }"),
            "a.3: 5\na.4: 6\nb.3: 50\nb.4: 60\n");
}

TEST_F(Expressions, AStarTakesAConditionOff) {
  give("uitstroom --van 2021-01-01 --tm 2021-03-31 --waar trede=3", 5);
  give("uitstroom --van 2021-01-01 --tm 2021-03-31", 9);
  EXPECT_EQ(in_table("measure: \"uitstroom\" waar: \"trede=3\" column { id: \"c\" title: \"C\" "
                     "cell { figure { aspect: PERIODE } } } row { id: \"r\" title: \"R\" } "
                     "row { id: \"s\" title: \"S\" waar: \"trede=*\" }"),
            "r: 5\ns: 9\n");
}

TEST_F(Expressions, WhatIsFilledOnlyIsLeftOutWhenNothingStandsInIt) {
  EXPECT_EQ(
      in_table("column { id: \"a\" title: \"A\" cell { constant: \"1\" } } "
               "column { id: \"b\" title: \"B\" als_gevuld: true } "
               "row { id: \"r\" title: \"R\" } "
               "row { id: \"s\" title: \"S\" als_gevuld: true cell { cell { empty: LEEG } } }"),
      "r: 1\n");
}

TEST_F(Expressions, AThresholdLeavesOutRowsAndHeadingsWithoutRows) {
  const auto table = [](const std::string& first) {
    return "drempel { column: \"v\" meer_dan: \"2\" } column { id: \"v\" title: \"V\" } "
           "row { id: \"k\" title: \"K\" stijl: KOP } "
           "row { id: \"a\" title: \"A\" cell { cell { constant: \"" +
           first +
           "\" } } } row { id: \"l\" title: \"L\" stijl: KOP } "
           "row { id: \"b\" title: \"B\" cell { cell { constant: \"2\" } } } "
           "row { id: \"c\" title: \"C\" cell { cell { empty: NVT } } }";
  };
  EXPECT_EQ(in_table(table("-2.1")), "k: leeg\na: -2\n");
  EXPECT_EQ(in_table(table("-2")), "geen: leeg\n");
}

TEST_F(Expressions, WordsOfASectionShowCells) {
  const auto report = evaluated(
      "",
      "section { id: \"s\" title: \"S\" tekst: \"Er zijn {=t/r/c} in {jaar}.\" table { "
      "id: \"t\" title: \"T\" column { id: \"c\" title: \"C\" cell { constant: \"1021\" } } "
      "row { id: \"r\" title: \"R\" } } }");
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_EQ(report->sections[0].text, "Er zijn 1.021 in 2021.");
}

TEST_F(Expressions, AHiddenSectionIsThereForWhoRefersToIt) {
  EXPECT_EQ(printed("section { id: \"h\" title: \"H\" verborgen: true table { id: \"t\" title: "
                    "\"T\" column { id: \"c\" title: \"C\" cell { constant: \"5\" } } "
                    "row { id: \"r\" title: \"R\" } } } "
                    "section { id: \"s\" title: \"S\" table { id: \"u\" title: \"U\" "
                    "column { id: \"c\" title: \"C\" cell { cell: \"t/r/c\" } } "
                    "row { id: \"q\" title: \"Q\" } } }"),
            "q: 5\n");
}

TEST_F(Expressions, SectionsAndTablesCanBeOfSomeMonthsOnly) {
  const auto section = [](const std::string& id, const std::string& months) {
    return "section { id: \"" + id + "\" title: \"S\" " + months + " table { id: \"" + id +
           "\" title: \"T\" column { id: \"c\" title: \"C\" cell { constant: \"1\" } } row { id: "
           "\"" +
           id + "\" title: \"R\" } } } ";
  };
  EXPECT_EQ(printed(section("a", "maanden: 3") + section("b", "maanden: 8") + section("c", "")),
            "a: 1\nc: 1\n");
  EXPECT_EQ(printed(section("a", ""), "maanden: 2 maanden: 8 "),
            "report 'proef' is over 2 or 8 whole months from 1 January, not over 2021-01-01 up to "
            "and including 2021-03-31");
}

TEST_F(Expressions, WhatIsChosenHoldsForEveryFigure) {
  give("uitstroom --van 2021-01-01 --tm 2021-03-31 --waar gemeente=Velsen", 6);
  const std::string section =
      "section { id: \"s\" title: \"S\" table { id: \"t\" title: \"T\" measure: \"uitstroom\" "
      "column { id: \"c\" title: \"C\" cell { figure { aspect: PERIODE } } } "
      "row { id: \"r\" title: \"R\" } } }";
  const std::string kies = "kies: \"gemeente\" ";
  EXPECT_EQ(printed(section, kies),
            "report 'proef' is about one gemeente, expected --waar gemeente=...");
  request_.chosen = {{"gemeente", {"Velsen"}}};
  EXPECT_EQ(printed(section, kies), "r: 6\n");
  EXPECT_EQ(printed(section), "report 'proef' cannot be asked for one gemeente");
}

TEST_F(Expressions, ControlsSayWhetherBothSidesAgree) {
  const auto control = [](const std::string& id, const std::string& links,
                          const std::string& more = "") {
    return "row { id: \"" + id + "\" title: \"R\" identiteit { links { " + links + " } " + more +
           " rechts { constant: \"2\" } } } ";
  };
  const std::string table = control("a", "constant: \"2\"") + control("b", "constant: \"1\"") +
                            control("c", "constant: \"1\"", "relatie: HOOGSTENS") +
                            control("d", "constant: \"3\"", "relatie: HOOGSTENS") +
                            control("e", "empty: LEEG");
  EXPECT_EQ(in_table(table),
            "a: 2 2 0 klopt\nb: 1 2 -1 klopt niet\nc: 1 2 -1 klopt\nd: 3 2 1 klopt niet\n"
            "e: leeg 2 -2 klopt niet\n");
  const auto report = evaluated(
      "", "section { id: \"s\" title: \"S\" table { id: \"t\" title: \"T\" " + table + " } }");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(failed_controls(*report), (std::vector<std::string>{"t/b: R", "t/d: R", "t/e: R"}));
}

}  // namespace
}  // namespace trede
