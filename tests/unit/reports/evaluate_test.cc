#include "projections/reports/evaluate.h"

#include <gtest/gtest.h>

#include <map>

#include "projections/measures/measures.h"
#include "projections/reports/definition.h"
#include "tests/support/events.h"

namespace trede {
namespace {

using test::day;

// Answers by the text of the question; what is not given is 0. Remembers what was asked.
class FakeAnswers {
 public:
  void give(const std::string& question, int number) {
    answers_[question].waarde = Number{Int128{number}, 0};
  }
  void give_ratio(const std::string& question, int above, int below) {
    answers_[question].teller = Number{Int128{above}, 2};
    answers_[question].noemer = Number{Int128{below}, 2};
  }
  Result<Answer> operator()(const Query& query) {
    if (const Status good = check_query(query); !good) return std::unexpected(good.error());
    std::string text = query.measure;
    if (std::holds_alternative<Day>(query.time)) {
      text += " op " + format_day(std::get<Day>(query.time));
    }
    const std::string waar = waar_text(query.waar);
    if (!waar.empty()) text += " waar " + waar;
    ++asked[text];
    if (failing) return Error{ErrorCode::kIo, "the disk is gone"};
    Answer out;
    const Measure& measure = *find_measure(query.measure);
    out.is_ratio = measure.kind == MeasureKind::kVerhouding;
    out.is_percentage = measure.is_percentage;
    out.generation = 7;
    const auto found = answers_.find(text);
    out.rows = {found == answers_.end() ? AnswerRow{} : found->second};
    return out;
  }

  std::map<std::string, int> asked;
  bool failing = false;

 private:
  std::map<std::string, AnswerRow> answers_;
};

class EvaluateTest : public testing::Test {
 protected:
  EvaluateTest() {
    record("gemeente_toegetreden", {{"gemeente", "Velsen"}});
    record("gemeente_toegetreden", {{"gemeente", "Den Helder"}});
  }
  void record(std::string_view soort, test::Attributes attributes) {
    ++number_;
    history_.add(std::make_shared<const pb::Event>(test::recorded(
        test::event(kOrganisatie, test::event_id(number_), "2015-01-01", soort, attributes),
        number_, number_)));
  }
  Result<Report> evaluated(const std::string& table) {
    const std::string text =
        "name: \"proef\" title: \"Proef {periode}\" version: \"3\"\n"
        "section { id: \"s\" title: \"Jaar {jaar}\" " +
        table + " }";
    const auto definition = DefinitionLibrary().parse("proef", text);
    if (!definition) return std::unexpected(definition.error());
    return evaluate(*definition, request_, Organisatie::fold(history_.acting()),
                    std::ref(answers_));
  }
  // The first table, a line per row: `title: cell | cell`.
  std::string printed(const std::string& table) {
    const auto report = evaluated(table);
    if (!report) return report.error().message;
    std::string out;
    for (const ReportRow& row : report->sections[0].tables[0].rows) {
      out += row.id + ":";
      for (const ReportCell& cell : row.cells) {
        const char* const empties[] = {"", "leeg", "n.v.t.", "geen gegevens"};
        const std::string text = cell.text();
        out += " " + (text.empty() ? empties[static_cast<int>(cell.state)] : text);
      }
      out += "\n";
    }
    return out;
  }

  FakeAnswers answers_;
  ReportRequest request_{{day("2021-01-01"), day("2021-03-31")}, Position{42}};
  History history_;
  std::uint64_t number_ = 0;
};

TEST_F(EvaluateTest, AStandIsAskedAtBothEndsAndItsFlowsOverThePeriod) {
  answers_.give("trajecten op 2020-12-31 waar trede=3", 260);
  answers_.give("trajecten_bij waar trede=3", 85);
  answers_.give("trajecten_af waar trede=3", 30);
  answers_.give("trajecten op 2021-03-31 waar trede=3", 315);
  EXPECT_EQ(printed(R"(table {
      id: "t" title: "T" measure: "trajecten" waar: "trede=3"
      column { id: "b" title: "B" cell { figure { aspect: BEGIN } } }
      column { id: "i" title: "I" cell { figure { aspect: BIJ } } }
      column { id: "u" title: "U" cell { figure { aspect: AF } } }
      column { id: "e" title: "E" cell { figure { aspect: EIND } } }
      row { id: "r" title: "R" } })"),
            "r: 260 85 30 315\n");
}

TEST_F(EvaluateTest, LinesPerGemeenteFollowWhoTakesPart) {
  answers_.give("trajecten op 2021-03-31 waar gemeente=Velsen", 9);
  answers_.give("trajecten op 2021-03-31", 12);
  const auto report = evaluated(R"(table {
      id: "t" title: "T" measure: "trajecten"
      column { id: "g" per: "gemeente" cell { figure { aspect: EIND } } }
      column { id: "totaal" title: "Totaal" cell { figure { aspect: EIND } } }
      row { id: "r" title: "R" } })");
  ASSERT_TRUE(report.has_value()) << report.error().message;
  const ReportTable& table = report->sections[0].tables[0];
  ASSERT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.columns[0].id, "den-helder");
  EXPECT_EQ(table.columns[0].title, "Den Helder");
  EXPECT_EQ(table.columns[1].id, "velsen");
  EXPECT_EQ(table.rows[0].cells[0].text(), "0");
  EXPECT_EQ(table.rows[0].cells[1].text(), "9");
  EXPECT_EQ(table.rows[0].cells[2].text(), "12");
}

// What is plain keeps its plain id; what would share one is told apart, in whatever order it came.
TEST_F(EvaluateTest, LinesWhoseCodesGiveOneIdHaveEachTheirOwn) {
  for (const char* gemeente : {"a b", "Totaal", "A-B", "a.b", "A.B", "A&B"}) {
    record("gemeente_toegetreden", {{"gemeente", gemeente}});
  }
  answers_.give("trajecten op 2021-03-31 waar gemeente=a b", 7);
  answers_.give("trajecten op 2021-03-31 waar gemeente=A-B", 8);
  EXPECT_EQ(printed(R"(table {
      id: "t" title: "T" measure: "trajecten"
      column { id: "c" title: "C" cell { figure { aspect: EIND } } }
      row { id: "g" per: "gemeente" } row { id: "totaal" title: "Totaal" } })"),
            "%41%26%42: 0\n%41-%42: 8\n%41%2e%42: 0\nden-helder: 0\n%54otaal: 0\nvelsen: 0\n"
            "a%20b: 7\na%2eb: 0\ntotaal: 0\n");
  const auto report = evaluated(R"(table {
      id: "t" title: "T" measure: "trajecten"
      column { id: "g" per: "gemeente" cell { figure { aspect: EIND } } }
      row { id: "r" title: "R" } })");
  ASSERT_TRUE(report.has_value()) << report.error().message;
  std::vector<std::string> ids;
  for (const auto& column : report->sections[0].tables[0].columns) ids.push_back(column.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"%41%26%42", "%41-%42", "%41%2e%42", "den-helder",
                                           "totaal", "velsen", "a%20b", "a%2eb"}));
}

TEST_F(EvaluateTest, AReportHasABoundOnItsCells) {
  constexpr std::string_view kTable = R"(table {
      id: "t" title: "T" measure: "trajecten"
      column { id: "m" per: "maand" cell { figure { aspect: EIND } } }
      row { id: "r" per: "trede" per: "gemeente" per: "regeling" } })";
  request_.period = {day("2001-01-01"), day("2250-12-31")};
  const auto many = evaluated(std::string(kTable));
  ASSERT_FALSE(many.has_value());
  EXPECT_EQ(many.error().code, ErrorCode::kInvalid);
  EXPECT_EQ(many.error().message,
            "a report of more than 250000 cells: its table 't' has 90 rows of 3000 columns; ask "
            "for a shorter period, or repeat over less");
  for (const auto& [question, times] : answers_.asked) {  // only which codes there are
    EXPECT_FALSE(question.contains(" waar ")) << question << " " << times;
  }
  request_.period = {day("1001-01-01"), day("9999-12-31")};
  const auto more = evaluated(R"(table {
      id: "t" title: "T" measure: "trajecten"
      column { id: "m" per: "maand" per: "trede" cell { figure { aspect: EIND } } }
      row { id: "r" title: "R" } })");
  ASSERT_FALSE(more.has_value());
  EXPECT_EQ(more.error().message,
            "'m' stands for more than 250000 lines: ask for a shorter period, or for fewer codes");
}

TEST_F(EvaluateTest, TheInnermostConditionOnADimensionHolds) {
  printed(R"(table {
      id: "t" title: "T" measure: "trajecten" waar: "trede=3" waar: "doelgroep=jongere"
      column { id: "c" title: "C" waar: "trede=5" cell { figure { aspect: EIND } } }
      column { id: "d" title: "D" waar: "trede=5"
               cell { figure { aspect: EIND waar: "trede=6" } } }
      row { id: "r" title: "R" waar: "trede=4" } })");
  EXPECT_EQ(answers_.asked.count("trajecten op 2021-03-31 waar doelgroep=jongere;trede=5"), 1U);
  EXPECT_EQ(answers_.asked.count("trajecten op 2021-03-31 waar doelgroep=jongere;trede=6"), 1U);
}

TEST_F(EvaluateTest, ConditionsOfTheTableStayWithItsMeasure) {
  printed(R"(table {
      id: "t" title: "T" measure: "trajecten" waar: "trede=3"
      column { id: "c" title: "C" cell { figure { aspect: PERIODE } } }
      row { id: "r" title: "R" measure: "doorstroom" waar: "van=3" } })");
  EXPECT_EQ(answers_.asked.count("doorstroom waar van=3"), 1U);
}

TEST_F(EvaluateTest, OneFigureIsAskedOnce) {
  printed(R"(table {
      id: "t" title: "T" measure: "uitstroom"
      column { id: "a" title: "A" cell { figure { aspect: PERIODE } } }
      column { id: "b" title: "B" cell { sum { of { column: "a" } of { column: "a" } } } }
      row { id: "r" title: "R" } row { id: "s" title: "S" } })");
  EXPECT_EQ(answers_.asked.at("uitstroom"), 1);
}

TEST_F(EvaluateTest, PercentagesAreRoundedHalfUpFromTheirOwnParts) {
  record("afspraak_vastgesteld", {{"maat", "uitstroom"}, {"periode", "2021"}, {"waarde", "200"}});
  answers_.give("uitstroom", 15);
  EXPECT_EQ(printed(R"(table {
      id: "t" title: "T" measure: "uitstroom"
      column { id: "realisatie" title: "R" cell { figure { aspect: PERIODE } } }
      column { id: "afspraak" title: "A" cell { afspraak {} } }
      column { id: "pct" title: "%" format { unit: PROCENT }
               cell { percentage { of { column: "realisatie" } of { column: "afspraak" } } } }
      row { id: "r" title: "R" } })"),
            "r: 15 200 8\n");
}

TEST_F(EvaluateTest, ATargetThatNobodySetIsGeenGegevensAndSoIsWhatHangsOnIt) {
  EXPECT_EQ(printed(R"(table {
      id: "t" title: "T" measure: "uitstroom"
      column { id: "realisatie" title: "R" cell { figure { aspect: PERIODE } } }
      column { id: "afspraak" title: "A" cell { afspraak {} } }
      column { id: "pct" title: "%"
               cell { percentage { of { column: "realisatie" } of { column: "afspraak" } } } }
      row { id: "r" title: "R" } })"),
            "r: 0 geen gegevens geen gegevens\n");
}

TEST_F(EvaluateTest, TargetsAreOfTheYearUnlessTheySayOtherwise) {
  record("afspraak_vastgesteld",
         {{"maat", "uitstroom"}, {"periode", "2021"}, {"waarde", "75"}, {"waar", "trede=5"}});
  record("benchmark_vastgesteld", {{"maat", "uitstroom"}, {"periode", "2020"}, {"waarde", "60"}});
  record("taakstelling_vastgesteld",
         {{"maat", "beschut"}, {"periode", "2021"}, {"waarde", "28"}, {"waar", "gemeente=Velsen"}});
  EXPECT_EQ(printed(R"(table {
      id: "t" title: "T" measure: "uitstroom"
      column { id: "a" title: "A" cell { afspraak { waar: "trede=5" } } }
      column { id: "b" title: "B" cell { benchmark { periode: "2020" } } }
      column { id: "c" title: "C" cell { benchmark {} } }
      column { id: "d" title: "D" per: "gemeente" cell { taakstelling { maat: "beschut" } } }
      row { id: "r" title: "R" } })"),
            "r: 75 60 geen gegevens geen gegevens 28\n");
}

TEST_F(EvaluateTest, ADifferenceIsTakenBeforeRounding) {
  record("afspraak_vastgesteld",
         {{"maat", "verzuimpercentage"}, {"periode", "2021"}, {"waarde", "11"}});
  answers_.give_ratio("verzuimpercentage", 1'2149, 10'0000);
  EXPECT_EQ(printed(R"(table {
      id: "t" title: "T" measure: "verzuimpercentage"
      column { id: "r" title: "R" format { decimals: 1 } cell { figure { aspect: PERIODE } } }
      column { id: "a" title: "A" format { decimals: 1 } cell { afspraak {} } }
      column { id: "v" title: "V" format { decimals: 1 }
               cell { difference { of { column: "a" } of { column: "r" } } } }
      row { id: "r" title: "R" } })"),
            "r: 12.1 11.0 -1.1\n");
}

TEST_F(EvaluateTest, ARatioOverNothingIsGeenGegevens) {
  EXPECT_EQ(printed(R"(table {
      id: "t" title: "T" measure: "trajectduur"
      column { id: "a" title: "A" cell { figure { aspect: PERIODE } } }
      row { id: "r" title: "R" } })"),
            "r: geen gegevens\n");
}

TEST_F(EvaluateTest, EmptiesAreFourDifferentThings) {
  EXPECT_EQ(printed(R"(table {
      id: "t" title: "T" measure: "uitstroom"
      column { id: "nul" title: "N" cell { figure { aspect: PERIODE } } }
      column { id: "leeg" title: "L" }
      column { id: "nvt" title: "V" cell { empty: NVT } }
      column { id: "geen" title: "G" cell { empty: GEEN_GEGEVENS } }
      row { id: "r" title: "R" }
      row { id: "s" title: "S" cell { column: "nul" } }
      row { id: "som" title: "Som" cell { cell { sum { of { row: "r" } of { constant: "2" } } } } }
      row { id: "min" title: "Min"
            cell { cell { difference { of { row: "r" } of { row: "r" } } } } }
      row { id: "pct" title: "Pct"
            cell { cell { percentage { of { constant: "1" } of { row: "r" } } } } } })"),
            "r: 0 leeg n.v.t. geen gegevens\n"
            "s: leeg leeg n.v.t. geen gegevens\n"
            "som: 2 2 2 geen gegevens\n"
            "min: 0 leeg n.v.t. geen gegevens\n"
            "pct: n.v.t. leeg n.v.t. geen gegevens\n");
}

TEST_F(EvaluateTest, FormatsGoFromCellToRowToColumn) {
  const auto report = evaluated(R"(table {
      id: "t" title: "T"
      column { id: "a" title: "A" format { decimals: 1 } cell { constant: "1.25" } }
      column { id: "b" title: "B" cell { constant: "250000" } }
      row { id: "r" title: "R" }
      row { id: "s" title: "S" format { decimals: 2 unit: FTE }
            cell { column: "b" cell { constant: "250000" } format { unit: EURO_X1000 } } } })");
  ASSERT_TRUE(report.has_value()) << report.error().message;
  const auto& rows = report->sections[0].tables[0].rows;
  EXPECT_EQ(rows[0].cells[0].text(), "1.3");
  EXPECT_EQ(rows[1].cells[0].text(), "1.25");
  EXPECT_EQ(rows[1].cells[0].unit, CellUnit::kFte);
  EXPECT_EQ(rows[1].cells[1].text(), "3");
  EXPECT_EQ(rows[1].cells[1].unit, CellUnit::kEuroX1000);
}

TEST_F(EvaluateTest, TitlesNameThePeriod) {
  const auto report = evaluated(R"(table {
      id: "t" title: "Tot {eind}" note: "sinds {begin}"
      column { id: "a" title: "{begin}" cell { constant: "1" } }
      row { id: "r" title: "voor {jaar}" } })");
  ASSERT_TRUE(report.has_value()) << report.error().message;
  EXPECT_EQ(report->title, "Proef 01-01-2021 t/m 31-03-2021");
  EXPECT_EQ(report->sections[0].title, "Jaar 2021");
  const ReportTable& table = report->sections[0].tables[0];
  EXPECT_EQ(table.title, "Tot 31-03-2021");
  EXPECT_EQ(table.note, "sinds 31-12-2020");
  EXPECT_EQ(table.columns[0].title, "31-12-2020");
  EXPECT_EQ(table.rows[0].title, "voor 2021");
}

TEST_F(EvaluateTest, SaysWhatItIsAnAnswerTo) {
  const auto report = evaluated(R"(table { id: "t" title: "T" measure: "uitstroom"
      column { id: "a" title: "A" cell { figure { aspect: PERIODE } } }
      row { id: "r" title: "R" } })");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->known, Position{42});
  EXPECT_EQ(report->generation, 7U);
  EXPECT_EQ(report->version, "3");
  EXPECT_EQ(report->period, request_.period);
}

TEST_F(EvaluateTest, AnAnswerThatFailsFailsTheReport) {
  answers_.failing = true;
  const auto report = evaluated(R"(table { id: "t" title: "T" measure: "uitstroom"
      column { id: "a" title: "A" cell { figure { aspect: PERIODE } } }
      row { id: "r" title: "R" } })");
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace trede
