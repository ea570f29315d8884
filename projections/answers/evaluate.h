// From a query and the cube to an answer.
#pragma once

#include <span>

#include "projections/answers/layout.h"

namespace trede {

// What a query needs of the cube: of a verhouding for its teller, then for its noemer.
// Requires: a query that check_query accepts.
std::vector<RollupKey> rollups_of(const Query& query);

// One sum of a query: what it adds up, and in which rows.
struct Side {
  Term term;
  RowFinder rows;
  bool noemer;
};

// A query made ready. Threads: any. The query and the dictionary must outlive it.
struct Plan {
  // Requires: a query that check_query accepts.
  Plan(const Query& query, const Dictionary& dictionary);

  const Query& query;
  const Dictionary& dictionary;
  const MeasureEntry& entry;
  const Formula& formula;
  AskedDays asked;
  std::vector<Side> sides;  // the value; of a verhouding teller, then noemer

  // The dimensions of the breakdown.
  std::vector<Dim> per_dims() const;
  // The codes of a row as written.
  std::vector<std::string> texts(const RowKey& row) const;
};

// The figures of one row, in units.
struct Figure {
  Int128 waarde = 0;  // of a verhouding: its teller
  Int128 noemer = 0;
  bool is_zero() const { return waarde == 0 && noemer == 0; }
  Int128& of(const Side& side) { return side.noemer ? noemer : waarde; }
};

// What rollups_of asked for, in the same order.
using Rollups = std::span<const Rollup* const>;

// Sums every delta up to `query.known`. Rows in order, those that are all zero left out; without a
// breakdown exactly one. `layouts` keeps what a question of the same form can use again.
Answer evaluate(const Plan& plan, Rollups rollups, LayoutCache& layouts);

// Figures of one event in one row, in order of row and position. What adds up to zero is left out.
struct EventFigure {
  Position position;
  RowKey row;
  Figure figure;
};
std::vector<Contribution> make_contributions(const Plan& plan, std::vector<EventFigure> figures);

}  // namespace trede
