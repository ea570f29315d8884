// The least that a count can cost without prefix sums: bitemporal rectangles in plain arrays, all
// of them looked at for every question. Built by a fold of its own, so it is a second opinion too.
#pragma once

#include <vector>

#include "tests/bench/data/columns.h"
#include "tests/bench/peers/counts.h"

namespace trede::bench {

// Threads: one.
class Rectangles final : public CountingPeer {
 public:
  explicit Rectangles(const Columns& columns);

  Counts count(const Question& question) override;
  std::size_t size() const { return cells_.size(); }

 private:
  friend class RectangleWriter;

  const std::vector<std::string> gemeenten_;
  // Rectangle i: `cells_[i]` holds on days [van, tot) as known at positions [from, until).
  std::vector<std::uint32_t> cells_;  // gemeente * kTreden + trede
  std::vector<std::int32_t> van_, tot_;
  std::vector<std::uint32_t> from_, until_;
};

}  // namespace trede::bench
