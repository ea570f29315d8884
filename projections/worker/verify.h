// The check of a store: what it holds against what the log gives when it is folded again.
#pragma once

#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "projections/facts/project_all.h"
#include "projections/store/store.h"

namespace trede {

// At most so many findings are named; a last line says how many more there are.
inline constexpr std::size_t kStoreFindingsMax = 100;

// Threads: one. Call `read`, then `refold`, then `findings`.
class StoreCheck {
 public:
  // Reads the whole generation. What cannot be read becomes a finding.
  void read(const StoredGeneration& stored);
  // Folds the log up to where the generation stands. Errors: those of project_all.
  Status refold(const EventStore& log, const ProjectProgress& progress);
  // One line per cell that differs, with its table and dimensions.
  std::vector<std::string> findings() const;

 private:
  // What is known of one cell. Two sets of deltas have the same tally when they are the same.
  struct Tally {
    std::uint64_t deltas = 0;
    std::uint64_t mark = 0;
    Weights sum{};
    bool operator==(const Tally&) const = default;
    void add(const Tally& other);
  };
  struct Pair {
    Tally stored;
    Tally refolded;
  };
  using Cells = std::unordered_map<Cell, Pair, CellHash>;

  using Tables = std::array<Cells, kTableCount>;

  static void count(Tally& tally, const SeriesDelta& delta);
  Status read_table(const StoredGeneration& stored, Table table);
  std::string describe(Table table, const Cell& cell) const;

  Dictionary dictionary_;
  Tables tables_;
  Position position_;
  std::array<bool, kTableCount> readable_{};
  std::vector<std::string> damaged_;
};

}  // namespace trede
