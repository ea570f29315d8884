#include "projections/worker/generation.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "engine/base/check.h"
#include "projections/facts/project_all.h"
#include "projections/worker/gatherer.h"
#include "projections/worker/in_parallel.h"

namespace trede {

namespace {

// Rows that the threads of a fill keep together before they write them: the fewer parts, the fewer
// pieces of each month.
constexpr std::size_t kFillRows = 2'000'000;
constexpr std::size_t kGrownRowBytes = 128;  // what a delta adds to a rollup, about, at most
constexpr std::size_t kGrowthPart = 64;      // rollups may be this part of the limit above it

// What takes longest first.
Status settle_all(HeldRollups::Rollups& rollups) {
  std::vector<std::pair<std::size_t, Rollup*>> by_count;
  for (auto& [key, rollup] : rollups) by_count.emplace_back(rollup.count(), &rollup);
  std::ranges::sort(by_count, std::greater(), [](const auto& of) { return of.first; });
  return in_parallel(by_count.size(), [&](std::size_t i) {
    by_count[i].second->settle();
    return Status();
  });
}

}  // namespace

Generation::Generation(const GenerationOptions& options)
    : options_(options), parts_(kTableCount), rollups_(options.rollup_bytes) {}

Generation::Generation(std::shared_ptr<StoredGeneration> stored, const GenerationOptions& options)
    : Generation(options) {
  stored_ = std::move(stored);
  position_ = stored_->head().position.value;
  for (Part& of : parts_) of.has_cells = false;
}

Status Generation::open() { return stored_->load_strings(dictionary_); }

Status Generation::load_cells(Table table) {
  Part& of = part(table);
  if (of.has_cells) return {};
  TREDE_RETURN_IF_ERROR(stored_->load_cells(table, of.cells));
  of.has_cells = true;
  return {};
}

Status Generation::load(std::span<const RollupKey> keys) {
  // Filled aside, then put in their place at once: who asks others meanwhile does not wait.
  HeldRollups::Rollups fresh;
  RollupsOfTables of_table;
  for (const RollupKey& key : keys) {
    if (rollups_.contains(key) || fresh.contains(key)) continue;
    Rollup& rollup = fresh.try_emplace(key, key).first->second;
    of_table[static_cast<std::size_t>(key.table)].push_back(&rollup);
  }
  TREDE_RETURN_IF_ERROR(read_tables(of_table));
  TREDE_RETURN_IF_ERROR(settle_all(fresh));
  const std::unique_lock lock(mutex_);
  rollups_.take(std::move(fresh), keys);
  grown_bytes_ = 0;
  return {};
}

Status Generation::read_tables(const RollupsOfTables& of_table) {
  std::vector<std::pair<std::uint64_t, Table>> asked;  // rows, of which table
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const auto table = static_cast<Table>(i);
    if (of_table[i].empty()) continue;
    asked.emplace_back(stored_ ? stored_->row_count(table) : part(table).waiting.size(), table);
  }
  std::ranges::sort(asked, std::greater());
  return in_parallel(asked.size(), [&](std::size_t i) {
    const Table table = asked[i].second;
    return read_table(table, of_table[static_cast<std::size_t>(table)]);
  });
}

// Fills `rollups`, all of `table`, from the store and from what it does not have yet; they are not
// settled.
Status Generation::read_table(Table table, std::span<Rollup* const> rollups) {
  TREDE_RETURN_IF_ERROR(load_cells(table));
  const Part& of = part(table);
  // Per rollup the number there of each cell of the table.
  std::vector<std::vector<std::optional<Code>>> numbers(rollups.size());
  for (std::size_t i = 0; i < rollups.size(); ++i) {
    numbers[i].reserve(of.cells.size());
    for (Code cell = 0; cell < of.cells.size(); ++cell) {
      numbers[i].push_back(rollups[i]->find_or_add(of.cells.at(cell)));
    }
  }
  const auto add = [&](const Row& row) {
    for (std::size_t i = 0; i < rollups.size(); ++i) {
      if (const auto number = numbers[i][row.cell]) rollups[i]->add(*number, row.change);
    }
  };
  if (stored_) TREDE_RETURN_IF_ERROR(stored_->load_rows(table, add));
  std::ranges::for_each(of.waiting, add);
  return {};
}

CellIndexes Generation::cells() const {
  CellIndexes out{};
  for (std::size_t i = 0; i < kTableCount; ++i) {
    if (parts_[i].has_cells) out[i] = &parts_[i].cells;
  }
  return out;
}

Status Generation::apply(const std::vector<Delta>& deltas, const StoreHead& head) {
  for (const Delta& delta : deltas) TREDE_RETURN_IF_ERROR(load_cells(delta.table));
  TableRows rows;
  for (const Delta& delta : deltas) {
    const Code cell = part(delta.table).cells.intern(delta.cell);
    rows[static_cast<std::size_t>(delta.table)].push_back({cell, delta.change});
  }
  if (stored_ && options_.writable) {
    TREDE_RETURN_IF_ERROR(stored_->write(rows, cells(), dictionary_, head));
  } else {
    for (std::size_t i = 0; i < kTableCount; ++i) {
      std::ranges::copy(rows[i], std::back_inserter(parts_[i].waiting));
    }
  }
  const std::unique_lock lock(mutex_);
  add_to_rollups(rows);
  forget_what_outgrew();
  position_.store(head.position.value, std::memory_order_release);
  return {};
}

// Requires (both): mutex_ held alone.
void Generation::add_to_rollups(const TableRows& rows) {
  rollups_.each([&](Rollup& rollup) {
    const Table table = rollup.key().table;
    const CellIndex& cells = part(table).cells;
    const auto& of_table = rows[static_cast<std::size_t>(table)];
    for (const Row& row : of_table) {
      if (const auto number = rollup.find_or_add(cells.at(row.cell))) {
        rollup.add(*number, row.change);
      }
    }
    rollup.settle();
    grown_bytes_ += of_table.size() * kGrownRowBytes;
  });
}

// What is appended must not carry rollups beyond their limit until somebody asks. Counting what
// they take goes over all of their cells, so that is done when they may have grown by a part of it.
void Generation::forget_what_outgrew() {
  if (grown_bytes_ <= options_.rollup_bytes / kGrowthPart) return;
  rollups_.make_room();
  grown_bytes_ = 0;
}

Status Generation::fill(const EventStore& log, const StoreHead& head,
                        const ProjectProgress& progress) {
  TREDE_CHECK(position() == Position{}, "a fill of a generation that is not empty");
  std::array<CellIndex*, kTableCount> cells_of{};
  for (std::size_t i = 0; i < kTableCount; ++i) {
    parts_[i].has_cells = true;
    cells_of[i] = &parts_[i].cells;
  }
  SharedCells shared(cells_of);
  std::deque<Gatherer> gatherers;
  std::vector<DeltaSink> sinks;
  const unsigned threads = project_threads();
  for (unsigned i = 0; i < threads; ++i) {
    Gatherer& gatherer = gatherers.emplace_back(shared, stored_.get(), kFillRows / threads);
    sinks.emplace_back([&gatherer](const Delta& delta) { gatherer.add(delta); });
  }
  TREDE_RETURN_IF_ERROR(
      project_all(log, head.position, dictionary_, sinks, {.progress = progress}));
  // At once: what each has left is a good part of what there is.
  TREDE_RETURN_IF_ERROR(
      in_parallel(gatherers.size(), [&](std::size_t i) { return gatherers[i].finish(); }));
  if (stored_) {
    TREDE_RETURN_IF_ERROR(stored_->write({}, cells(), dictionary_, head));
    TREDE_RETURN_IF_ERROR(stored_->flush());
  } else {
    for (Gatherer& gatherer : gatherers) {
      for (std::size_t i = 0; i < kTableCount; ++i) {
        std::ranges::copy(gatherer.rows()[i], std::back_inserter(parts_[i].waiting));
      }
    }
  }
  position_.store(head.position.value, std::memory_order_release);
  return {};
}

}  // namespace trede
