#include "projections/evidence/cells.h"

#include <set>

namespace trede {

namespace {

std::string table_names(const Report& report) {
  std::string names;
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) names += (names.empty() ? "" : ", ") + table.id;
  }
  return names;
}

}  // namespace

std::map<std::string, NamedCell> cells_by_name(const Report& report) {
  std::map<std::string, NamedCell> out;
  std::uint32_t t = 0;
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) {
      for (std::uint32_t r = 0; r < table.rows.size(); ++r) {
        const ReportRow& row = table.rows[r];
        for (std::uint32_t c = 0; c < table.columns.size(); ++c) {
          out.emplace(
              table.id + "/" + row.id + "/" + table.columns[c].id,
              NamedCell{&section, &table, &row, &table.columns[c], &row.cells[c], {t, r, c}});
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
    return Error{ErrorCode::kInvalid,
                 "`" + one + "` names no table, row or cell of report " + report.name +
                     ", expected TABLE, TABLE/ROW or TABLE/ROW/COLUMN; its tables are " +
                     table_names(report)};
  }
  return std::vector<std::string>(names.begin(), names.end());
}

bool say_the_same(const NamedCell& a, const NamedCell& b) {
  const ReportCell& one = *a.cell;
  const ReportCell& other = *b.cell;
  const bool same_words = a.section->title == b.section->title &&
                          a.table->title == b.table->title &&
                          a.table->heading == b.table->heading && a.table->note == b.table->note &&
                          a.row->title == b.row->title && a.row->style == b.row->style &&
                          a.column->title == b.column->title && a.column->style == b.column->style;
  return same_words && one.state == other.state && one.number == other.number &&
         one.decimals == other.decimals && one.unit == other.unit && one.oordeel == other.oordeel &&
         one.words == other.words && one.day == other.day && one.parts == other.parts;
}

namespace {

// The columns of `table` in which some row has a cell of `kept`.
std::vector<bool> columns_with(const ReportTable& table, const std::set<std::string>& kept) {
  std::vector<bool> has(table.columns.size());
  for (const ReportRow& row : table.rows) {
    for (std::size_t c = 0; c < has.size(); ++c) {
      if (kept.contains(table.id + "/" + row.id + "/" + table.columns[c].id)) has[c] = true;
    }
  }
  return has;
}

// Leaves in `table` the rows and columns with a cell of `kept`, and empties the other cells.
void keep_cells(ReportTable& table, const std::set<std::string>& kept) {
  const std::vector<bool> has = columns_with(table, kept);
  std::vector<ReportRow> rows;
  for (const ReportRow& row : table.rows) {
    ReportRow out{row.id, row.title, {}, row.style};
    bool has_any = false;
    for (std::size_t c = 0; c < has.size(); ++c) {
      if (!has[c]) continue;
      const bool keeps = kept.contains(table.id + "/" + row.id + "/" + table.columns[c].id);
      out.cells.push_back(keeps ? row.cells[c] : ReportCell{});
      out.cells.back().formula.reset();  // its parts may be left out
      has_any = has_any || keeps;
    }
    if (has_any) rows.push_back(std::move(out));
  }
  std::vector<ReportLine> columns;
  for (std::size_t c = 0; c < has.size(); ++c) {
    if (has[c]) columns.push_back(table.columns[c]);
  }
  table.rows = std::move(rows);
  table.columns = std::move(columns);
  table.chart.reset();
}

}  // namespace

Report only_cells(const Report& report, const std::vector<std::string>& names) {
  const std::set<std::string> kept(names.begin(), names.end());
  Report out = report;
  for (ReportSection& section : out.sections) {
    section.text.clear();
    for (ReportTable& table : section.tables) keep_cells(table, kept);
    std::erase_if(section.tables, [](const ReportTable& table) { return table.rows.empty(); });
  }
  std::erase_if(out.sections, [](const ReportSection& section) { return section.tables.empty(); });
  return out;
}

}  // namespace trede
