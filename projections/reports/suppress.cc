#include "projections/reports/suppress.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace trede {

namespace {

bool is_out(const ReportCell& cell) { return cell.state == CellState::kOnderdrukt; }

bool is_count(const ReportCell& cell) {
  return (cell.state == CellState::kNumber || is_out(cell)) && cell.unit == CellUnit::kAantal;
}

// Takes the number away, also from who looks behind the print.
void take_out(ReportCell& cell) {
  cell.state = CellState::kOnderdrukt;
  cell.number = Rational();
  cell.oordeel = Oordeel::kGeen;
  cell.formula.reset();
  cell.is_small = false;
  cell.parts.clear();
}

// One row or column of a table.
using Cells = std::vector<ReportCell*>;

bool is_less(const ReportCell& a, const ReportCell& b) {
  return (a.number - b.number).is_negative();
}

// A single number that is left out among counts could be told from the others and their total.
// Returns: whether one more went.
bool cover_single(const Cells& line) {
  std::size_t left_out = 0;
  ReportCell* smallest = nullptr;
  for (ReportCell* cell : line) {
    if (!is_count(*cell)) continue;
    if (is_out(*cell)) {
      ++left_out;
    } else if (!cell->number.is_zero() && (smallest == nullptr || is_less(*cell, *smallest))) {
      smallest = cell;
    }
  }
  if (left_out != 1 || smallest == nullptr) return false;
  take_out(*smallest);
  return true;
}

bool cover(ReportTable& table) {
  bool more = false;
  for (ReportRow& row : table.rows) {
    Cells line;
    for (ReportCell& cell : row.cells) line.push_back(&cell);
    more = cover_single(line) || more;
  }
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    Cells line;
    for (ReportRow& row : table.rows) line.push_back(&row.cells[c]);
    more = cover_single(line) || more;
  }
  return more;
}

// The cells of a report by their place.
class Tables {
 public:
  explicit Tables(Report& report) {
    for (ReportSection& section : report.sections) {
      for (ReportTable& table : section.tables) tables_.push_back(&table);
    }
  }
  std::vector<ReportTable*>& all() { return tables_; }
  ReportCell& at(const CellPlace& place) {
    return tables_[place.table]->rows[place.row].cells[place.column];
  }

 private:
  std::vector<ReportTable*> tables_;
};

// What follows from a number that is left out gives it away; a sum does only when no other part of
// it is left out.
bool gives_away(const CellFormula& formula, Tables& tables) {
  const auto out = std::ranges::count_if(
      formula.of, [&](const CellPlace& place) { return is_out(tables.at(place)); });
  if (formula.kind == CellFormula::Kind::kSum && formula.of.size() > 1) return out == 1;
  return out > 0;
}

bool follow_formulas(Tables& tables) {
  bool more = false;
  for (ReportTable* table : tables.all()) {
    for (ReportRow& row : table->rows) {
      for (ReportCell& cell : row.cells) {
        if (cell.state != CellState::kNumber || !cell.formula) continue;
        if (!gives_away(*cell.formula, tables)) continue;
        take_out(cell);
        more = true;
      }
    }
  }
  return more;
}

}  // namespace

void suppress(Report& report) {
  Tables tables(report);
  for (ReportTable* table : tables.all()) {
    for (ReportRow& row : table->rows) {
      for (ReportCell& cell : row.cells) {
        if (cell.state == CellState::kNumber && cell.is_small) take_out(cell);
      }
    }
  }
  // Each round leaves out at least one more, so it ends.
  for (bool more = true; more;) {
    more = follow_formulas(tables);
    for (ReportTable* table : tables.all()) more = cover(*table) || more;
  }
  report.suppressed = true;
}

}  // namespace trede
