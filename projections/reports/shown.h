// Which tables, rows and columns of a definition a report over a period shows, and a cell in its
// unit.
#pragma once

#include <cstddef>
#include <vector>

#include "projections/reports/evaluator.h"
#include "projections/reports/report.h"

namespace trede {

// By index of the evaluator's tables, and of the lines of the table.
struct ShownTable {
  std::size_t table;
  std::vector<std::size_t> rows;
  std::vector<std::size_t> columns;
  bool nothing_deviates = false;  // a threshold left no row
};

// Those that are for a report over so many months (0 = another period), with the columns in which
// something stands and the rows that deviate enough, where the definition asks for that.
// Errors: those of Evaluator::cell.
Result<std::vector<ShownTable>> shown_tables(Evaluator& evaluator, unsigned months);

// Whether something that names `months` is for a report over so many.
bool is_for_months(const google::protobuf::RepeatedField<std::uint32_t>& months, unsigned count);

// The cell of row and column, in the unit in which it is printed.
ReportCell in_unit(const Worked& worked, const pb::Row& row, const pb::Column& column);

LineStyle style_of(const pb::Row& row);

}  // namespace trede
