// How each measure is computed: which weight of which table, summed over which days.
#pragma once

#include <optional>

#include "projections/cube/series.h"
#include "projections/cube/tables.h"
#include "projections/measures/catalogue.h"
#include "projections/measures/query.h"

namespace trede {

enum class TermKind {
  kStand,     // sum of weights of days <= D
  kStroom,    // sum of weights of days in the period
  kBij,       // flows in the period by which something comes to belong to a row
  kAf,        // flows in the period by which something ceases to
  kDagen,     // sum over the days of the period of the stand of each
  kLeeftijd,  // sum over what holds on D of the days since it began
  kBedrag,    // amounts whose periode lies in the period
};

// One sum. Linear in the deltas: the parts of all deltas of a row add up to it.
struct Term {
  TermKind kind;
  Table table;
  std::size_t weight = 0;
  int decimals = 0;
  Code soort_bedrag = 0;    // kBedrag: of these cells only
  bool times_year = false;  // x the days in the calendar year of the first day of the period
};

struct Formula {
  Term waarde;                 // of a verhouding: its teller
  std::optional<Term> noemer;  // of a verhouding
};

// Requires: a measure of the catalogue.
const Formula& formula_of(const Measure& measure);

// The days that are asked about: [van, tm]; of a day only `tm` counts.
struct AskedDays {
  int van;
  int tm;
};
AskedDays asked_days(const Query& query);

// The dimensions whose codes decide how a term counts a cell.
const std::vector<Dim>& dims_of(const Term& term);

// The part in a term of one delta of `cell`.
Int128 part_of(const Term& term, const AskedDays& asked, const Cell& cell,
               const SeriesDelta& delta);
// The sum of the parts of all deltas of a series with position <= `known`.
struct SeriesAt {
  const Series& series;
  Position known;
};
Int128 sum_of(const Term& term, const AskedDays& asked, const Cell& cell, const SeriesAt& at);

}  // namespace trede
