#include <boost/json.hpp>

#include "tools/render/words.h"

namespace trede::render {

namespace {

std::string in_quotes(std::string_view text) {
  return boost::json::serialize(boost::json::string(text));
}

std::string member(std::string_view name, std::string_view text) {
  return in_quotes(name) + ":" + in_quotes(text);
}

// Nothing for a member without words.
std::string and_member(std::string_view name, std::string_view text) {
  return text.empty() ? "" : "," + member(name, text);
}

template <typename Items, typename Write>
std::string list(const Items& items, const Write& write) {
  std::string out = "[";
  for (const auto& item : items) out += (out.size() == 1 ? "" : ",") + write(item);
  return out + "]";
}

std::string_view style_code(LineStyle style) {
  switch (style) {
    case LineStyle::kPlain: return "";
    case LineStyle::kTotal: return "totaal";
    case LineStyle::kPart: return "deel";
    case LineStyle::kHeading: return "kop";
  }
  std::unreachable();
}

std::string value_json(const ReportCell& cell) {
  switch (cell.state) {
    // A number as it is printed: its digits are exact, also those after the point.
    case CellState::kNumber: return cell.text();
    case CellState::kText: return in_quotes(cell.words);
    case CellState::kDay: return in_quotes(format_day(cell.day));
    case CellState::kLeeg:
    case CellState::kNvt:
    case CellState::kGeenGegevens:
    case CellState::kOnderdrukt: return "null";
  }
  std::unreachable();
}

std::string cell_json(const ReportCell& cell, const ReportLine& column) {
  return "{" + member("kolom", column.id) + ",\"waarde\":" + value_json(cell) + "," +
         member("eenheid", unit_code(cell.unit)) + "," +
         member("toestand", state_code(cell.state)) + and_member("gedrukt", read_cell(cell)) +
         and_member("oordeel", oordeel_code(cell.oordeel)) + and_member("delen", cell.parts) + "}";
}

std::string toelichting_json(const Toelichting& said) {
  return "{" + member("tekst", said.tekst) + and_member("aanleiding", said.aanleiding) +
         and_member("gevolg", said.gevolg) + and_member("verwachting", said.verwachting) + "}";
}

std::string line_json(std::string_view id, std::string_view title, LineStyle style) {
  return member("id", id) + "," + member("titel", title) + and_member("stijl", style_code(style));
}

std::string table_json(const ReportTable& table) {
  const auto column = [](const ReportLine& line) {
    return "{" + line_json(line.id, line.title, line.style) + "}";
  };
  const auto row = [&](const ReportRow& line) {
    std::string cells = "[";
    for (std::size_t c = 0; c < line.cells.size(); ++c) {
      cells += (c == 0 ? "" : ",") + cell_json(line.cells[c], table.columns[c]);
    }
    const std::string said =
        line.toelichtingen.empty()
            ? ""
            : ",\"toelichtingen\":" + list(line.toelichtingen, toelichting_json);
    return "{" + line_json(line.id, line.title, line.style) + ",\"cellen\":" + cells + "]" + said +
           "}";
  };
  return "{" + member("id", table.id) + "," + member("titel", table.title) +
         ",\"kolommen\":" + list(table.columns, column) + ",\"rijen\":" + list(table.rows, row) +
         "," + member("noot", table.note) + "}";
}

std::string section_json(const ReportSection& section) {
  return "{" + member("id", section.id) + "," + member("titel", section.title) +
         and_member("tekst", section.text) + ",\"tabellen\":" + list(section.tables, table_json) +
         "}";
}

std::string begrip_json(const Begrip& begrip) {
  return "{" + member("naam", begrip.name) + "," + member("titel", begrip.title) + "," +
         member("definitie", begrip.definition) + "," + member("eenheid", begrip.unit) + "}";
}

std::string vastgesteld_json(const std::optional<Vaststelling>& vastgesteld) {
  if (!vastgesteld) return "null";
  return "{\"positie\":" + std::to_string(vastgesteld->position.value) + "," +
         member("moment", format_moment(vastgesteld->moment)) + "}";
}

}  // namespace

std::string report_json(const Report& report, const Provenance& provenance) {
  return "{" + member("rapport", report.name) + "," + member("titel", report.title) + "," +
         member("definitie", report.version) + "," + member("van", format_day(report.period.van)) +
         "," + member("tm", format_day(report.period.tm)) + "," +
         member("bekend_op", provenance.bekend_op) +
         ",\"positie\":" + std::to_string(report.known.value) + "," +
         member("catalogus", report.catalogus) + "," + member("waar", report.waar) +
         ",\"generatie\":" + std::to_string(report.generation) + "," +
         member("boomkop", report.boomkop) +
         ",\"vastgesteld\":" + vastgesteld_json(report.vastgesteld) +
         ",\"onderdrukt\":" + (report.suppressed ? "true" : "false") +
         ",\"secties\":" + list(report.sections, section_json) +
         ",\"begrippen\":" + list(report.begrippen, begrip_json) + "}\n";
}

}  // namespace trede::render
