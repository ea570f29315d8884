// CSV and JSON.
#include <boost/json.hpp>

#include "tools/render/render.h"

namespace trede::render {

namespace {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string(text));
}

std::string member(std::string_view name, std::string_view text) {
  return quoted(name) + ":" + quoted(text);
}

std::string cell_json(const ReportCell& cell, const ReportLine& column) {
  std::string out = "{" + member("kolom", column.id);
  // A number as it is printed: its digits are exact, also those after the point.
  out += ",\"waarde\":" + (cell.state == CellState::kNumber ? cell.text() : "null");
  return out + "," + member("eenheid", unit_code(cell.unit)) + "," +
         member("toestand", state_code(cell.state)) + "}";
}

template <typename Items, typename Write>
std::string list(const Items& items, const Write& write) {
  std::string out = "[";
  for (const auto& item : items) out += (out.size() == 1 ? "" : ",") + write(item);
  return out + "]";
}

std::string table_json(const ReportTable& table) {
  const auto column = [](const ReportLine& line) {
    return "{" + member("id", line.id) + "," + member("titel", line.title) + "}";
  };
  const auto row = [&](const ReportRow& line) {
    std::string cells = "[";
    for (std::size_t c = 0; c < line.cells.size(); ++c) {
      cells += (c == 0 ? "" : ",") + cell_json(line.cells[c], table.columns[c]);
    }
    return "{" + member("id", line.id) + "," + member("titel", line.title) +
           ",\"cellen\":" + cells + "]}";
  };
  return "{" + member("id", table.id) + "," + member("titel", table.title) +
         ",\"kolommen\":" + list(table.columns, column) + ",\"rijen\":" + list(table.rows, row) +
         "," + member("noot", table.note) + "}";
}

}  // namespace

std::string report_csv(const Report& report) {
  std::string out = "sectie,tabel,rij,kolom,rij_titel,kolom_titel,waarde,eenheid,toestand\n";
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) {
      for (const ReportRow& row : table.rows) {
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
          const ReportCell& cell = row.cells[c];
          out += csv_cell(section.id) + "," + csv_cell(table.id) + "," + csv_cell(row.id) + "," +
                 csv_cell(table.columns[c].id) + "," + csv_cell(row.title) + "," +
                 csv_cell(table.columns[c].title) + "," + cell.text() + "," +
                 std::string(unit_code(cell.unit)) + "," + std::string(state_code(cell.state)) +
                 "\n";
        }
      }
    }
  }
  return out;
}

std::string report_json(const Report& report, const Provenance& provenance) {
  const auto section = [](const ReportSection& s) {
    return "{" + member("id", s.id) + "," + member("titel", s.title) +
           ",\"tabellen\":" + list(s.tables, table_json) + "}";
  };
  return "{" + member("rapport", report.name) + "," + member("titel", report.title) + "," +
         member("definitie", report.version) + "," + member("van", format_day(report.period.van)) +
         "," + member("tm", format_day(report.period.tm)) + "," +
         member("bekend_op", provenance.bekend_op) +
         ",\"positie\":" + std::to_string(report.known.value) +
         ",\"secties\":" + list(report.sections, section) + "}\n";
}

}  // namespace trede::render
