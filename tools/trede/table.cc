#include "tools/trede/table.h"

#include <algorithm>

#include "engine/base/check.h"
#include "tools/trede/text.h"

namespace trede::tool {

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
  for (const auto& column : columns_) widths_.push_back(text_width(column.title));
}

void Table::add(std::vector<std::string> cells) {
  TREDE_CHECK(cells.size() == columns_.size(), "a table row with another number of cells");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    widths_[i] = std::max(widths_[i], text_width(cells[i]));
  }
  rows_.push_back(std::move(cells));
}

std::string Table::line(const std::vector<std::string>& cells) const {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += "  ";
    const std::string fill(widths_[i] - text_width(cells[i]), ' ');
    out += columns_[i].is_number ? fill + cells[i] : cells[i] + fill;
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string Table::text() const {
  std::vector<std::string> titles;
  std::vector<std::string> rules;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    titles.push_back(columns_[i].title);
    rules.emplace_back(widths_[i], '-');
  }
  std::string out = line(titles) + line(rules);
  for (const auto& row : rows_) out += line(row);
  return out;
}

}  // namespace trede::tool
