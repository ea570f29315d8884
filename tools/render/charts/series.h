// The cells that a chart draws.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/reports/report.h"

namespace trede::render {

// One number to draw.
struct Drawn {
  std::optional<Rational> number;  // absent: a gap
  std::string shown;               // as the table prints it
  bool unknown = false;            // there is a number, which nobody knows or may know

  double value() const;  // 0 without a number
};

struct ChartSeries {
  std::vector<std::string> rows;  // titles
  std::vector<std::string> columns;
  std::vector<std::vector<Drawn>> cells;  // [row][column]
  CellUnit unit = CellUnit::kAantal;      // of the first number
  int decimals = 0;                       // the most of any number

  bool has_numbers() const;
  // The numbers of a column added up; none where there are none or one is unknown.
  Drawn column_total(std::size_t column) const;
  std::string shown(const Rational& number) const;
};

// Rows and columns that the table does not have are left out. Requires: table.chart.
ChartSeries series_of(const ReportTable& table);

}  // namespace trede::render
