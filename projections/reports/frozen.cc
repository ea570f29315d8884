#include "projections/reports/frozen.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "engine/base/check.h"
#include "proto/frozen.pb.h"

namespace trede {

namespace {

constexpr std::uint32_t kForm = 1;
// What is beyond them cannot be printed without overflow, and no report holds it.
constexpr std::uint32_t kDecimalsMost = 6;
constexpr std::size_t kDigitsMost = 30;

// The stored number of an enumerator is its place here, for ever: add behind the last.
constexpr std::array kStates = {CellState::kNumber,       CellState::kLeeg,       CellState::kNvt,
                                CellState::kGeenGegevens, CellState::kOnderdrukt, CellState::kText,
                                CellState::kDay};
constexpr std::array kUnits = {CellUnit::kAantal, CellUnit::kProcent,   CellUnit::kProcentpunt,
                               CellUnit::kFte,    CellUnit::kEuroX1000, CellUnit::kDagen};
constexpr std::array kOordelen = {Oordeel::kGeen, Oordeel::kGunstig, Oordeel::kOngunstig};
constexpr std::array kFormulas = {CellFormula::Kind::kSum, CellFormula::Kind::kDifference,
                                  CellFormula::Kind::kPercentage, CellFormula::Kind::kQuotient};
constexpr std::array kStyles = {LineStyle::kPlain, LineStyle::kTotal, LineStyle::kPart,
                                LineStyle::kHeading};
constexpr std::array kCharts = {Chart::Kind::kTrend, Chart::Kind::kStacked, Chart::Kind::kFlow,
                                Chart::Kind::kTargetBar};

template <typename Values, typename Value>
std::uint32_t stored(const Values& values, Value value) {
  const auto found = std::ranges::find(values, value);
  TREDE_CHECK(found != values.end(), "an enumerator without a stored number");
  return static_cast<std::uint32_t>(found - values.begin());
}

// Whether `number` is one of `values`, which `out` then is.
template <typename Values, typename Value>
bool read(const Values& values, std::uint32_t number, Value& out) {
  if (number >= values.size()) return false;
  out = values[number];
  return true;
}

std::string digits_of(Int128 value) {
  std::string out;
  const bool negative = value < 0;
  do {
    const int digit = static_cast<int>(value % 10);
    out.push_back(static_cast<char>('0' + (digit < 0 ? -digit : digit)));
    value /= 10;
  } while (value != 0);
  if (negative) out.push_back('-');
  std::ranges::reverse(out);
  return out;
}

std::string fraction_of(const Rational& number) {
  std::string out = digits_of(number.above());
  if (number.below() != 1) out += "/" + digits_of(number.below());
  return out;
}

std::optional<Int128> parse_digits(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > kDigitsMost) return std::nullopt;
  Int128 value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

std::optional<Rational> parse_fraction(std::string_view text) {
  const auto slash = text.find('/');
  const auto above = parse_digits(text.substr(0, slash));
  const auto below =
      slash == std::string_view::npos ? Int128{1} : parse_digits(text.substr(slash + 1));
  if (!above || !below || *below <= 0) return std::nullopt;
  return Rational(*above, *below);
}

void put(const ReportLine& line, pb::FrozenLine& out) {
  out.set_id(line.id);
  out.set_title(line.title);
  out.set_style(stored(kStyles, line.style));
}

void put(const ReportCell& cell, pb::FrozenCell& out) {
  out.set_state(stored(kStates, cell.state));
  if (cell.state == CellState::kNumber || !cell.number.is_zero()) {
    out.mutable_number()->set_fraction(fraction_of(cell.number));
  }
  out.set_decimals(static_cast<std::uint32_t>(cell.decimals));
  out.set_unit(stored(kUnits, cell.unit));
  out.set_oordeel(stored(kOordelen, cell.oordeel));
  out.set_words(cell.words);
  out.set_day(day_number(cell.day));
  out.set_parts(cell.parts);
  out.set_is_small(cell.is_small);
  if (!cell.formula) return;
  auto& formula = *out.mutable_formula();
  formula.set_kind(stored(kFormulas, cell.formula->kind));
  for (const CellPlace& place : cell.formula->of) {
    for (const std::uint32_t number : {place.table, place.row, place.column}) {
      formula.add_place(number);
    }
  }
}

void put(const ReportRow& row, pb::FrozenRow& out) {
  put(ReportLine{row.id, row.title, row.style}, *out.mutable_line());
  for (const ReportCell& cell : row.cells) put(cell, *out.add_cell());
  for (const Toelichting& one : row.toelichtingen) {
    auto& words = *out.add_toelichting();
    words.set_tekst(one.tekst);
    words.set_aanleiding(one.aanleiding);
    words.set_gevolg(one.gevolg);
    words.set_verwachting(one.verwachting);
  }
}

void put(const ReportTable& table, pb::FrozenTable& out) {
  out.set_id(table.id);
  out.set_title(table.title);
  out.set_heading(table.heading);
  out.set_note(table.note);
  for (const ReportLine& column : table.columns) put(column, *out.add_column());
  for (const ReportRow& row : table.rows) put(row, *out.add_row());
  if (!table.chart) return;
  auto& chart = *out.mutable_chart();
  chart.set_kind(stored(kCharts, table.chart->kind));
  chart.set_title(table.chart->title);
  for (const std::uint32_t row : table.chart->rows) chart.add_row(row);
  for (const std::uint32_t column : table.chart->columns) chart.add_column(column);
}

void put(const ReportSection& section, pb::FrozenSection& out) {
  out.set_id(section.id);
  out.set_title(section.title);
  out.set_text(section.text);
  for (const ReportTable& table : section.tables) put(table, *out.add_table());
}

// Everything below is about bytes that may be anything: `read` says whether they can be ours. What
// they say in another way than ours shows when they are written again.
bool read(const pb::FrozenLine& line, ReportLine& out) {
  out.id = line.id();
  out.title = line.title();
  return read(kStyles, line.style(), out.style);
}

bool read(const pb::FrozenFormula& formula, CellFormula& out) {
  if (formula.place_size() % 3 != 0 || !read(kFormulas, formula.kind(), out.kind)) return false;
  for (int i = 0; i < formula.place_size(); i += 3) {
    out.of.push_back({formula.place(i), formula.place(i + 1), formula.place(i + 2)});
  }
  return true;
}

bool read(const pb::FrozenCell& cell, ReportCell& out) {
  if (cell.has_number()) {
    const auto number = parse_fraction(cell.number().fraction());
    if (!number) return false;
    out.number = *number;
  }
  if (cell.has_formula() && !read(cell.formula(), out.formula.emplace())) return false;
  if (cell.decimals() > kDecimalsMost) return false;
  out.decimals = static_cast<int>(cell.decimals());
  out.words = cell.words();
  out.day = day_from_number(cell.day());
  out.parts = cell.parts();
  out.is_small = cell.is_small();
  return out.day >= kLeastDay && out.day <= kMostDay && read(kStates, cell.state(), out.state) &&
         read(kUnits, cell.unit(), out.unit) && read(kOordelen, cell.oordeel(), out.oordeel);
}

bool read(const pb::FrozenRow& row, ReportRow& out) {
  ReportLine line;
  if (!read(row.line(), line)) return false;
  out.id = std::move(line.id);
  out.title = std::move(line.title);
  out.style = line.style;
  for (const auto& one : row.toelichting()) {
    out.toelichtingen.push_back({one.tekst(), one.aanleiding(), one.gevolg(), one.verwachting()});
  }
  return std::ranges::all_of(
      row.cell(), [&](const auto& cell) { return read(cell, out.cells.emplace_back()); });
}

// Places of lines of which there are `count`, rising.
bool read_places(const google::protobuf::RepeatedField<std::uint32_t>& places, std::size_t count,
                 std::vector<std::uint32_t>& out) {
  out.assign(places.begin(), places.end());
  return std::ranges::adjacent_find(out, std::greater_equal{}) == out.end() &&
         (out.empty() || out.back() < count);
}

bool read(const pb::FrozenChart& chart, const ReportTable& table, Chart& out) {
  out.title = chart.title();
  return read(kCharts, chart.kind(), out.kind) &&
         read_places(chart.row(), table.rows.size(), out.rows) &&
         read_places(chart.column(), table.columns.size(), out.columns);
}

bool read(const pb::FrozenTable& table, ReportTable& out) {
  out.id = table.id();
  out.title = table.title();
  out.heading = table.heading();
  out.note = table.note();
  for (const auto& column : table.column()) {
    if (!read(column, out.columns.emplace_back())) return false;
  }
  for (const auto& row : table.row()) {
    if (row.cell_size() != table.column_size() || !read(row, out.rows.emplace_back())) return false;
  }
  return !table.has_chart() || read(table.chart(), out, out.chart.emplace());
}

bool read(const pb::FrozenSection& section, ReportSection& out) {
  out.id = section.id();
  out.title = section.title();
  out.text = section.text();
  return std::ranges::all_of(
      section.table(), [&](const auto& table) { return read(table, out.tables.emplace_back()); });
}

// Whether every formula leads to cells that are there.
bool leads_somewhere(const Report& report) {
  std::vector<const ReportTable*> tables;
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) tables.push_back(&table);
  }
  const auto is_there = [&](const CellPlace& place) {
    return place.table < tables.size() && place.row < tables[place.table]->rows.size() &&
           place.column < tables[place.table]->columns.size();
  };
  return std::ranges::all_of(tables, [&](const ReportTable* table) {
    return std::ranges::all_of(table->rows, [&](const ReportRow& row) {
      return std::ranges::all_of(row.cells, [&](const ReportCell& cell) {
        return !cell.formula || std::ranges::all_of(cell.formula->of, is_there);
      });
    });
  });
}

bool read(const pb::FrozenReport& frozen, FrozenReport& out) {
  Report& report = out.report;
  report.name = frozen.name();
  report.title = frozen.title();
  report.version = frozen.version();
  report.catalogus = frozen.catalogus();
  report.waar = frozen.waar();
  report.period = {day_from_number(frozen.van()), day_from_number(frozen.tm())};
  report.known = Position{frozen.known()};
  report.boomkop = frozen.boomkop();
  report.suppressed = frozen.suppressed();
  for (const auto& begrip : frozen.begrip()) {
    report.begrippen.push_back({begrip.name(), begrip.title(), begrip.definition(), begrip.unit()});
  }
  for (const auto& figure : frozen.figure()) {
    auto& published = out.figures.emplace_back(figure.question(), std::nullopt);
    if (!figure.has_number()) continue;
    published.number = parse_fraction(figure.number().fraction());
    if (!published.number) return false;
  }
  return report.period.van <= report.period.tm && report.period.van >= kLeastDay &&
         report.period.tm <= kMostDay &&
         std::ranges::all_of(
             frozen.section(),
             [&](const auto& section) { return read(section, report.sections.emplace_back()); }) &&
         leads_somewhere(report);
}

Error damaged() { return {ErrorCode::kCorrupt, "the figures of a frozen report are damaged"}; }

}  // namespace

const PublishedFigure* FrozenReport::find_figure(std::string_view question) const {
  const auto found = std::ranges::lower_bound(
      figures, question, {},
      [](const PublishedFigure& one) -> std::string_view { return one.question; });
  return found == figures.end() || found->question != question ? nullptr : &*found;
}

std::string encode_frozen(const Report& report, std::vector<PublishedFigure> figures) {
  pb::FrozenReport out;
  out.set_form(kForm);
  out.set_name(report.name);
  out.set_title(report.title);
  out.set_version(report.version);
  out.set_catalogus(report.catalogus);
  out.set_waar(report.waar);
  out.set_van(day_number(report.period.van));
  out.set_tm(day_number(report.period.tm));
  out.set_known(report.known.value);
  out.set_boomkop(report.boomkop);
  out.set_suppressed(report.suppressed);
  for (const ReportSection& section : report.sections) put(section, *out.add_section());
  for (const Begrip& one : report.begrippen) {
    auto& begrip = *out.add_begrip();
    begrip.set_name(one.name);
    begrip.set_title(one.title);
    begrip.set_definition(one.definition);
    begrip.set_unit(one.unit);
  }
  std::ranges::stable_sort(figures, {}, &PublishedFigure::question);
  const auto twice = std::ranges::unique(figures, {}, &PublishedFigure::question);
  figures.erase(twice.begin(), twice.end());
  for (const PublishedFigure& one : figures) {
    auto& figure = *out.add_figure();
    figure.set_question(one.question);
    if (one.number) figure.mutable_number()->set_fraction(fraction_of(*one.number));
  }
  return out.SerializeAsString();
}

Result<FrozenReport> decode_frozen(std::string_view bytes) {
  pb::FrozenReport frozen;
  if (!frozen.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return damaged();
  if (frozen.form() > kForm) {
    return Error{ErrorCode::kNewer, "a frozen report in form " + std::to_string(frozen.form()) +
                                        " of a newer version; upgrade trede"};
  }
  FrozenReport out;
  // Written again they are the same bytes, else they say something that we do not know or in a way
  // that is not ours.
  if (frozen.form() != kForm || !read(frozen, out) ||
      encode_frozen(out.report, out.figures) != bytes) {
    return damaged();
  }
  return out;
}

}  // namespace trede
