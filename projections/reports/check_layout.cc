#include <algorithm>
#include <set>
#include <string>

#include "projections/reports/check.h"

namespace trede {

namespace {

constexpr std::uint32_t kMostDecimals = 6;

bool is_id(std::string_view text, bool path) {
  const auto good = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '%' ||
           (c == '/' && path);
  };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, good);
}

class LayoutChecker {
 public:
  LayoutChecker(const pb::ReportDefinition& definition, std::vector<DefinitionFlaw>& flaws)
      : definition_(definition), flaws_(flaws) {}

  void check(const Place& place) {
    check_id(definition_.name(), place, "name", names_, false);
    check_title(definition_.title(), place);
    if (definition_.version().empty()) add(place.line("version"), "no version, expected one");
    if (definition_.section().empty()) add(place.line(), "no section, expected at least one");
    std::set<std::string> sections;
    for (int i = 0; i < definition_.section_size(); ++i) {
      const Place at = place.nested("section", i);
      const pb::Section& section = definition_.section(i);
      check_id(section.id(), at, "id", sections, false);
      check_title(section.title(), at);
      for (int j = 0; j < section.table_size(); ++j) {
        check_table(section.table(j), at.nested("table", j));
      }
    }
  }

 private:
  void add(int line, std::string message) { flaws_.push_back({line, std::move(message)}); }

  void check_id(const std::string& id, const Place& place, const char* field,
                std::set<std::string>& seen, bool path) {
    if (!is_id(id, path)) {
      add(place.line(field),
          "not an id: '" + id + "', expected 1 to 64 of a-z 0-9 - . %" + (path ? " /" : ""));
    } else if (!seen.insert(id).second) {
      add(place.line(field), "id '" + id + "' stands twice, expected each once");
    }
  }

  void check_title(const std::string& title, const Place& place) {
    if (title.empty()) add(place.line("title"), "no title, expected one");
  }

  void check_per(const std::string& per, const std::string& title, const Place& place) {
    if (per.empty()) return check_title(title, place);
    if (per != "gemeente") add(place.line("per"), "not '" + per + "', expected gemeente");
  }

  void check_format(const pb::Format& format, const Place& place) {
    if (format.decimals() > kMostDecimals) {
      add(place.line("decimals"), std::to_string(format.decimals()) + " decimals, expected 0 to " +
                                      std::to_string(kMostDecimals));
    }
  }

  void check_table(const pb::Table& table, const Place& place) {
    check_id(table.id(), place, "id", tables_, true);
    check_title(table.title(), place);
    if (table.column().empty()) add(place.line(), "no column, expected at least one");
    if (table.row().empty()) add(place.line(), "no row, expected at least one");
    std::set<std::string> columns;
    for (int i = 0; i < table.column_size(); ++i) {
      const Place at = place.nested("column", i);
      const pb::Column& column = table.column(i);
      check_id(column.id(), at, "id", columns, false);
      check_per(column.per(), column.title(), at);
      if (column.has_format()) check_format(column.format(), at.nested("format"));
    }
    std::set<std::string> rows;
    for (int i = 0; i < table.row_size(); ++i) {
      check_row(table.row(i), place.nested("row", i), columns, rows);
    }
  }

  void check_row(const pb::Row& row, const Place& place, const std::set<std::string>& columns,
                 std::set<std::string>& rows) {
    check_id(row.id(), place, "id", rows, false);
    check_per(row.per(), row.title(), place);
    if (row.has_format()) check_format(row.format(), place.nested("format"));
    std::set<std::string> seen;
    for (int i = 0; i < row.cell_size(); ++i) {
      const Place at = place.nested("cell", i);
      const pb::Cell& cell = row.cell(i);
      if (!cell.column().empty() && !columns.contains(cell.column())) {
        add(at.line("column"), "there is no column '" + cell.column() + "' in this table");
      } else if (!seen.insert(cell.column()).second) {
        add(at.line("column"), "column '" + cell.column() + "' stands twice in this row");
      }
      if (cell.has_format()) check_format(cell.format(), at.nested("format"));
    }
  }

  const pb::ReportDefinition& definition_;
  std::vector<DefinitionFlaw>& flaws_;
  std::set<std::string> names_;
  std::set<std::string> tables_;
};

}  // namespace

void check_layout(const pb::ReportDefinition& definition, const Place& place,
                  std::vector<DefinitionFlaw>& flaws) {
  LayoutChecker(definition, flaws).check(place);
}

}  // namespace trede
