// A generation at work: the cube in memory, filled from its store table by table when a question
// needs them, and kept up with the log.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "projections/answers/evaluate.h"
#include "projections/facts/projector.h"
#include "projections/store/store.h"

namespace trede {

// Threads: `apply`, `fill` and `load` one at a time; the rest any, beside them.
class Generation {
 public:
  // Without a store: folded from the log, in memory only.
  Generation();
  // On a store. When not `writable`, what comes in stays in memory.
  Generation(std::shared_ptr<StoredGeneration> stored, bool writable);

  std::uint64_t number() const { return stored_ ? stored_->number() : 0; }
  Position position() const { return Position{position_.load(std::memory_order_acquire)}; }
  Dictionary& dictionary() { return dictionary_; }
  const std::shared_ptr<StoredGeneration>& stored() const { return stored_; }

  // Reads the strings. Required once, first, of one on a store. Errors: kCorrupt, kIo.
  Status open();
  // Takes in what appends up to `head.position` changed, in order of position.
  // Errors: kIo, kCorrupt; nothing is taken in.
  Status apply(const std::vector<Delta>& deltas, const StoreHead& head);
  // Fills an empty generation from events 1..head.position. Errors: those of project_all, kIo.
  Status fill(const EventStore& log, const StoreHead& head, const ProjectProgress& progress);
  // Makes `tables` ready to be asked. Errors: kCorrupt, kIo.
  Status load(const std::vector<Table>& tables);
  bool is_loaded(const std::vector<Table>& tables) const;

  // Calls `use` with the tables, which hold still meanwhile. Requires: they are loaded.
  template <typename Use>
  auto read(const Use& use) const {
    const std::shared_lock lock(mutex_);
    CubeTables tables;
    for (std::size_t i = 0; i < kTableCount; ++i) tables[i] = &cube_[i].table;
    return use(tables);
  }

 private:
  struct Part {
    explicit Part(Table of) : table(of) {}
    CubeTable table;
    bool has_cells = true;     // those of the store are in
    bool has_rows = true;      // those of the store are in
    std::vector<Row> waiting;  // rows that the store does not have and the table not yet
  };

  Part& part(Table table) { return cube_[static_cast<std::size_t>(table)]; }
  Status load_cells(Table table);
  Status load_rows(Table table);
  void add(Table table, std::vector<Row> rows);
  CellIndexes cells() const;
  Status flush_part(TableRows& rows);

  std::shared_ptr<StoredGeneration> stored_;
  bool writable_ = false;
  Dictionary dictionary_;
  mutable std::shared_mutex mutex_;  // over cube_
  std::deque<Part> cube_;            // by table
  std::atomic<std::uint64_t> position_{0};
};

}  // namespace trede
