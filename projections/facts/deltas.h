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
    Table table;
    int day;
    Cell cell;
    Weights weights;
  };
  std::vector<Entry> entries_;
};

}  // namespace trede
