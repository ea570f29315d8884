#include "projections/worker/generation.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/base/check.h"

namespace trede {

namespace {

// Rows that a fill keeps before it writes them.
constexpr std::size_t kFillRows = 1'000'000;

void sort_by_position(std::vector<Row>& rows) {
  const auto position = [](const Row& row) { return row.change.position; };
  if (!std::ranges::is_sorted(rows, {}, position)) std::ranges::stable_sort(rows, {}, position);
}

}  // namespace

Generation::Generation() {
  for (std::size_t i = 0; i < kTableCount; ++i) cube_.emplace_back(static_cast<Table>(i));
}

Generation::Generation(std::shared_ptr<StoredGeneration> stored, bool writable) : Generation() {
  stored_ = std::move(stored);
  writable_ = writable;
  position_ = stored_->head().position.value;
  for (Part& of : cube_) of.has_cells = of.has_rows = false;
}

Status Generation::open() { return stored_->load_strings(dictionary_); }

Status Generation::load_cells(Table table) {
  Part& of = part(table);
  if (of.has_cells) return {};
  const std::unique_lock lock(mutex_);
  TREDE_RETURN_IF_ERROR(stored_->load_cells(table, of.table.cells()));
  of.has_cells = true;
  return {};
}

Status Generation::load_rows(Table table) {
  Part& of = part(table);
  if (of.has_rows) return {};
  TREDE_RETURN_IF_ERROR(load_cells(table));
  std::vector<Row> rows;
  TREDE_RETURN_IF_ERROR(
      stored_->load_rows(table, [&rows](const Row& row) { rows.push_back(row); }));
  sort_by_position(rows);
  std::ranges::move(std::exchange(of.waiting, {}), std::back_inserter(rows));
  const std::unique_lock lock(mutex_);
  add(table, std::move(rows));
  of.has_rows = true;
  return {};
}

Status Generation::load(const std::vector<Table>& tables) {
  for (const Table table : tables) TREDE_RETURN_IF_ERROR(load_rows(table));
  return {};
}

bool Generation::is_loaded(const std::vector<Table>& tables) const {
  const std::shared_lock lock(mutex_);
  return std::ranges::all_of(
      tables, [this](Table table) { return cube_[static_cast<std::size_t>(table)].has_rows; });
}

// Requires: mutex_ held alone.
void Generation::add(Table table, std::vector<Row> rows) {
  CubeTable& of = part(table).table;
  for (const Row& row : rows) of.add(row);
  of.settle();
}

CellIndexes Generation::cells() const {
  CellIndexes out{};
  for (std::size_t i = 0; i < kTableCount; ++i) {
    if (cube_[i].has_cells) out[i] = &cube_[i].table.cells();
  }
  return out;
}

Status Generation::apply(const std::vector<Delta>& deltas, const StoreHead& head) {
  for (const Delta& delta : deltas) TREDE_RETURN_IF_ERROR(load_cells(delta.table));
  TableRows rows;
  {
    const std::unique_lock lock(mutex_);
    for (const Delta& delta : deltas) {
      const Code cell = part(delta.table).table.cells().intern(delta.cell);
      rows[static_cast<std::size_t>(delta.table)].push_back({cell, delta.change});
    }
  }
  const bool stores = stored_ && writable_;
  if (stores) TREDE_RETURN_IF_ERROR(stored_->write(rows, cells(), dictionary_, head));
  const std::unique_lock lock(mutex_);
  for (std::size_t i = 0; i < kTableCount; ++i) {
    if (rows[i].empty()) continue;
    if (cube_[i].has_rows) {
      add(static_cast<Table>(i), std::move(rows[i]));
    } else if (!stores) {
      std::ranges::move(rows[i], std::back_inserter(cube_[i].waiting));
    }
  }
  position_.store(head.position.value, std::memory_order_release);
  return {};
}

// Writes the rows gathered so far and empties them.
Status Generation::flush_part(TableRows& rows) {
  std::ranges::for_each(rows, sort_by_position);
  TREDE_RETURN_IF_ERROR(stored_->write_part(rows));
  std::ranges::for_each(rows, [](std::vector<Row>& of) { of.clear(); });
  return {};
}

Status Generation::fill(const EventStore& log, const StoreHead& head,
                        const ProjectProgress& progress) {
  TREDE_CHECK(position() == Position{}, "a fill of a generation that is not empty");
  for (Part& of : cube_) of.has_cells = true;
  TableRows rows;
  std::size_t count = 0;
  Status failed;
  const auto gather = [&](const Delta& delta) {
    const Code cell = part(delta.table).table.cells().intern(delta.cell);
    rows[static_cast<std::size_t>(delta.table)].push_back({cell, delta.change});
    if (!stored_ || ++count < kFillRows || !failed) return;
    failed = flush_part(rows);
    count = 0;
  };
  TREDE_RETURN_IF_ERROR(
      project_all(log, head.position, dictionary_, gather, {.progress = progress}));
  TREDE_RETURN_IF_ERROR(failed);
  if (stored_) {
    TREDE_RETURN_IF_ERROR(flush_part(rows));
    TREDE_RETURN_IF_ERROR(stored_->write({}, cells(), dictionary_, head));
    TREDE_RETURN_IF_ERROR(stored_->flush());
  } else {
    for (std::size_t i = 0; i < kTableCount; ++i) {
      sort_by_position(rows[i]);
      add(static_cast<Table>(i), std::move(rows[i]));
    }
  }
  position_.store(head.position.value, std::memory_order_release);
  return {};
}

}  // namespace trede
