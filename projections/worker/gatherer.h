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

  // Appends the numbers of those cells of `here` that `numbers` does not have yet.
  void intern(Table table, const CellIndex& here, std::vector<Code>& numbers);

 private:
  std::mutex mutex_;
  std::array<CellIndex*, kTableCount> cells_;
};

// Numbers cells on its own, so that no delta waits for another thread; what all threads call them
// is asked once a part, for all cells that are new in it. Threads: one; each thread of a fill has
// its own.
class Gatherer {
 public:
  // `shared` and `stored` must outlive it. It keeps `part_rows` rows before it writes them, at 48
  // bytes each; without a store all of them stay here.
  Gatherer(SharedCells& shared, StoredGeneration* stored, std::size_t part_rows)
      : shared_(shared), stored_(stored), part_rows_(part_rows) {}
  Gatherer(const Gatherer&) = delete;
  Gatherer& operator=(const Gatherer&) = delete;

  void add(const Delta& delta);
  // Writes what is left. Errors: kIo, also of a part written before.
  Status finish();

  // Requires: finish.
  const TableRows& rows() const { return rows_; }

 private:
  struct Seen {
    CellIndex here;
    std::vector<Code> numbers;  // of all threads, by number here
  };
  // A delta whose cell is being fetched.
  struct Fetched {
    Delta delta;
    CellIndex::Hash hash;
  };
  static constexpr std::size_t kFetched = 64;

  void number_fetched();
  void renumber();
  void flush();

  SharedCells& shared_;
  StoredGeneration* stored_;
  std::size_t part_rows_;
  std::vector<Fetched> fetched_;
  std::array<Seen, kTableCount> seen_;
  TableRows rows_;
  std::size_t count_ = 0;
  Status written_;
};

}  // namespace trede
