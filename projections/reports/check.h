// What makes a definition of a report wrong, beyond its form as textproto.
#pragma once

#include <vector>

#include "projections/reports/definition.h"
#include "projections/reports/place.h"

namespace trede {

// Ids, titles, formats and references of sections, tables, rows and columns.
void check_layout(const pb::ReportDefinition& definition, const Place& place,
                  std::vector<DefinitionFlaw>& flaws);

// What stands in the cells. Requires: a sound layout.
void check_cells(const pb::ReportDefinition& definition, const Place& place,
                 std::vector<DefinitionFlaw>& flaws);

// What the row says about the column, by its id or about every column; null when nothing.
const pb::Cell* cell_of(const pb::Row& row, const pb::Column& column);
// The expression of a cell: the row's own, else the column's; null when there is none.
const pb::Expression* expression_of(const pb::Row& row, const pb::Column& column);

// The cells that the words of a section show: what stands in `{=...}`, in order.
std::vector<std::string> cells_in_text(const std::string& text);

// The parts of `table/row/column`. Errors: kInvalid.
struct CellPath {
  std::string table;
  std::string row;
  std::string column;
};
Result<CellPath> parse_cell_path(const std::string& text);

}  // namespace trede
