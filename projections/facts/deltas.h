// From the events of one append to deltas: facts after minus facts before, stream by stream.
#pragma once

#include <functional>
#include <vector>

#include "engine/dossier/history.h"
#include "projections/cube/cube.h"
#include "projections/facts/facts.h"

namespace trede {

using DeltaSink = std::function<void(const Delta&)>;

// Adds `events` (of one stream, one append, decoded) to `history` and hands what that changes to
// `sink`. The deltas carry the position of the last of the events: no question can be asked in the
// middle of an append, so that is as exact as the last position of the append, and tells which
// stream moved.
// Requires: 1 or more events, after all of `history`.
void add_append(History& history, std::vector<EventPtr> events, Dictionary& dictionary,
                const DeltaSink& sink);

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
