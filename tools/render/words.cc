#include "tools/render/words.h"

#include <utility>

namespace trede::render {

std::string dutch_day(Day day) {
  const std::string text = format_day(day);
  return text.substr(8, 2) + "-" + text.substr(5, 2) + "-" + text.substr(0, 4);
}

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

std::string with_minus_sign(std::string number) {
  if (number.starts_with('-')) number.replace(0, 1, "−");
  return number;
}

std::string dutch_cell(const ReportCell& cell) {
  switch (cell.state) {
    case CellState::kNumber: {
      std::string number = dutch_number(cell.text());
      if (cell.unit == CellUnit::kProcent) number += "%";
      return cell.parts.empty() ? number : number + " (" + cell.parts + ")";
    }
    case CellState::kLeeg: return "";
    case CellState::kNvt: return "n.v.t.";
    case CellState::kGeenGegevens: return "geen gegevens";
    case CellState::kOnderdrukt: return cell.words.empty() ? "x" : cell.words;
    case CellState::kText: return cell.words;
    case CellState::kDay: return dutch_day(cell.day);
  }
  std::unreachable();
}

std::string read_cell(const ReportCell& cell) {
  std::string words = dutch_cell(cell);
  return cell.state == CellState::kNumber ? with_minus_sign(std::move(words)) : words;
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

std::string_view unit_word(CellUnit unit) {
  switch (unit) {
    case CellUnit::kAantal: return "aantal";
    case CellUnit::kProcent: return "%";
    case CellUnit::kProcentpunt: return "procentpunt";
    case CellUnit::kFte: return "fte";
    case CellUnit::kEuroX1000: return "x € 1.000";
    case CellUnit::kDagen: return "dagen";
  }
  std::unreachable();
}

std::string_view oordeel_code(Oordeel oordeel) {
  switch (oordeel) {
    case Oordeel::kGeen: return "";
    case Oordeel::kGunstig: return "gunstig";
    case Oordeel::kOngunstig: return "ongunstig";
  }
  std::unreachable();
}

std::string_view oordeel_word(const ReportCell& cell) {
  return cell.state == CellState::kText ? std::string_view() : oordeel_code(cell.oordeel);
}

std::string status_text(const Report& report) {
  if (!report.vastgesteld) return "Concept";
  return "Vastgesteld op " + dutch_day(civil_day(report.vastgesteld->moment)) + " (positie " +
         std::to_string(report.vastgesteld->position.value) + ")";
}

std::string suppression_text(const Report& report) {
  return report.suppressed
             ? "Weggelaten: aantallen van 1 tot en met 4 (< 5), en wat die zou verraden (x)."
             : "";
}

std::vector<Labelled> provenance_lines(const Report& report, const Provenance& provenance) {
  std::vector<Labelled> lines = {
      {"Rapport", report.title},
      {"Status", status_text(report)},
      {"Periode", dutch_period(report.period)},
      {"Selectie", report.waar.empty() ? "alles" : report.waar},
      {"Bekend op", provenance.bekend_op},
      {"Positie", std::to_string(report.known.value)},
      {"Generatie",
       report.generation == 0 ? "rechtstreeks uit het logboek" : std::to_string(report.generation)},
      {"Boomkop", report.boomkop},
      {"Definitie", report.name + " " + report.version},
      {"Catalogus", report.catalogus},
      {"Weggelaten", suppression_text(report)}};
  std::erase_if(lines, [](const Labelled& line) { return line.text.empty(); });
  return lines;
}

std::vector<Labelled> toelichting_lines(const Toelichting& toelichting) {
  std::vector<Labelled> lines = {{"", toelichting.tekst},
                                 {"Aanleiding", toelichting.aanleiding},
                                 {"Gevolg", toelichting.gevolg},
                                 {"Verwachting", toelichting.verwachting}};
  std::erase_if(lines, [](const Labelled& line) { return line.text.empty(); });
  return lines;
}

std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (const auto line = text.substr(0, end); !line.empty()) out.emplace_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

// One division in the wider type, rounded to a double once: exact where the terms are.
double approximate(const Rational& number) {
  return static_cast<double>(static_cast<long double>(number.above()) /
                             static_cast<long double>(number.below()));
}

}  // namespace trede::render
