#include "projections/evidence/cells.h"

#include <set>

namespace trede {

std::map<std::string, NamedCell> cells_by_name(const Report& report) {
  std::map<std::string, NamedCell> out;
  std::uint32_t t = 0;
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) {
      for (std::uint32_t r = 0; r < table.rows.size(); ++r) {
        const ReportRow& row = table.rows[r];
        for (std::uint32_t c = 0; c < table.columns.size(); ++c) {
          out.emplace(table.id + "/" + row.id + "/" + table.columns[c].id,
                      NamedCell{&row.cells[c], {t, r, c}});
        }
      }
      ++t;
    }
  }
  return out;
}

Result<std::vector<std::string>> expand_cells(const Report& report,
                                              const std::vector<std::string>& asked) {
  const auto cells = cells_by_name(report);
  std::set<std::string> names;
  for (const std::string& one : asked) {
    const std::string under = one + "/";
    bool is_there = cells.contains(one);
    if (is_there) names.insert(one);
    for (auto cell = cells.lower_bound(under);
         cell != cells.end() && cell->first.starts_with(under); ++cell) {
      names.insert(cell->first);
      is_there = true;
    }
    if (is_there) continue;
    return Error{ErrorCode::kInvalid, "`" + one + "` names no table, row or cell of report " +
                                          report.name + ", expected table, table/row or " +
                                          "table/row/column as its CSV has them"};
  }
  return std::vector<std::string>(names.begin(), names.end());
}

bool say_the_same(const ReportCell& one, const ReportCell& other) {
  return one.state == other.state && one.number == other.number && one.decimals == other.decimals &&
         one.unit == other.unit && one.oordeel == other.oordeel && one.words == other.words &&
         one.day == other.day && one.parts == other.parts;
}

}  // namespace trede
