// Facts that add up to deltas.
#pragma once

#include <functional>
#include <vector>

#include "projections/cube/cube.h"
#include "projections/facts/facts.h"

namespace trede {

using DeltaSink = std::function<void(const Delta&)>;

// Collects facts, and hands out what they add up to: rows that cancel fall away.
class DeltaSum {
 public:
  void add(const Fact& fact, int sign);
  // In order of table, day and cell. Empties the sum.
  void take(Position position, const DeltaSink& sink);

 private:
  struct Entry {
    std::uint64_t place;  // table and day, as one number in that order
    Cell cell;
    Weights weights;
  };
  static bool is_before(const Entry* one, const Entry* other);

  std::vector<Entry> entries_;
  std::vector<const Entry*> sorted_;  // these are moved in sorting, and not what they lead to
};

}  // namespace trede
