#include "tools/trede/report/difference_report.h"

#include <set>

#include "engine/event/event.h"
#include "tools/trede/event_cells.h"

namespace trede::tool {

namespace {

ReportCell words(std::string text) {
  ReportCell out;
  out.state = CellState::kText;
  out.words = std::move(text);
  return out;
}

ReportCell count(std::uint64_t number) {
  ReportCell out;
  out.state = CellState::kNumber;
  out.number = Rational(static_cast<Int128>(number));
  return out;
}

ReportCell day_cell(std::optional<Day> day) {
  ReportCell out;
  if (!day) return out;
  out.state = CellState::kDay;
  out.day = *day;
  return out;
}

Rational printed(const ReportCell& cell) {
  const auto number = parse_rational(cell.text());
  return number ? *number : cell.number;
}

// What came on top; leeg when one of both is no number.
ReportCell difference_of(const CellDifference& one) {
  ReportCell out = one.after;
  out.formula.reset();
  out.oordeel = Oordeel::kGeen;
  out.parts.clear();
  const bool numbers =
      one.before.state == CellState::kNumber && one.after.state == CellState::kNumber;
  if (!numbers) return ReportCell();
  // Of the numbers as printed, so that the three agree.
  out.number = printed(one.after) - printed(one.before);
  if (out.unit == CellUnit::kProcent) out.unit = CellUnit::kProcentpunt;
  return out;
}

std::string positions_text(const std::vector<Position>& positions) {
  constexpr std::size_t kShown = 12;
  std::string out;
  for (std::size_t i = 0; i < positions.size() && i < kShown; ++i) {
    out += (i == 0 ? "" : ", ") + std::to_string(positions[i].value);
  }
  if (positions.size() > kShown) {
    out += " en nog " + std::to_string(positions.size() - kShown);
  }
  return out;
}

void add_differences(Report& report, const std::vector<CellDifference>& all,
                     const BothMoments& moments) {
  ReportSection& section = report.sections.emplace_back();
  section.id = "verschillen";
  section.title = "Verschillen";
  section.text =
      "Eerst: " + moments.before + ".\nDaarna: " + moments.after + ".\n" +
      (all.empty() ? "Er is geen verschil." : std::to_string(all.size()) + " cijfers verschillen.");
  for (const CellDifference& one : all) {
    if (section.tables.empty() || section.tables.back().title != one.table) {
      ReportTable& table = section.tables.emplace_back();
      table.id = "verschil-" + std::to_string(section.tables.size());
      table.title = one.table;
      table.heading = "Cijfer";
      table.columns = {{"eerst", "Eerst"},
                       {"daarna", "Daarna"},
                       {"verschil", "Verschil"},
                       {"gebeurtenissen", "Gebeurtenissen (positie)"}};
    }
    ReportTable& table = section.tables.back();
    ReportCell before = one.before;
    ReportCell after = one.after;
    before.formula.reset();
    after.formula.reset();
    table.rows.push_back({"cijfer-" + std::to_string(table.rows.size() + 1),
                          one.row + ", " + one.column,
                          {before, after, difference_of(one), words(positions_text(one.events))}});
  }
}

Result<ReportRow> event_row(Position position, const EventLog& log, const NameStream& name) {
  const auto stored = log.load(position);
  if (!stored) return std::unexpected(stored.error());
  const auto event = decode_event(stored->bytes);
  if (!event) return std::unexpected(event.error());
  const auto stream = name(stream_of(*event));
  if (!stream) return std::unexpected(stream.error());
  return ReportRow{
      std::to_string(position.value),
      kind_text(event->body()),
      {count(position.value), day_cell(civil_day(moment_of(*event))), day_cell(day_of(*event)),
       words(*stream), words(attributes_text(event->body()))}};
}

}  // namespace

Result<Report> difference_report(const Report& after, const std::vector<CellDifference>& all,
                                 const BothMoments& moments, const EventLog& log,
                                 const NameStream& name) {
  Report out = after;
  out.sections.clear();
  out.title += ": wat er verschilt";
  add_differences(out, all, moments);
  std::set<Position> events;
  for (const CellDifference& one : all) events.insert(one.events.begin(), one.events.end());
  if (events.empty()) return out;
  ReportSection& section = out.sections.emplace_back();
  section.id = "gebeurtenissen";
  section.title = "De gebeurtenissen erachter";
  ReportTable& table = section.tables.emplace_back();
  table.id = "gebeurtenissen";
  table.title = "Vastgelegd tussen de twee momenten";
  table.heading = "Soort";
  table.columns = {{"positie", "Positie"},
                   {"vastgelegd-op", "Vastgelegd op"},
                   {"geldig-op", "Geldig op"},
                   {"stroom", "Stroom"},
                   {"gegevens", "Gegevens"}};
  for (const Position position : events) {
    auto row = event_row(position, log, name);
    if (!row) return std::unexpected(row.error());
    table.rows.push_back(std::move(*row));
  }
  return out;
}

}  // namespace trede::tool
