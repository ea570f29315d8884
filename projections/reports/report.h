// A report as it was worked out: titles, and cells that hold an exact number or say why they hold
// none. What it looks like is up to the renderers.
#pragma once

#include <string>
#include <vector>

#include "engine/base/time.h"
#include "projections/measures/query.h"
#include "projections/reports/rational.h"

namespace trede {

enum class CellState {
  kNumber,        // nul is a number
  kLeeg,          // nothing belongs here
  kNvt,           // the question does not apply
  kGeenGegevens,  // it applies, and nobody recorded an answer
};

enum class CellUnit { kAantal, kProcent, kProcentpunt, kFte, kEuroX1000, kDagen };

struct ReportCell {
  CellState state = CellState::kLeeg;
  Rational number;  // in `unit`, not rounded
  int decimals = 0;
  CellUnit unit = CellUnit::kAantal;

  // As printed, with a decimal point and without a unit; empty when there is no number.
  std::string text() const {
    return state == CellState::kNumber ? number.text(decimals) : std::string();
  }
};

struct ReportLine {
  std::string id;
  std::string title;
};

struct ReportRow {
  std::string id;
  std::string title;
  std::vector<ReportCell> cells;  // one per column
};

struct ReportTable {
  std::string id;
  std::string title;
  std::string heading;
  std::vector<ReportLine> columns;
  std::vector<ReportRow> rows;
  std::string note;
};

struct ReportSection {
  std::string id;
  std::string title;
  std::vector<ReportTable> tables;
};

struct Report {
  std::string name;
  std::string title;
  std::string version;  // of the definition
  Period period;
  Position known;
  std::uint64_t generation = 0;  // of the projections that answered; 0 = folded from the log
  std::vector<ReportSection> sections;
};

}  // namespace trede
