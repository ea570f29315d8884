#include "projections/cube/cube.h"

#include "engine/base/check.h"

namespace trede {

Code CellIndex::intern(const Cell& cell) {
  const auto [found, added] = numbers_.try_emplace(cell, static_cast<Code>(cells_.size()));
  if (added) cells_.push_back(cell);
  return found->second;
}

CubeTable::CubeTable(Table table) : shape_{info_of(table).weights, info_of(table).moments} {}

void CubeTable::add(const Row& row) {
  TREDE_CHECK(row.cell < cells_.size(), "a row of a cell without a number");
  while (series_.size() <= row.cell) series_.emplace_back();
  series_[row.cell].add(row.change, shape_);
  if (touched_.empty() || touched_.back() != row.cell) touched_.push_back(row.cell);
}

void CubeTable::settle() {
  for (const Code cell : touched_) series_[cell].settle();
  touched_.clear();
}

const Series& CubeTable::series(Code cell) const {
  static const Series kEmpty;
  return cell < series_.size() ? series_[cell] : kEmpty;
}

std::size_t CubeTable::count() const {
  std::size_t count = 0;
  for (const Series& series : series_) count += series.count();
  return count;
}

}  // namespace trede
