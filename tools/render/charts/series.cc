#include "tools/render/charts/series.h"

#include <algorithm>
#include <utility>

#include "tools/render/words.h"

namespace trede::render {

double Drawn::value() const { return number ? approximate(*number) : 0; }

bool ChartSeries::has_numbers() const {
  return std::ranges::any_of(cells, [](const std::vector<Drawn>& row) {
    return std::ranges::any_of(row, [](const Drawn& cell) { return cell.number.has_value(); });
  });
}

std::string ChartSeries::shown(const Rational& number) const {
  const std::string text = with_minus_sign(dutch_number(number.text(decimals)));
  return unit == CellUnit::kProcent ? text + "%" : text;
}

Drawn ChartSeries::column_total(std::size_t column) const {
  Drawn total;
  for (const std::vector<Drawn>& row : cells) {
    if (row[column].unknown) return {};
    if (!row[column].number) continue;
    total.number = total.number.value_or(Rational()) + *row[column].number;
  }
  if (total.number) total.shown = shown(*total.number);
  return total;
}

ChartSeries series_of(const ReportTable& table) {
  ChartSeries out;
  std::vector<std::uint32_t> columns;
  for (const std::uint32_t column : table.chart->columns) {
    if (column >= table.columns.size()) continue;
    columns.push_back(column);
    out.columns.push_back(table.columns[column].title);
  }
  bool first = true;
  for (const std::uint32_t index : table.chart->rows) {
    if (index >= table.rows.size()) continue;
    const ReportRow& row = table.rows[index];
    out.rows.push_back(row.title);
    std::vector<Drawn>& cells = out.cells.emplace_back();
    for (const std::uint32_t column : columns) {
      const ReportCell& cell = row.cells[column];
      const bool number = cell.state == CellState::kNumber;
      ReportCell whole = cell;
      whole.parts.clear();  // what it is put together of stands in the table
      cells.push_back(
          {number ? std::optional(cell.number) : std::nullopt, with_minus_sign(dutch_cell(whole)),
           cell.state == CellState::kGeenGegevens || cell.state == CellState::kOnderdrukt});
      if (!number) continue;
      if (std::exchange(first, false)) out.unit = cell.unit;
      out.decimals = std::max(out.decimals, cell.decimals);
    }
  }
  return out;
}

}  // namespace trede::render
