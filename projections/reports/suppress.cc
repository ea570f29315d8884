#include "projections/reports/suppress.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace trede {

namespace {

// How a small count is shown, and a number that would give one away.
constexpr const char* kSmall = "< 5";
constexpr const char* kCover = "x";

bool is_out(const ReportCell& cell) { return cell.state == CellState::kOnderdrukt; }

bool is_count(const ReportCell& cell) {
  return (cell.state == CellState::kNumber || is_out(cell)) && cell.unit == CellUnit::kAantal;
}

// Takes the number away, also from who looks behind the print.
void take_out(ReportCell& cell, const char* words) {
  cell.state = CellState::kOnderdrukt;
  cell.words = words;
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
  take_out(*smallest, kCover);
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

// How one number of the report follows from others, as long as it is not known that one of them is
// left out.
struct Equation {
  ReportCell* cell;
  CellFormula::Kind kind;
  Cells of;
};

std::vector<Equation> equations_of(Tables& tables) {
  std::vector<Equation> out;
  for (ReportTable* table : tables.all()) {
    for (ReportRow& row : table->rows) {
      for (ReportCell& cell : row.cells) {
        if (!cell.formula) continue;
        Equation one{&cell, cell.formula->kind, {}};
        for (const CellPlace& place : cell.formula->of) one.of.push_back(&tables.at(place));
        out.push_back(std::move(one));
      }
    }
  }
  return out;
}

// What follows from a number that is left out gives it away; a sum does only when no other part of
// it is left out. Returns: whether one more went.
bool follow(const Equation& equation) {
  const auto parts_out =
      std::ranges::count_if(equation.of, [](const ReportCell* part) { return is_out(*part); });
  const bool hides = equation.kind == CellFormula::Kind::kSum && equation.of.size() > 1;
  if (!is_out(*equation.cell)) {
    if (equation.cell->state != CellState::kNumber) return false;
    if (hides ? parts_out != 1 : parts_out == 0) return false;
    take_out(*equation.cell, kCover);
    return true;
  }
  // A sum that is left out could be told from its parts.
  if (equation.kind != CellFormula::Kind::kSum || parts_out > 0) return false;
  ReportCell* smallest = nullptr;
  for (ReportCell* part : equation.of) {
    if (part->state != CellState::kNumber || part->number.is_zero()) continue;
    if (smallest == nullptr || is_less(*part, *smallest)) smallest = part;
  }
  if (smallest == nullptr) return false;
  take_out(*smallest, kCover);
  return true;
}

}  // namespace

void suppress(Report& report) {
  Tables tables(report);
  const std::vector<Equation> equations = equations_of(tables);
  for (ReportTable* table : tables.all()) {
    for (ReportRow& row : table->rows) {
      for (ReportCell& cell : row.cells) {
        if (cell.state != CellState::kNumber || !cell.is_small) continue;
        take_out(cell, cell.unit == CellUnit::kAantal ? kSmall : kCover);
      }
      // Words may name any of these numbers, and who one of them is.
      if (!row.toelichtingen.empty()) {
        row.toelichtingen = {{.tekst = "De toelichting bij deze regel is weggelaten.",
                              .aanleiding = {},
                              .gevolg = {},
                              .verwachting = {}}};
      }
    }
  }
  for (ReportSection& section : report.sections) {
    if (!section.text.empty()) section.text = "De tekst bij dit onderdeel is weggelaten.";
  }
  // Each round leaves out at least one more, so it ends.
  for (bool more = true; more;) {
    more = false;
    for (const Equation& equation : equations) more = follow(equation) || more;
    for (ReportTable* table : tables.all()) more = cover(*table) || more;
  }
  report.suppressed = true;
}

}  // namespace trede
