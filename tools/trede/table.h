// A table for a person: columns as wide as their widest cell, numbers to the right.
#pragma once

#include <string>
#include <vector>

namespace trede::tool {

class Table {
 public:
  struct Column {
    std::string title;
    bool is_number = false;
  };

  explicit Table(std::vector<Column> columns);
  // Requires: one cell per column.
  void add(std::vector<std::string> cells);
  // With a header, a rule under it, and no spaces at the ends of lines.
  std::string text() const;

 private:
  std::string line(const std::vector<std::string>& cells) const;

  std::vector<Column> columns_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace trede::tool
