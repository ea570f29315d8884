#include "projections/reports/frozen.h"

#include <gtest/gtest.h>

#include <functional>

#include "proto/frozen.pb.h"

namespace trede::test {
namespace {

Int128 large() { return Int128{1'000'000'000'000'000'000} * 100'000'000'000; }

ReportCell cell(CellState state, Rational number = Rational()) {
  ReportCell out;
  out.state = state;
  out.number = number;
  return out;
}

// A report with something of everything that a report can hold.
Report rich_report() {
  ReportTable first{.id = "trajecten",
                    .title = "Trajecten",
                    .heading = "Trede",
                    .columns = {{"begin", "31-12-2020"}, {"eind", "31-03-2021", LineStyle::kTotal}},
                    .rows = {},
                    .note = "Zonder \"map\";\nmet één regel meer."};
  ReportRow row{.id = "trede-3", .title = "Trede 3", .cells = {}};
  row.cells = {cell(CellState::kNumber, Rational(-1635, 491)),
               cell(CellState::kNumber, Rational(large(), large() + 1))};
  row.cells[0].decimals = 1;
  row.cells[0].unit = CellUnit::kProcent;
  row.cells[0].oordeel = Oordeel::kOngunstig;
  row.cells[1].formula = CellFormula{CellFormula::Kind::kPercentage, {{0, 0, 0}, {1, 0, 0}}};
  row.cells[1].parts = "75 + 125";
  row.cells[1].is_small = true;
  row.toelichtingen = {{"Meer instroom", "Ander beleid", "", "Neemt af"}, {"", "", "Duurder", ""}};
  first.rows.push_back(row);
  row = {.id = "totaal", .title = "Totaal", .cells = {}, .style = LineStyle::kTotal};
  row.cells = {cell(CellState::kNumber), cell(CellState::kGeenGegevens)};
  first.rows.push_back(row);
  first.chart = Chart{Chart::Kind::kTargetBar, "Doelen", {0, 1}, {1}};

  ReportTable second{.id = "overig",
                     .title = "Overig",
                     .heading = "",
                     .columns = {{"a", "A"}},
                     .rows = {},
                     .note = ""};
  for (const CellState state : {CellState::kLeeg, CellState::kNvt, CellState::kGeenGegevens,
                                CellState::kOnderdrukt, CellState::kText, CellState::kDay}) {
    ReportCell one = cell(state);
    if (state == CellState::kText) one.words = "zie bijlage";
    if (state == CellState::kDay) one.day = *parse_day("1969-02-03");
    // Whatever stands beside a state, comes back.
    if (state == CellState::kOnderdrukt) one.number = Rational(3);
    second.rows.push_back({"r" + std::to_string(second.rows.size()), "R", {one}, LineStyle::kPart});
  }
  for (const CellUnit unit : {CellUnit::kAantal, CellUnit::kProcentpunt, CellUnit::kFte,
                              CellUnit::kEuroX1000, CellUnit::kDagen}) {
    ReportCell one = cell(CellState::kNumber, Rational(1, 3));
    one.unit = unit;
    one.oordeel = Oordeel::kGunstig;
    for (const auto kind :
         {CellFormula::Kind::kSum, CellFormula::Kind::kDifference, CellFormula::Kind::kQuotient}) {
      one.formula = CellFormula{kind, {{1, 0, 0}}};
      second.rows.push_back(
          {"u" + std::to_string(second.rows.size()), "U", {one}, LineStyle::kHeading});
    }
  }
  second.chart = Chart{Chart::Kind::kFlow, "", {}, {}};

  Report out;
  out.name = "p-en-c";
  out.title = "8-maandsrapportage 2024";
  out.version = "3";
  out.catalogus = "5";
  out.waar = "gemeente=Bergen (NH)";
  out.period = *parse_tijdvak("2024-01-01/2024-08-31");
  out.known = Position{31'000'000};
  out.boomkop = std::string(64, 'a');
  out.suppressed = true;
  out.sections = {{"sw", "Sociale werkvoorziening", {first}, "Inleiding.\n"},
                  {"rest", "De rest", {second}},
                  {"leeg", "Niets", {}}};
  out.begrippen = {{"fte", "Fte", "Som van deeltijdfactoren", "fte"}, {"x", "X", "", ""}};
  return out;
}

std::vector<PublishedFigure> figures() {
  return {{"trajecten --op 2024-08-31", Rational(412)},
          {"intakes_binnen_4_weken --van 2024-01-01 --tm 2024-08-31", std::nullopt},
          {"fte --op 2024-08-31", Rational(-1, 3)},
          {"aanmeldingen --van 2024-01-01 --tm 2024-08-31", Rational(0)}};
}

std::string text_of(const Rational& number) {
  // Enough decimals to tell apart what these tests hold, and the sizes of both parts.
  return number.text(6) + "~" + std::to_string(static_cast<long double>(number.above())) + "/" +
         std::to_string(static_cast<long double>(number.below()));
}

std::string text_of(const ReportCell& one) {
  std::string out = std::to_string(static_cast<int>(one.state)) + " " + text_of(one.number) + " " +
                    std::to_string(one.decimals) + " " +
                    std::to_string(static_cast<int>(one.unit)) + " " +
                    std::to_string(static_cast<int>(one.oordeel)) + " '" + one.words + "' " +
                    format_day(one.day) + " '" + one.parts + "'";
  if (one.formula) {
    out += " formula " + std::to_string(static_cast<int>(one.formula->kind));
    for (const auto& at : one.formula->of) {
      out += " " + std::to_string(at.table) + "/" + std::to_string(at.row) + "/" +
             std::to_string(at.column);
    }
  }
  return out;
}

std::string text_of(const ReportTable& table) {
  std::string out = table.id + "|" + table.title + "|" + table.heading + "|" + table.note + "\n";
  for (const auto& column : table.columns) {
    out += "column " + column.id + "|" + column.title + "|" +
           std::to_string(static_cast<int>(column.style)) + "\n";
  }
  for (const auto& row : table.rows) {
    out += "row " + row.id + "|" + row.title + "|" + std::to_string(static_cast<int>(row.style));
    for (const auto& one : row.cells) out += "\n  " + text_of(one);
    for (const auto& words : row.toelichtingen) {
      out += "\n  \"" + words.tekst + "|" + words.aanleiding + "|" + words.gevolg + "|" +
             words.verwachting + "\"";
    }
    out += "\n";
  }
  if (table.chart) {
    out += "chart " + std::to_string(static_cast<int>(table.chart->kind)) + table.chart->title;
    for (const auto row : table.chart->rows) out += " r" + std::to_string(row);
    for (const auto column : table.chart->columns) out += " c" + std::to_string(column);
  }
  return out;
}

// Everything of a report, so that two can be compared and read.
std::string text_of(const FrozenReport& frozen) {
  const Report& report = frozen.report;
  std::string out = report.name + "|" + report.title + "|" + report.version + "|" +
                    report.catalogus + "|" + report.waar + "|" + format_day(report.period.van) +
                    "|" + format_day(report.period.tm) + "|" + std::to_string(report.known.value) +
                    "|" + report.boomkop + "|" + (report.suppressed ? "suppressed" : "") + "|" +
                    (report.vastgesteld ? "vastgesteld" : "concept") + "|" +
                    std::to_string(report.generation) + "\n";
  for (const auto& section : report.sections) {
    out += "section " + section.id + "|" + section.title + "|" + section.text + "\n";
    for (const auto& table : section.tables) out += text_of(table) + "\n";
  }
  for (const auto& one : report.begrippen) {
    out += "begrip " + one.name + "|" + one.title + "|" + one.definition + "|" + one.unit + "\n";
  }
  for (const auto& one : frozen.figures) {
    out += one.question + " = " + (one.number ? text_of(*one.number) : "geen") + "\n";
  }
  return out;
}

TEST(Frozen, AReportComesBackExactly) {
  const auto back = decode_frozen(encode_frozen(rich_report(), figures()));
  ASSERT_TRUE(back) << back.error().message;
  auto sorted = figures();
  std::ranges::sort(sorted, {}, &PublishedFigure::question);
  EXPECT_EQ(text_of(*back), text_of(FrozenReport{rich_report(), sorted}));
}

TEST(Frozen, AnEmptyReportComesBackToo) {
  Report empty;
  empty.period = *parse_tijdvak("2021-Q1");
  const auto back = decode_frozen(encode_frozen(empty, {}));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(text_of(*back), text_of(FrozenReport{empty, {}}));
}

TEST(Frozen, TheSameReportGivesTheSameBytesWhateverTheOrderOfAnswers) {
  const std::string bytes = encode_frozen(rich_report(), figures());
  auto other = figures();
  std::ranges::reverse(other);
  other.push_back(other.front());
  EXPECT_EQ(encode_frozen(rich_report(), other), bytes);
  const auto back = decode_frozen(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(encode_frozen(back->report, back->figures), bytes);
  // When and by which projections it was worked out makes no difference.
  Report later = rich_report();
  later.generation = 7;
  later.vastgesteld = Vaststelling{Position{9}, Moment{}};
  EXPECT_EQ(encode_frozen(later, figures()), bytes);
}

// Stored for ever: a change here makes every frozen report unreadable.
TEST(Frozen, TheStoredNumbersStand) {
  const auto numbers_of = [](CellState state, CellUnit unit, Oordeel oordeel) {
    Report report;
    report.period = *parse_tijdvak("2021");
    ReportCell one = cell(state);
    one.unit = unit;
    one.oordeel = oordeel;
    report.sections = {{"s", "S", {{"t", "T", "", {{"c", "C"}}, {{"r", "R", {one}}}, ""}}}};
    pb::FrozenReport frozen;
    EXPECT_TRUE(frozen.ParseFromString(encode_frozen(report, {})));
    const auto& stored = frozen.section(0).table(0).row(0).cell(0);
    return std::vector<std::uint32_t>{stored.state(), stored.unit(), stored.oordeel()};
  };
  using Numbers = std::vector<std::uint32_t>;
  EXPECT_EQ(numbers_of(CellState::kNumber, CellUnit::kAantal, Oordeel::kGeen), (Numbers{0, 0, 0}));
  EXPECT_EQ(numbers_of(CellState::kLeeg, CellUnit::kProcent, Oordeel::kGunstig),
            (Numbers{1, 1, 1}));
  EXPECT_EQ(numbers_of(CellState::kNvt, CellUnit::kProcentpunt, Oordeel::kOngunstig),
            (Numbers{2, 2, 2}));
  EXPECT_EQ(numbers_of(CellState::kGeenGegevens, CellUnit::kFte, Oordeel::kGeen),
            (Numbers{3, 3, 0}));
  EXPECT_EQ(numbers_of(CellState::kOnderdrukt, CellUnit::kEuroX1000, Oordeel::kGeen),
            (Numbers{4, 4, 0}));
  EXPECT_EQ(numbers_of(CellState::kText, CellUnit::kDagen, Oordeel::kGeen), (Numbers{5, 5, 0}));
  EXPECT_EQ(numbers_of(CellState::kDay, CellUnit::kAantal, Oordeel::kGeen), (Numbers{6, 0, 0}));
}

TEST(Frozen, AFigureIsFoundByItsQuestion) {
  const auto back = decode_frozen(encode_frozen(rich_report(), figures()));
  ASSERT_TRUE(back);
  for (const PublishedFigure& one : figures()) {
    const PublishedFigure* found = back->find_figure(one.question);
    ASSERT_NE(found, nullptr) << one.question;
    EXPECT_EQ(found->number, one.number);
  }
  EXPECT_EQ(back->find_figure("trajecten"), nullptr);
  EXPECT_EQ(back->find_figure(""), nullptr);
}

// The code of the error, after a change of what is stored.
ErrorCode code_after(const std::function<void(pb::FrozenReport&)>& change) {
  pb::FrozenReport frozen;
  EXPECT_TRUE(frozen.ParseFromString(encode_frozen(rich_report(), figures())));
  change(frozen);
  const auto back = decode_frozen(frozen.SerializeAsString());
  EXPECT_FALSE(back);
  return back ? ErrorCode::kRefused : back.error().code;
}

TEST(Frozen, WhatIsOfANewerVersionIsRefusedAsThat) {
  EXPECT_EQ(code_after([](auto& frozen) { frozen.set_form(2); }), ErrorCode::kNewer);
}

TEST(Frozen, WhatWeWouldNotWriteIsRefused) {
  const auto first_cell = [](auto& frozen) {
    return frozen.mutable_section(0)->mutable_table(0)->mutable_row(0)->mutable_cell(0);
  };
  const auto second_cell = [](auto& frozen) {
    return frozen.mutable_section(0)->mutable_table(0)->mutable_row(0)->mutable_cell(1);
  };
  const std::pair<const char*, std::function<void(pb::FrozenReport&)>> cases[] = {
      {"no form", [](auto& f) { f.clear_form(); }},
      {"a state that is none", [&](auto& f) { first_cell(f)->set_state(7); }},
      {"a unit that is none", [&](auto& f) { first_cell(f)->set_unit(6); }},
      {"an oordeel that is none", [&](auto& f) { first_cell(f)->set_oordeel(3); }},
      {"decimals that cannot be", [&](auto& f) { first_cell(f)->set_decimals(7); }},
      {"a number without number", [&](auto& f) { first_cell(f)->clear_number(); }},
      {"not lowest terms", [&](auto& f) { first_cell(f)->mutable_number()->set_fraction("2/4"); }},
      {"over zero", [&](auto& f) { first_cell(f)->mutable_number()->set_fraction("1/0"); }},
      {"over minus two", [&](auto& f) { first_cell(f)->mutable_number()->set_fraction("1/-2"); }},
      {"no number", [&](auto& f) { first_cell(f)->mutable_number()->set_fraction("1,5"); }},
      {"minus nothing", [&](auto& f) { first_cell(f)->mutable_number()->set_fraction("-0"); }},
      {"too large",
       [&](auto& f) { first_cell(f)->mutable_number()->set_fraction(std::string(31, '9')); }},
      {"a cell too few",
       [](auto& f) {
         f.mutable_section(0)->mutable_table(0)->mutable_row(0)->mutable_cell()->RemoveLast();
       }},
      {"a part that is nowhere",
       [&](auto& f) { second_cell(f)->mutable_formula()->set_place(0, 2); }},
      {"a place cut short",
       [&](auto& f) { second_cell(f)->mutable_formula()->mutable_place()->RemoveLast(); }},
      {"a formula that is none", [&](auto& f) { second_cell(f)->mutable_formula()->set_kind(4); }},
      {"a drawing of no row",
       [](auto& f) { f.mutable_section(0)->mutable_table(0)->mutable_chart()->set_row(1, 2); }},
      {"a drawing of one row twice",
       [](auto& f) { f.mutable_section(0)->mutable_table(0)->mutable_chart()->set_row(1, 0); }},
      {"a line of no style",
       [](auto& f) { f.mutable_section(0)->mutable_table(0)->mutable_column(0)->set_style(4); }},
      {"answers out of order", [](auto& f) { f.mutable_figure()->SwapElements(0, 1); }},
      {"one answer twice", [](auto& f) { *f.add_figure() = f.figure(f.figure_size() - 1); }},
      {"ends before it begins", [](auto& f) { f.set_tm(f.van() - 1); }},
      {"a day that is none", [&](auto& f) { first_cell(f)->set_day(10'000'000); }},
      {"a field that we do not know",
       [](auto& f) { f.GetReflection()->MutableUnknownFields(&f)->AddVarint(90, 1); }},
  };
  for (const auto& [name, change] : cases) {
    EXPECT_EQ(code_after(change), ErrorCode::kCorrupt) << name;
  }
}

TEST(Frozen, ABitFlippedOrACutNeverPassesForAnother) {
  const std::string bytes = encode_frozen(rich_report(), figures());
  for (std::size_t length = 0; length < bytes.size(); length += 7) {
    const auto back = decode_frozen(std::string_view(bytes).substr(0, length));
    ASSERT_TRUE(!back || encode_frozen(back->report, back->figures).size() == length) << length;
  }
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    const auto back = decode_frozen(flipped);
    ASSERT_TRUE(!back || encode_frozen(back->report, back->figures) == flipped) << at;
  }
}

}  // namespace
}  // namespace trede::test
