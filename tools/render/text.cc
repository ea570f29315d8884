#include <algorithm>
#include <vector>

#include "tools/render/render.h"

namespace trede::render {

namespace {

// UTF-8 characters, not bytes.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t to, bool right) {
  const std::string space(to > width(text) ? to - width(text) : 0, ' ');
  return right ? space + text : text + space;
}

std::string repeated(std::string_view mark, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += mark;
  return out;
}

void add_line(std::string& out, std::string line) {
  while (line.ends_with(' ')) line.pop_back();
  out += "  " + line + "\n";
}

std::string table_text(const ReportTable& table) {
  std::size_t first = width(table.heading);
  for (const ReportRow& row : table.rows) first = std::max(first, width(row.title));
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::size_t widest = width(table.columns[c].title);
    for (const ReportRow& row : table.rows) {
      widest = std::max(widest, width(dutch_cell(row.cells[c])));
    }
    widths.push_back(widest);
  }
  std::string head = padded(table.heading, first, false);
  std::string rule = repeated("─", first);
  for (std::size_t c = 0; c < widths.size(); ++c) {
    head += "  " + padded(table.columns[c].title, widths[c], true);
    rule += "  " + repeated("─", widths[c]);
  }
  std::string out = table.title + "\n";
  add_line(out, head);
  add_line(out, rule);
  for (const ReportRow& row : table.rows) {
    std::string line = padded(row.title, first, false);
    for (std::size_t c = 0; c < widths.size(); ++c) {
      line += "  " + padded(dutch_cell(row.cells[c]), widths[c], true);
    }
    add_line(out, line);
  }
  if (!table.note.empty()) out += "  " + table.note + "\n";
  return out;
}

}  // namespace

std::string report_text(const Report& report, const Provenance& provenance) {
  std::string out = report.title + "\n" + repeated("═", width(report.title)) + "\n";
  for (const ReportSection& section : report.sections) {
    out += "\n" + section.title + "\n" + repeated("─", width(section.title)) + "\n";
    for (const ReportTable& table : section.tables) out += "\n" + table_text(table);
  }
  out += "\nperiode " + dutch_period(report.period) + ", bekend_op " + provenance.bekend_op +
         ", positie " + std::to_string(report.known.value) + ", definitie " + report.name + " " +
         report.version + "\n";
  return out;
}

}  // namespace trede::render
