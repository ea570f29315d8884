#include "tools/render/render.h"

namespace trede::render {

namespace {

constexpr const char* kStyle =
    "body{font:16px/1.45 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}"
    "h1{font-size:1.7rem}h2{font-size:1.3rem;border-bottom:2px solid #1a1a1a;margin-top:2.5rem}"
    "table{border-collapse:collapse;margin:1.2rem 0;break-inside:avoid}"
    "caption{text-align:left;font-weight:600;padding:.3rem 0}"
    "th,td{padding:.25rem .7rem;border-bottom:1px solid #bbb;text-align:right;"
    "font-variant-numeric:tabular-nums}"
    "th:first-child{text-align:left}thead th{border-bottom:2px solid #555}"
    "tbody th{font-weight:400}p.noot,footer{font-size:.85rem;color:#444}"
    "@page{size:A4 landscape;margin:15mm}@media print{body{margin:0;max-width:none}}";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string table_html(const ReportTable& table) {
  // A corner without a word in it is a cell, not a heading.
  const std::string corner =
      table.heading.empty() ? "<td></td>" : "<th scope=\"col\">" + escaped(table.heading) + "</th>";
  std::string out =
      "<table>\n<caption>" + escaped(table.title) + "</caption>\n<thead><tr>" + corner;
  for (const ReportLine& column : table.columns) {
    out += "<th scope=\"col\">" + escaped(column.title) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (const ReportRow& row : table.rows) {
    out += "<tr><th scope=\"row\">" + escaped(row.title) + "</th>";
    for (const ReportCell& cell : row.cells) out += "<td>" + escaped(dutch_cell(cell)) + "</td>";
    out += "</tr>\n";
  }
  out += "</tbody>\n</table>\n";
  if (!table.note.empty()) out += "<p class=\"noot\">" + escaped(table.note) + "</p>\n";
  return out;
}

}  // namespace

std::string report_html(const Report& report, const Provenance& provenance) {
  std::string out =
      "<!doctype html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>" +
      escaped(report.title) + "</title>\n<style>" + kStyle +
      "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(report.title) + "</h1>\n";
  for (const ReportSection& section : report.sections) {
    out += "<section>\n<h2>" + escaped(section.title) + "</h2>\n";
    for (const ReportTable& table : section.tables) out += table_html(table);
    out += "</section>\n";
  }
  out += "</main>\n<footer><p>Periode " + dutch_period(report.period) + "; bekend op " +
         escaped(provenance.bekend_op) + "; positie " + std::to_string(report.known.value) +
         "; definitie " + escaped(report.name) + " " + escaped(report.version) + "</p></footer>\n";
  return out + "</body>\n</html>\n";
}

}  // namespace trede::render
