// For a terminal.
#include <locale.h>
#include <wchar.h>

#include <algorithm>
#include <cwchar>
#include <vector>

#include "tools/render/words.h"

namespace trede::render {

namespace {

constexpr std::size_t kProseWidth = 96;  // columns
constexpr std::string_view kPartIndent = "  ";

// Columns on a terminal, by the tables of the C library: an accent that stands apart takes none.
std::size_t width(std::string_view text) {
  static const locale_t kUtf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  const locale_t before = kUtf8 == nullptr ? nullptr : ::uselocale(kUtf8);
  std::size_t columns = 0;
  std::mbstate_t state{};
  while (!text.empty()) {
    wchar_t character = 0;
    const std::size_t bytes = std::mbrtowc(&character, text.data(), text.size(), &state);
    const bool known = bytes != 0 && bytes <= text.size();
    const int taken = known ? ::wcwidth(character) : 1;
    columns += taken < 0 ? 0 : static_cast<std::size_t>(taken);
    if (!known) state = {};
    text.remove_prefix(known ? bytes : 1);
  }
  if (before != nullptr) ::uselocale(before);
  return columns;
}

std::string repeated(std::string_view mark, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += mark;
  return out;
}

std::string padded(const std::string& text, std::size_t to, bool right) {
  const std::string space = repeated(" ", to > width(text) ? to - width(text) : 0);
  return right ? space + text : text + space;
}

void add_line(std::string& out, std::string line) {
  while (line.ends_with(' ')) line.pop_back();
  out += "  " + line + "\n";
}

// Words in lines of at most kProseWidth columns, each after `indent`.
void add_prose(std::string& out, std::string_view indent, std::string_view words) {
  std::string line;
  while (!words.empty()) {
    const auto end = words.find(' ');
    const std::string word(words.substr(0, end));
    words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
    if (!line.empty() && width(line) + 1 + width(word) > kProseWidth) {
      out += std::string(indent) + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  if (!line.empty()) out += std::string(indent) + line + "\n";
}

// The judgement stands before the number, so that numbers stay under one another.
std::string cell_text(const ReportCell& cell) {
  const std::string_view word = oordeel_word(cell);
  return word.empty() ? dutch_cell(cell) : std::string(word) + " " + dutch_cell(cell);
}

std::string row_title(const ReportRow& row) {
  return (row.style == LineStyle::kPart ? std::string(kPartIndent) : "") + row.title;
}

std::vector<std::size_t> widths_of(const ReportTable& table) {
  std::vector<std::size_t> widths = {width(table.heading)};
  for (const ReportRow& row : table.rows) widths[0] = std::max(widths[0], width(row_title(row)));
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::size_t widest = width(table.columns[c].title);
    for (const ReportRow& row : table.rows) {
      widest = std::max(widest, width(cell_text(row.cells[c])));
    }
    widths.push_back(widest);
  }
  return widths;
}

void add_toelichtingen(std::string& out, const ReportTable& table) {
  for (const ReportRow& row : table.rows) {
    for (const Toelichting& toelichting : row.toelichtingen) {
      add_prose(out, "  ", "Toelichting bij " + row.title + ":");
      for (const Labelled& line : toelichting_lines(toelichting)) {
        for (const std::string& words : paragraphs_of(line.text)) {
          add_prose(out, "    ", line.label.empty() ? words : line.label + ": " + words);
        }
      }
    }
  }
}

std::string table_text(const ReportTable& table) {
  const std::vector<std::size_t> widths = widths_of(table);
  std::string head = padded(table.heading, widths[0], false);
  std::string rule = repeated("─", widths[0]);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    head += "  " + padded(table.columns[c].title, widths[c + 1], true);
    rule += "  " + repeated("─", widths[c + 1]);
  }
  std::string out = table.title + "\n";
  add_line(out, head);
  add_line(out, rule);
  for (const ReportRow& row : table.rows) {
    std::string line = padded(row_title(row), widths[0], false);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      line += "  " + padded(cell_text(row.cells[c]), widths[c + 1], true);
    }
    if (row.style == LineStyle::kTotal && &row != &table.rows.front()) add_line(out, rule);
    add_line(out, line);
  }
  if (!table.note.empty()) add_prose(out, "  ", table.note);
  add_toelichtingen(out, table);
  return out;
}

}  // namespace

std::string report_text(const Report& report, const Provenance& provenance) {
  std::string out = report.title + "\n" + repeated("═", width(report.title)) + "\n";
  out += status_text(report) + "\n";
  if (report.suppressed) out += suppression_text(report) + "\n";
  for (const ReportSection& section : report.sections) {
    out += "\n" + section.title + "\n" + repeated("─", width(section.title)) + "\n";
    for (const std::string& words : paragraphs_of(section.text)) add_prose(out, "", words);
    for (const ReportTable& table : section.tables) out += "\n" + table_text(table);
  }
  out += "\nperiode " + dutch_period(report.period) + ", bekend_op " + provenance.bekend_op +
         ", positie " + std::to_string(report.known.value) + ", definitie " + report.name + " " +
         report.version + "\n";
  if (!report.waar.empty()) out += "selectie " + report.waar + "\n";
  if (!report.catalogus.empty()) out += "catalogus " + report.catalogus + "\n";
  if (!report.boomkop.empty()) {
    if (report.generation != 0) out += "generatie " + std::to_string(report.generation) + ", ";
    out += "boomkop " + report.boomkop + "\n";
  }
  return out;
}

}  // namespace trede::render
