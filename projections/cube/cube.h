// The cube: tables rolled up to the dimensions that questions name, per cell the series of deltas.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <optional>
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
// Cells stand in one row, and beside them an open table of their hashes with their numbers: a large
// table is looked up in memory that no cache holds, and so two places of it are touched at most.
class CellIndex {
 public:
  using Hash = std::uint32_t;
  static Hash hash_of(const Cell& cell) { return static_cast<Hash>(CellHash{}(cell)); }

  Code intern(const Cell& cell) { return intern(cell, hash_of(cell)); }
  // The same with its hash at hand. Requires: hash_of(cell).
  Code intern(const Cell& cell, Hash hash);
  // Begins to fetch what `intern` will look at, first the one, later the other, so that who has
  // many cells to number waits once for all of them.
  void fetch_slot(Hash hash) const;
  void fetch_cell(Hash hash) const;
  const Cell& at(Code number) const { return cells_[number]; }
  std::size_t size() const { return cells_.size(); }

 private:
  struct Slot {
    Hash hash;
    Code number;  // + 1; zero when the slot is free
  };
  std::size_t place_of(Hash hash) const { return hash & (slots_.size() - 1); }
  void grow();

  std::vector<Cell> cells_;
  std::vector<Slot> slots_;  // a power of two, at most half of them in use
};

// Which dimensions of a table are kept: bit n its n-th, those of the moment after the others.
using DimSet = std::uint32_t;
DimSet all_dims(Table table);

// What a question needs of the cube: one table, and of its cells only these dimensions.
struct RollupKey {
  Table table;
  DimSet dims;
  auto operator<=>(const RollupKey&) const = default;
};

// A table with only some of its dimensions: cells that differ in others are one. Of a flow table
// what changed only in others is no flow for any question about these, and is left out.
// Owner: a Generation. Threads: const functions from any number at once, others alone.
class Rollup {
 public:
  explicit Rollup(const RollupKey& key);

  const RollupKey& key() const { return key_; }

  // The number here of a cell of the table; absent when its deltas are left out.
  std::optional<Code> find_or_add(const Cell& cell);
  // Requires: a number from find_or_add; a position not before that of any delta that was settled.
  void add(Code cell, const SeriesDelta& change);
  // Required after `add` and before the next question.
  void settle();

  // The cells, with zero for the dimensions that are not kept.
  std::size_t size() const { return cells_.size(); }
  const Cell& cell(Code number) const { return cells_.at(number); }
  const Series& series(Code number) const { return series_[number]; }
  // Deltas in all cells.
  std::size_t count() const;
  std::size_t bytes() const;

 private:
  std::optional<Cell> kept(const Cell& cell) const;

  RollupKey key_;
  const TableInfo& info_;
  SeriesShape shape_;
  CellIndex cells_;
  std::deque<Series> series_;
  std::vector<Code> touched_;
};

}  // namespace trede
