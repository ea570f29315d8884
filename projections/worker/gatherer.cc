#include "projections/worker/gatherer.h"

#include <algorithm>

namespace trede {

void SharedCells::intern(Table table, const CellIndex& here, std::vector<Code>& numbers) {
  const std::lock_guard lock(mutex_);
  CellIndex& cells = *cells_[static_cast<std::size_t>(table)];
  while (numbers.size() < here.size()) {
    numbers.push_back(cells.intern(here.at(static_cast<Code>(numbers.size()))));
  }
}

void Gatherer::add(const Delta& delta) {
  const CellIndex::Hash hash = CellIndex::hash_of(delta.cell);
  seen_[static_cast<std::size_t>(delta.table)].here.fetch_slot(hash);
  fetched_.push_back({delta, hash});
  if (fetched_.size() == kFetched) number_fetched();
}

void Gatherer::number_fetched() {
  for (const auto& [delta, hash] : fetched_) {
    seen_[static_cast<std::size_t>(delta.table)].here.fetch_cell(hash);
  }
  for (const auto& [delta, hash] : fetched_) {
    const auto table = static_cast<std::size_t>(delta.table);
    rows_[table].push_back({seen_[table].here.intern(delta.cell, hash), delta.change});
  }
  count_ += fetched_.size();
  fetched_.clear();
  if (stored_ != nullptr && count_ >= part_rows_) flush();
}

// Gives the cells of all rows the numbers that they have for all threads.
void Gatherer::renumber() {
  for (std::size_t i = 0; i < kTableCount; ++i) {
    auto& [here, numbers] = seen_[i];
    shared_.intern(static_cast<Table>(i), here, numbers);
    for (Row& row : rows_[i]) row.cell = numbers[row.cell];
  }
}

void Gatherer::flush() {
  renumber();
  if (written_) written_ = stored_->write_part(rows_);
  std::ranges::for_each(rows_, [](std::vector<Row>& of) { of.clear(); });
  count_ = 0;
}

Status Gatherer::finish() {
  number_fetched();
  if (stored_ != nullptr) {
    flush();
  } else {
    renumber();
  }
  return written_;
}

}  // namespace trede
