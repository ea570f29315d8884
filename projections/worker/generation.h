// A generation at work: the part of the cube that questions ask for, in memory, filled from its
// store when a question needs it, and kept up with the log.
#pragma once

#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <vector>

#include "projections/answers/evaluate.h"
#include "projections/facts/project_all.h"
#include "projections/store/store.h"
#include "projections/worker/held_rollups.h"
#include "projections/worker/limits.h"

namespace trede {

struct GenerationOptions {
  bool writable = false;  // else what comes in stays in memory
  // What rollups take in memory at most; who goes beyond it is said in held_rollups.h.
  std::size_t rollup_bytes = kRollupBytes;
};

// Threads: `apply`, `fill`, `load` and `load_cells` one at a time; the rest any, beside them.
class Generation {
 public:
  // Without a store: folded from the log, in memory only.
  explicit Generation(const GenerationOptions& options = {});
  // On a store.
  Generation(std::shared_ptr<StoredGeneration> stored, const GenerationOptions& options);

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
  // Reads the cells of a table, if that was not done; else who needs them first waits for it.
  // Errors: kCorrupt, kIo.
  Status load_cells(Table table);
  // Makes rollups ready to be asked, those of one table in one reading, several tables at once.
  // Errors: kCorrupt, kIo.
  Status load(std::span<const RollupKey> keys);

  // Calls `use` with rollups, in the order of `keys`, which hold still meanwhile, and hands back
  // what it gives; nothing when one is not loaded, or not any more.
  template <typename Use>
  auto read(std::span<const RollupKey> keys, const Use& use) const {
    using Given = decltype(use(Rollups{}));
    const std::shared_lock lock(mutex_);
    std::vector<const Rollup*> rollups;
    for (const RollupKey& key : keys) {
      rollups.push_back(rollups_.ask(key));
      if (rollups.back() == nullptr) return std::optional<Given>();
    }
    return std::optional<Given>(use(Rollups(rollups)));
  }
  // What its rollups take.
  std::size_t rollup_bytes() const {
    const std::shared_lock lock(mutex_);
    return rollups_.bytes();
  }
  // What questions of one form use again.
  LayoutCache& layouts() const { return layouts_; }

 private:
  struct Part {
    CellIndex cells;
    bool has_cells = true;     // those of the store are in
    std::vector<Row> waiting;  // rows that the store does not have
  };

  using RollupsOfTables = std::array<std::vector<Rollup*>, kTableCount>;

  Part& part(Table table) { return parts_[static_cast<std::size_t>(table)]; }
  Status read_tables(const RollupsOfTables& of_table);
  Status read_table(Table table, std::span<Rollup* const> rollups);
  void add_to_rollups(const TableRows& rows);
  void forget_what_outgrew();
  CellIndexes cells() const;

  std::shared_ptr<StoredGeneration> stored_;
  GenerationOptions options_;
  Dictionary dictionary_;
  std::deque<Part> parts_;           // by table; of whoever applies, fills or loads
  mutable std::shared_mutex mutex_;  // over rollups_
  HeldRollups rollups_;
  std::size_t grown_bytes_ = 0;  // of rollups_, about, since they were last held against the limit
  mutable LayoutCache layouts_;
  std::atomic<std::uint64_t> position_{0};
};

}  // namespace trede
