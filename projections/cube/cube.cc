#include "projections/cube/cube.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"

namespace trede {

Code CellIndex::intern(const Cell& cell, Hash hash) {
  if (2 * (cells_.size() + 1) > slots_.size()) grow();
  std::size_t place = place_of(hash);
  for (; slots_[place].number != 0; place = place_of(static_cast<Hash>(place + 1))) {
    const Slot& slot = slots_[place];
    if (slot.hash == hash && cells_[slot.number - 1] == cell) return slot.number - 1;
  }
  cells_.push_back(cell);
  slots_[place] = {hash, static_cast<Code>(cells_.size())};
  return slots_[place].number - 1;
}

void CellIndex::fetch_slot(Hash hash) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[place_of(hash)]);
}

void CellIndex::fetch_cell(Hash hash) const {
  if (slots_.empty()) return;
  const Slot& slot = slots_[place_of(hash)];
  if (slot.hash == hash && slot.number != 0) __builtin_prefetch(&cells_[slot.number - 1]);
}

void CellIndex::grow() {
  constexpr std::size_t kFirst = 16;
  const std::vector<Slot> before =
      std::exchange(slots_, std::vector<Slot>(std::max(kFirst, 2 * slots_.size()), Slot{0, 0}));
  for (const Slot& slot : before) {
    if (slot.number == 0) continue;
    std::size_t place = place_of(slot.hash);
    while (slots_[place].number != 0) place = place_of(static_cast<Hash>(place + 1));
    slots_[place] = slot;
  }
}

DimSet all_dims(Table table) {
  const TableInfo& info = info_of(table);
  return (DimSet{1} << (info.dims.size() + info.moment_dims.size())) - 1;
}

Rollup::Rollup(const RollupKey& key)
    : key_(key), info_(info_of(key.table)), shape_{info_.weights, info_.moments} {}

std::optional<Cell> Rollup::kept(const Cell& cell) const {
  Cell out{};
  const std::size_t dims = info_.dims.size();
  const auto keeps = [this](std::size_t dim) { return (key_.dims >> dim & 1) != 0; };
  for (std::size_t i = 0; i < dims; ++i) {
    if (!keeps(i)) continue;
    out[i] = cell[i];
    if (info_.stroom) out[dims + i] = cell[dims + i];
  }
  if (!info_.stroom) return out;
  const std::size_t held = info_.cell_size() - 1;
  out[held] = cell[held];
  const bool both = cell[held] == (StroomCell::kBefore | StroomCell::kAfter);
  if (both && std::equal(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(dims),
                         out.begin() + static_cast<std::ptrdiff_t>(dims))) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < info_.moment_dims.size(); ++i) {
    if (keeps(dims + i)) out[2 * dims + i] = cell[2 * dims + i];
  }
  return out;
}

std::optional<Code> Rollup::find_or_add(const Cell& cell) {
  const auto here = kept(cell);
  if (!here) return std::nullopt;
  const Code number = cells_.intern(*here);
  if (number == series_.size()) series_.emplace_back(shape_);
  return number;
}

void Rollup::add(Code cell, const SeriesDelta& change) {
  TREDE_CHECK(cell < series_.size(), "a delta of a cell without a number");
  series_[cell].add(change);
  if (touched_.empty() || touched_.back() != cell) touched_.push_back(cell);
}

void Rollup::settle() {
  for (const Code cell : touched_) series_[cell].settle();
  touched_.clear();
}

std::size_t Rollup::count() const {
  std::size_t count = 0;
  for (const Series& series : series_) count += series.count();
  return count;
}

std::size_t Rollup::bytes() const {
  // With what its table of hashes takes, and both may have room for as many again.
  constexpr std::size_t kCellBytes = 2 * sizeof(Cell) + 8 * sizeof(Code);
  std::size_t bytes = sizeof(*this) + size() * kCellBytes;
  for (const Series& series : series_) bytes += series.bytes();
  return bytes;
}

}  // namespace trede
