// Cells of a report by the names that its definition gives them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "projections/reports/report.h"

namespace trede {

// Every cell by `table/row/column`; of names that stand twice the first. Points into `report`.
struct NamedCell {
  const ReportSection* section;
  const ReportTable* table;
  const ReportRow* row;
  const ReportLine* column;
  const ReportCell* cell;
  CellPlace place;
};
std::map<std::string, NamedCell> cells_by_name(const Report& report);

// The names of the cells that `asked` (cells, rows or tables) stand for, each once, in order.
// Errors: kInvalid for one that names nothing in `report`.
Result<std::vector<std::string>> expand_cells(const Report& report,
                                              const std::vector<std::string>& asked);

// Whether both say the same to who reads them, with all the words around them, and hold the same
// number behind it.
bool say_the_same(const NamedCell& one, const NamedCell& other);

// The report with only these cells (`names`, of it): rows, columns and tables without any are left
// out, and so are words, drawings and toelichtingen beside them.
Report only_cells(const Report& report, const std::vector<std::string>& names);

}  // namespace trede
