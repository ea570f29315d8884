#include "tools/render/words.h"

namespace trede::render {

namespace {

std::string field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

// As a program reads it: a decimal point, no unit, days as YYYY-MM-DD.
std::string value_of(const ReportCell& cell) {
  if (cell.state == CellState::kText) return cell.words;
  if (cell.state == CellState::kDay) return format_day(cell.day);
  return cell.text();
}

class Lines {
 public:
  Lines(const ReportSection& section, const ReportTable& table)
      : section_(section), table_(table) {}

  std::string text() {
    for (const ReportRow& row : table_.rows) {
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        add(row, table_.columns[c].id, table_.columns[c].title, row.cells[c]);
      }
      for (std::size_t n = 0; n < row.toelichtingen.size(); ++n) {
        add(row, row.toelichtingen[n], "toelichting/" + std::to_string(n + 1) + "/");
      }
    }
    return out_;
  }

 private:
  void add(const ReportRow& row, std::string_view column, std::string_view title,
           const ReportCell& cell) {
    out_ += field(section_.id) + "," + field(table_.id) + "," + field(row.id) + "," +
            field(column) + "," + field(row.title) + "," + field(title) + "," +
            field(value_of(cell)) + "," + std::string(unit_code(cell.unit)) + "," +
            std::string(state_code(cell.state)) + "," + std::string(oordeel_code(cell.oordeel)) +
            "," + field(cell.parts) + "\n";
  }

  // What was said about a row stands behind its cells, as cells of words. No column has an id with
  // a slash.
  void add(const ReportRow& row, const Toelichting& toelichting, const std::string& path) {
    const auto say = [&](const char* id, const char* title, const std::string& words) {
      ReportCell cell{CellState::kText, {}, 0, CellUnit::kAantal};
      cell.words = words;
      if (!words.empty()) add(row, path + id, title, cell);
    };
    say("tekst", "Toelichting", toelichting.tekst);
    say("aanleiding", "Aanleiding", toelichting.aanleiding);
    say("gevolg", "Gevolg", toelichting.gevolg);
    say("verwachting", "Verwachting", toelichting.verwachting);
  }

  const ReportSection& section_;
  const ReportTable& table_;
  std::string out_;
};

}  // namespace

std::string report_csv(const Report& report) {
  std::string out =
      "sectie,tabel,rij,kolom,rij_titel,kolom_titel,waarde,eenheid,toestand,oordeel,delen\n";
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) out += Lines(section, table).text();
  }
  return out;
}

}  // namespace trede::render
