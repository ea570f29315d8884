#include <algorithm>
#include <utility>

#include "tools/render/charts/chart.h"
#include "tools/render/html_internal.h"
#include "tools/render/markup.h"
#include "tools/render/words.h"

namespace trede::render {

namespace {

constexpr std::size_t kAlone = 5;  // columns of a table that leaves no room for one beside it
// Columns of a table that is set smaller, and smaller still, to fit on paper.
constexpr std::size_t kWide = 8;
constexpr std::size_t kVeryWide = 14;

std::string with_class(const std::string& names) {
  return names.empty() ? "" : " class=\"" + names + "\"";
}

void add_class(std::string& names, std::string_view name) {
  if (!name.empty()) names += (names.empty() ? "" : " ") + std::string(name);
}

std::string_view style_class(LineStyle style) {
  switch (style) {
    case LineStyle::kPlain: return "";
    case LineStyle::kTotal: return "totaal";
    case LineStyle::kPart: return "deel";
    case LineStyle::kHeading: return "kop";
  }
  std::unreachable();
}

// Words are read from the left, and not as numbers from the right.
bool is_of_words(const ReportTable& table, std::size_t column) {
  bool words = false;
  for (const ReportRow& row : table.rows) {
    const CellState state = row.cells[column].state;
    words = words || state == CellState::kText;
    if (state != CellState::kText && state != CellState::kLeeg) return false;
  }
  return words;
}

// The judgement as a word before a number, and as a sign before words that say it themselves.
std::string judged(const ReportCell& cell) {
  if (cell.oordeel == Oordeel::kGeen) return "";
  const std::string_view word = oordeel_word(cell);
  if (!word.empty()) return "<span class=\"oordeel\">" + std::string(word) + "</span> ";
  const bool good = cell.oordeel == Oordeel::kGunstig;
  return std::string("<span aria-hidden=\"true\">") + (good ? "✓" : "✗") + "</span> ";
}

std::string cell_html(const ReportCell& cell, const ReportLine& column) {
  std::string names;
  if (cell.state == CellState::kText) {
    add_class(names, "tekst");
  } else if (cell.state != CellState::kNumber && cell.state != CellState::kDay) {
    add_class(names, "geen");
  }
  add_class(names, oordeel_code(cell.oordeel));
  add_class(names, style_class(column.style));
  return "<td" + with_class(names) + ">" + judged(cell) + escaped(read_cell(cell)) + "</td>";
}

std::string head_html(const ReportTable& table) {
  // A corner without a word in it is a cell, not a heading.
  std::string out = "<thead><tr>";
  out +=
      table.heading.empty() ? "<td></td>" : "<th scope=\"col\">" + escaped(table.heading) + "</th>";
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::string names(style_class(table.columns[c].style));
    if (is_of_words(table, c)) add_class(names, "tekst");
    out +=
        "<th scope=\"col\"" + with_class(names) + ">" + escaped(table.columns[c].title) + "</th>";
  }
  return out + "</tr></thead>\n";
}

// Words over the rows that follow begin a group of rows.
std::string body_html(const ReportTable& table) {
  std::string out = "<tbody>\n";
  for (const ReportRow& row : table.rows) {
    if (row.style == LineStyle::kHeading) {
      if (&row != &table.rows.front()) out += "</tbody>\n<tbody>\n";
      out += "<tr class=\"kop\"><th scope=\"rowgroup\" colspan=\"" +
             std::to_string(table.columns.size() + 1) + "\">" + escaped(row.title) + "</th></tr>\n";
      continue;
    }
    out += "<tr" + with_class(std::string(style_class(row.style))) + "><th scope=\"row\">" +
           escaped(row.title) + "</th>";
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      out += cell_html(row.cells[c], table.columns[c]);
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n";
}

std::string chart_html(const ReportTable& table, const std::string& id) {
  if (!table.chart) return "";
  return "<figure>\n<figcaption id=\"" + id + "-opschrift\">" + escaped(table.chart->title) +
         "</figcaption>\n<div class=\"rol\" role=\"group\" tabindex=\"0\" aria-labelledby=\"" + id +
         "-opschrift\">\n" + chart_svg(table, id) + "</div>\n</figure>\n";
}

std::string toelichting_html(const ReportRow& row, const Toelichting& said) {
  std::string out = "<dt>" + escaped(row.title) + "</dt>\n<dd>";
  for (const Labelled& line : toelichting_lines(said)) {
    std::string label = line.label.empty() ? "" : "<b>" + line.label + ":</b> ";
    for (const std::string& words : paragraphs_of(line.text)) {
      out += "<p>" + std::exchange(label, "") + escaped(words) + "</p>";
    }
  }
  return out + "</dd>\n";
}

std::string toelichtingen_html(const ReportTable& table) {
  std::string out;
  for (const ReportRow& row : table.rows) {
    for (const Toelichting& said : row.toelichtingen) out += toelichting_html(row, said);
  }
  return out.empty() ? ""
                     : "<div class=\"toelichting\">\n<h3>Toelichting</h3>\n<dl>\n" + out +
                           "</dl>\n</div>\n";
}

}  // namespace

std::string table_html(const ReportTable& table, std::size_t number) {
  const std::string id = "tabel-" + std::to_string(number);
  const std::size_t columns = table.columns.size();
  const char* const wide = columns >= kVeryWide ? "zeer-breed" : columns >= kWide ? "breed" : "";
  const std::string said = toelichtingen_html(table);
  // What is wide by itself has nothing beside it.
  const bool alone = table.chart.has_value() || !said.empty() || columns >= kAlone;
  std::string out = "<div" + with_class(alone ? "blad alleen" : "blad") +
                    ">\n<div class=\"samen\">\n<div class=\"rol\" role=\"group\" tabindex=\"0\" "
                    "aria-labelledby=\"" +
                    id + "\">\n<table" + with_class(wide) + ">\n<caption id=\"" + id + "\">" +
                    escaped(table.title) + "</caption>\n" + head_html(table) + body_html(table) +
                    "</table>\n</div>\n";
  if (!table.note.empty()) out += "<p class=\"noot\">" + escaped(table.note) + "</p>\n";
  return out + chart_html(table, "grafiek-" + std::to_string(number)) + "</div>\n" + said +
         "</div>\n";
}

}  // namespace trede::render
