#include "tools/render/xlsx/places.h"

#include <algorithm>

#include "tools/render/words.h"

namespace trede::render {

namespace {

constexpr std::size_t kSheetNameMax = 31;

std::string column_letters(std::uint16_t column) {
  std::string out;
  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    out.insert(out.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return out;
}

// Excel tells names apart without looking at capitals.
std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

std::string sheet_name(const std::string& title, const std::vector<std::string>& taken) {
  std::string name;
  std::size_t characters = 0;
  for (const char c : title) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && ++characters > kSheetNameMax - 3) break;  // room for a number
    name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  std::string free = name;
  const auto is_taken = [&](const std::string& other) { return lower(other) == lower(free); };
  for (int n = 2; std::ranges::any_of(taken, is_taken); ++n) {
    free = name + " " + std::to_string(n);
  }
  return free;
}

std::vector<std::string> lines_below(const ReportTable& table) {
  std::vector<std::string> lines;
  if (!table.note.empty()) lines.push_back(table.note);
  for (const ReportRow& row : table.rows) {
    for (const Toelichting& said : row.toelichtingen) {
      std::string line = "Toelichting bij " + row.title + ": ";
      for (const Labelled& part : toelichting_lines(said)) {
        line += part.label.empty() ? part.text + " " : part.label + ": " + part.text + " ";
      }
      line.pop_back();
      lines.push_back(line);
    }
  }
  return lines;
}

WorkbookPlaces::WorkbookPlaces(const Report& report) {
  for (const ReportSection& section : report.sections) {
    const auto words = static_cast<std::uint32_t>(paragraphs_of(section.text).size());
    std::uint32_t row = 2 + (words == 0 ? 0 : words + 1);
    for (const ReportTable& table : section.tables) {
      tables_.push_back({&table, sheets_.size(), row + 2});
      row += 2 + static_cast<std::uint32_t>(table.rows.size() + lines_below(table).size()) + 1;
    }
    sheets_.push_back(sheet_name(section.title, sheets_));
  }
}

const ReportCell* WorkbookPlaces::find(const CellPlace& place) const {
  if (place.table >= tables_.size()) return nullptr;
  const ReportTable& table = *tables_[place.table].table;
  if (place.row >= table.rows.size()) return nullptr;
  const std::vector<ReportCell>& cells = table.rows[place.row].cells;
  return place.column < cells.size() ? &cells[place.column] : nullptr;
}

SheetCell WorkbookPlaces::place(const CellPlace& place) const {
  const PlacedTable& table = tables_[place.table];
  return {table.sheet, table.first_row + place.row, static_cast<std::uint16_t>(place.column + 1)};
}

std::string WorkbookPlaces::name(const SheetCell& cell, std::size_t seen_from) const {
  const std::string here = column_letters(cell.column) + std::to_string(cell.row + 1);
  return cell.sheet == seen_from ? here : "'" + sheets_[cell.sheet] + "'!" + here;
}

}  // namespace trede::render
