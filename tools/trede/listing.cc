#include "tools/trede/listing.h"

#include <utility>

namespace trede::tool {

namespace {

std::string json_cell(const Table::Column& column, const std::string& cell) {
  if (cell.empty()) return "null";
  return column.is_number ? cell : json_string(cell);
}

}  // namespace

std::string Listing::table() const {
  Table table(columns);
  for (const auto& row : rows) table.add(row);
  return table.text();
}

std::string Listing::csv() const {
  std::vector<std::string> titles;
  for (const auto& column : columns) titles.push_back(column.title);
  std::string out = csv_line(titles);
  for (const auto& row : rows) out += csv_line(row);
  return out;
}

std::string Listing::json() const {
  std::string out = "[";
  for (const auto& row : rows) {
    out += &row == &rows.front() ? "\n  {" : ",\n  {";
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ",";
      out += json_string(columns[i].title) + ":" + json_cell(columns[i], row[i]);
    }
    out += "}";
  }
  return out + (rows.empty() ? "]" : "\n]");
}

std::string Listing::text(Format format) const {
  switch (format) {
    case Format::kTable: return table();
    case Format::kCsv: return csv();
    case Format::kJson: return json() + "\n";
  }
  std::unreachable();
}

}  // namespace trede::tool
