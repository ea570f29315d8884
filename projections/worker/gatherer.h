// What the threads of a fill gather: deltas become rows, rows go to the store in parts.
#pragma once

#include <array>
#include <mutex>
#include <vector>

#include "projections/store/store.h"

namespace trede {

// The cells of all tables while several threads number them. Threads: any.
class SharedCells {
 public:
  explicit SharedCells(const std::array<CellIndex*, kTableCount>& cells) : cells_(cells) {}

  Code intern(Table table, const Cell& cell) {
    const std::lock_guard lock(mutex_);
    return cells_[static_cast<std::size_t>(table)]->intern(cell);
  }

 private:
  std::mutex mutex_;
  std::array<CellIndex*, kTableCount> cells_;
};

// Threads: one; each thread of a fill has its own.
class Gatherer {
 public:
  // `shared` and `stored` must outlive it; without a store the rows stay here.
  Gatherer(SharedCells& shared, StoredGeneration* stored) : shared_(shared), stored_(stored) {}
  Gatherer(const Gatherer&) = delete;
  Gatherer& operator=(const Gatherer&) = delete;

  void add(const Delta& delta);
  // Writes what is left. Errors: kIo, also of a part written before.
  Status finish();

  const TableRows& rows() const { return rows_; }

 private:
  // Cells seen here, so that most deltas need no lock: number here to number of all.
  struct Seen {
    CellIndex here;
    std::vector<Code> numbers;
  };

  void flush();

  SharedCells& shared_;
  StoredGeneration* stored_;
  std::array<Seen, kTableCount> seen_;
  TableRows rows_;
  std::size_t count_ = 0;
  Status written_;
};

}  // namespace trede
