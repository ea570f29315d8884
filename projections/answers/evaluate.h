// From a query and the cube to an answer.
#pragma once

#include <array>
#include <unordered_map>

#include "projections/answers/rows.h"
#include "projections/cube/cube.h"

namespace trede {

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
struct RowKeyHash {
  std::size_t operator()(const RowKey& row) const noexcept;
};
using Figures = std::unordered_map<RowKey, Figure, RowKeyHash>;

// The tables of the cube by number; null for one that the query does not need.
using CubeTables = std::array<const CubeTable*, kTableCount>;

// Sums every delta up to `query.known`. Requires: the tables of its sides.
Figures evaluate(const Plan& plan, const CubeTables& tables);
// Rows in order, those that are all zero left out; without a breakdown exactly one.
Answer make_answer(const Plan& plan, const Figures& figures);

// Figures of one event in one row, in order of row and position. What adds up to zero is left out.
struct EventFigure {
  Position position;
  RowKey row;
  Figure figure;
};
std::vector<Contribution> make_contributions(const Plan& plan, std::vector<EventFigure> figures);

}  // namespace trede
