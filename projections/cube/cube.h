// The cube: per table its cells, and per cell the series of its deltas.
#pragma once

#include <array>
#include <deque>
#include <unordered_map>
#include <vector>

#include "projections/cube/series.h"
#include "projections/cube/tables.h"

namespace trede {

// A change of one cell of a table.
struct Delta {
  Table table;
  Cell cell;
  SeriesDelta change;
};

// A delta with the number of its cell, as stored.
struct Row {
  Code cell;
  SeriesDelta change;
};

// Numbers the cells of one table from 0 in the order in which they are first seen. Only grows.
class CellIndex {
 public:
  Code intern(const Cell& cell);
  const Cell& at(Code number) const { return cells_[number]; }
  std::size_t size() const { return cells_.size(); }

 private:
  std::deque<Cell> cells_;
  std::unordered_map<Cell, Code, CellHash> numbers_;
};

// One table of the cube. Threads: const functions from any number at once, others alone.
class CubeTable {
 public:
  explicit CubeTable(Table table);

  CellIndex& cells() { return cells_; }
  const CellIndex& cells() const { return cells_; }
  const SeriesShape& shape() const { return shape_; }

  // Requires: a cell of `cells`; rows in order of position. `settle` before the next question.
  void add(const Row& row);
  void settle();

  // Of a cell; the empty series when no delta has come in.
  const Series& series(Code cell) const;
  // Deltas in the table.
  std::size_t count() const;

 private:
  CellIndex cells_;
  SeriesShape shape_;
  std::deque<Series> series_;
  std::vector<Code> touched_;
};

}  // namespace trede
