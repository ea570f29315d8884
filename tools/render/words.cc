#include <utility>

#include "tools/render/render.h"

namespace trede::render {

namespace {

std::string dutch_day(Day day) {
  const std::string text = format_day(day);
  return text.substr(8, 2) + "-" + text.substr(5, 2) + "-" + text.substr(0, 4);
}

// `-1234.5` as `-1.234,5`.
std::string dutch_number(std::string text) {
  const auto point = text.find('.');
  const std::size_t end = point == std::string::npos ? text.size() : point;
  if (point != std::string::npos) text[point] = ',';
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = end; at > first + 3;) {
    at -= 3;
    text.insert(at, ".");
  }
  return text;
}

}  // namespace

std::string dutch_cell(const ReportCell& cell) {
  switch (cell.state) {
    case CellState::kNumber: {
      const std::string number = dutch_number(cell.text());
      return cell.unit == CellUnit::kProcent ? number + "%" : number;
    }
    case CellState::kLeeg: return "";
    case CellState::kNvt: return "n.v.t.";
    case CellState::kGeenGegevens: return "geen gegevens";
    case CellState::kOnderdrukt: return "< 5";
    case CellState::kText: return cell.words;
    case CellState::kDay: return dutch_day(cell.day);
  }
  std::unreachable();
}

std::string dutch_period(const Period& period) {
  return dutch_day(period.van) + " t/m " + dutch_day(period.tm);
}

std::string_view state_code(CellState state) {
  switch (state) {
    case CellState::kNumber: return "getal";
    case CellState::kLeeg: return "leeg";
    case CellState::kNvt: return "nvt";
    case CellState::kGeenGegevens: return "geen_gegevens";
    case CellState::kOnderdrukt: return "onderdrukt";
    case CellState::kText: return "tekst";
    case CellState::kDay: return "dag";
  }
  std::unreachable();
}

std::string_view unit_code(CellUnit unit) {
  switch (unit) {
    case CellUnit::kAantal: return "aantal";
    case CellUnit::kProcent: return "procent";
    case CellUnit::kProcentpunt: return "procentpunt";
    case CellUnit::kFte: return "fte";
    case CellUnit::kEuroX1000: return "euro_x1000";
    case CellUnit::kDagen: return "dagen";
  }
  std::unreachable();
}

}  // namespace trede::render
