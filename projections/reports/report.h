// A report as it was worked out: titles, and cells that hold an exact number or say why they hold
// none. What it looks like is up to the renderers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/time.h"
#include "projections/measures/query.h"
#include "projections/reports/rational.h"

namespace trede {

enum class CellState {
  kNumber,        // nul is a number
  kLeeg,          // nothing belongs here
  kNvt,           // the question does not apply
  kGeenGegevens,  // it applies, and nobody recorded an answer
  kOnderdrukt,    // it has a number that is not published; its words say how that is shown
  kText,          // words
  kDay,           // a day
};

enum class CellUnit { kAantal, kProcent, kProcentpunt, kFte, kEuroX1000, kDagen };

// What a deviation means for the organisation; of a control whether it holds.
enum class Oordeel { kGeen, kGunstig, kOngunstig };

// A cell of the same report, by its place: tables counted over all sections, all from 0.
struct CellPlace {
  std::uint32_t table = 0;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  bool operator==(const CellPlace&) const = default;
};

// How a number follows from other cells, for whoever recalculates it. The exact numbers of `of`
// give the exact number of the cell; a cell that is leeg or n.v.t. counts as nothing in a sum.
struct CellFormula {
  enum class Kind {
    kSum,
    kDifference,  // the first less all others
    kPercentage,  // 100 x the first / the second
    kQuotient,    // the first / the second
  };
  Kind kind = Kind::kSum;
  std::vector<CellPlace> of;
  bool operator==(const CellFormula&) const = default;
};

struct ReportCell {
  CellState state = CellState::kLeeg;
  Rational number;  // in `unit`, not rounded
  int decimals = 0;
  CellUnit unit = CellUnit::kAantal;
  Oordeel oordeel = Oordeel::kGeen;
  std::string words = {};                   // of kText, kOnderdrukt
  Day day{};                                // of kDay
  std::optional<CellFormula> formula = {};  // of kNumber
  // A count of 1 to 4, or worked out from one so that it can be told: not for everybody.
  bool is_small = false;
  std::string parts = {};  // of a target that is put together: `75 + 125`; empty when it is not

  // As printed, with a decimal point and without a unit; empty when there is no number.
  std::string text() const {
    return state == CellState::kNumber ? number.text(decimals) : std::string();
  }
};

enum class LineStyle {
  kPlain,
  kTotal,    // adds up lines before it
  kPart,     // a part of a line before it: `waarvan ...`
  kHeading,  // words over the lines that follow; its cells are leeg
};

struct ReportLine {
  std::string id;
  std::string title;
  LineStyle style = LineStyle::kPlain;
};

// What somebody laid down about a row, in words. Empty = not said.
struct Toelichting {
  std::string tekst;
  std::string aanleiding;   // the cause
  std::string gevolg;       // what it leads to
  std::string verwachting;  // the forecast
};

struct ReportRow {
  std::string id;
  std::string title;
  std::vector<ReportCell> cells;  // one per column
  LineStyle style = LineStyle::kPlain;
  std::vector<Toelichting> toelichtingen = {};
};

// A drawing of the numbers of a table; the table stands beside it.
struct Chart {
  enum class Kind {
    kTrend,      // a line per row over the columns
    kStacked,    // per column the rows on top of one another
    kFlow,       // from each row to each column, as wide as its number
    kTargetBar,  // per row the first column against the second, its target
  };
  Kind kind = Kind::kTrend;
  std::string title;
  std::vector<std::uint32_t> rows;  // what is drawn, by index, rising
  std::vector<std::uint32_t> columns;
};

struct ReportTable {
  std::string id;
  std::string title;
  std::string heading;
  std::vector<ReportLine> columns;
  std::vector<ReportRow> rows;
  std::string note;
  std::optional<Chart> chart = {};
};

struct ReportSection {
  std::string id;
  std::string title;
  std::vector<ReportTable> tables;
  std::string text = {};  // words at its beginning; paragraphs end with a line feed
};

// What a measure of the report means.
struct Begrip {
  std::string name;
  std::string title;
  std::string definition;
  std::string unit;
};

// When and where its figures were laid down.
struct Vaststelling {
  Position position;  // of the rapport_vastgesteld
  Moment moment;
};

struct Report {
  std::string name;
  std::string title;
  std::string version;    // of the definition
  std::string catalogus;  // version of the catalogue of measures
  std::string waar;       // what was chosen: `gemeente=Velsen`; empty = everything
  Period period;
  Position known;
  std::uint64_t generation = 0;  // of the projections that answered; 0 = folded from the log
  std::string boomkop;           // tree head over events 1..known, in hex
  std::optional<Vaststelling> vastgesteld;  // absent: a concept, worked out now
  bool suppressed = false;                  // counts of 1 to 4 were left out
  std::vector<ReportSection> sections;
  std::vector<Begrip> begrippen;  // in order of name
};

}  // namespace trede
