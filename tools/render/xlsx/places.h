// Where each cell of a report stands in a workbook.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "projections/reports/report.h"

namespace trede::render {

// All from 0.
struct SheetCell {
  std::size_t sheet = 0;
  std::uint32_t row = 0;
  std::uint16_t column = 0;
  bool operator==(const SheetCell&) const = default;
};

// Per section, from the top: its title, its words, then per table its title, its columns, its rows
// and lines_below; between all of them an empty row.
class WorkbookPlaces {
 public:
  // Lives shorter than `report`.
  explicit WorkbookPlaces(const Report& report);

  // The first row of a table that holds cells. Requires: such a table.
  std::uint32_t first_row(std::size_t table) const { return tables_[table].first_row; }
  // Absent: the report has no such cell.
  const ReportCell* find(const CellPlace& place) const;
  // Requires: find(place).
  SheetCell place(const CellPlace& place) const;

  // `'Sociale werkvoorziening'!B4`, or `B4` seen from its own sheet.
  std::string name(const SheetCell& cell, std::size_t seen_from) const;

  const std::vector<std::string>& sheets() const { return sheets_; }

 private:
  struct PlacedTable {
    const ReportTable* table;
    std::size_t sheet;
    std::uint32_t first_row;
  };

  std::vector<std::string> sheets_;  // names, a section each
  std::vector<PlacedTable> tables_;
};

// Under the rows of a table: its note, and what was said about its rows.
std::vector<std::string> lines_below(const ReportTable& table);

// A name that Excel takes, and that is not among `taken`.
std::string sheet_name(const std::string& title, const std::vector<std::string>& taken);

}  // namespace trede::render
