#include "projections/reports/dutch.h"

#include <utility>

#include "engine/dossier/zinnen.h"

namespace trede {

std::string dutch_number(std::string decimal) {
  const auto point = decimal.find('.');
  const std::size_t end = point == std::string::npos ? decimal.size() : point;
  if (point != std::string::npos) decimal[point] = ',';
  const std::size_t first = decimal.starts_with('-') ? 1 : 0;
  for (std::size_t at = end; at > first + 3;) {
    at -= 3;
    decimal.insert(at, ".");
  }
  return decimal;
}

std::string dutch_words(const ReportCell& cell) {
  switch (cell.state) {
    case CellState::kNumber: {
      const std::string number = dutch_number(cell.text());
      return cell.unit == CellUnit::kProcent ? number + "%" : number;
    }
    case CellState::kLeeg: return "";
    case CellState::kNvt: return "n.v.t.";
    case CellState::kGeenGegevens: return "geen gegevens";
    case CellState::kOnderdrukt:
    case CellState::kText: return cell.words;
    case CellState::kDay: return dutch_day(cell.day);
  }
  std::unreachable();
}

}  // namespace trede
