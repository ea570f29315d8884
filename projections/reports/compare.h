// One report at two moments of knowing: which cells differ, and the events that made them differ.
#pragma once

#include <vector>

#include "projections/projections.h"
#include "projections/reports/evaluate.h"

namespace trede {

// A cell that is another, or is there once only (leeg where it is not).
struct CellDifference {
  std::string table;  // titles
  std::string row;
  std::string column;
  ReportCell before;
  ReportCell after;
  // What was recorded in between and moved a figure that it stands on, in order of position; also
  // what moved two of them so that they cancel.
  std::vector<Position> events;
};

// Cells with the same ids of table, row and column are one. In order of `after`, what it does not
// have at the end. Requires: `after` as known later, of the same definition name and period.
// Errors: those of Projections::diff.
Result<std::vector<CellDifference>> compare(const Report& before, const WorkedOut& after,
                                            Projections& projections);

}  // namespace trede
