// Small reports and cells by hand.
#pragma once

#include <string>
#include <utility>

#include "projections/reports/report.h"

namespace trede::render {

inline ReportCell number(Int128 above, Int128 below = 1, int decimals = 0,
                         CellUnit unit = CellUnit::kAantal) {
  return {CellState::kNumber, Rational(above, below), decimals, unit};
}

inline ReportCell nothing(CellState state) { return {state, {}}; }

inline ReportCell in_words(std::string words, Oordeel oordeel = Oordeel::kGeen) {
  ReportCell cell{CellState::kText, {}};
  cell.words = std::move(words);
  cell.oordeel = oordeel;
  return cell;
}

inline ReportCell judged(ReportCell cell, Oordeel oordeel) {
  cell.oordeel = oordeel;
  return cell;
}

inline ReportCell follows(ReportCell cell, CellFormula::Kind kind, std::vector<CellPlace> of) {
  cell.formula = CellFormula{kind, std::move(of)};
  return cell;
}

// A section with one table of three rows, and nothing of what a report may leave out.
inline Report small_report() {
  Report report;
  report.name = "proef";
  report.title = "Proef & meer";
  report.version = "1";
  report.period = {Day{std::chrono::year{2021} / 1 / 1}, Day{std::chrono::year{2021} / 3 / 31}};
  report.known = Position{42};
  ReportTable table{"t", "Trajecten", "Trede", {{"eind", "31-03-2021"}, {"pct", "%"}}, {}, ""};
  table.note = "Alleen <trede> 3.";
  table.rows = {
      {"drie", "Trede 3", {number(1021), number(121, 10, 1, CellUnit::kProcent)}},
      {"ntb", "N.t.b., \"nieuw\"", {nothing(CellState::kNvt), nothing(CellState::kGeenGegevens)}},
      {"oud", "Oud", {number(0), nothing(CellState::kLeeg)}}};
  report.sections = {{"s", "Overzicht", {table}}};
  return report;
}

// The same with all that a report may hold besides.
inline Report full_report() {
  Report report = small_report();
  report.catalogus = "2021.2";
  report.waar = "gemeente=Velsen";
  report.generation = 3;
  report.boomkop = "00ff";
  report.vastgesteld = Vaststelling{Position{50}, *parse_moment("2021-04-12T09:00:00+02:00")};
  report.suppressed = true;
  report.begrippen = {{"trajecten", "Trajecten", "Wie in traject is.", "personen"}};
  report.sections[0].text = "Een begin.\nEn verder.";
  ReportTable& table = report.sections[0].tables[0];
  table.note.clear();
  table.columns = {{"n", "Aantal"}, {"w", "Afspraak"}, {"o", "Opmerking"}};
  ReportCell target = number(200);
  target.parts = "75 + 125";
  ReportCell day{CellState::kDay, {}};
  day.day = report.period.tm;
  table.rows = {
      {"kop", "Regulier", std::vector<ReportCell>(3, nothing(CellState::kLeeg)),
       LineStyle::kHeading},
      {"een", "Eén", {judged(number(-131), Oordeel::kOngunstig), target, day}},
      {"deel",
       "waarvan jong",
       {nothing(CellState::kOnderdrukt), number(7), in_words("ok")},
       LineStyle::kPart},
      {"tot",
       "Totaal",
       {judged(number(9), Oordeel::kGunstig), number(207), in_words("klopt", Oordeel::kGunstig)},
       LineStyle::kTotal}};
  table.rows[1].toelichtingen = {{"Te weinig, \"ook\" nu.", "Oorzaak.", "", "Later meer."}};
  return report;
}

}  // namespace trede::render
