// The deltas of one cell, kept so that sums over (day <= D, position <= K) have a bounded cost.
//
// Few deltas stand in one list. More stand per month of their day, within a month in order of
// position; after every kBlock deltas a month notes the sums per day so far, and the months note
// their running totals. A question takes the totals of the months that are wholly known at K in one
// look, and of each other month one binary search, one note and at most kBlock deltas. So its cost
// grows with the months that were still moving after K, not with the number of deltas, and
// corrections are deltas like any other.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/ids.h"
#include "projections/cube/tables.h"

namespace trede {

struct SeriesShape {
  std::size_t weights = 1;
  bool moments = false;  // also keep sums of weight x day
};

struct Sums {
  Weights weight{};
  Weights moment{};  // of weight x day; zero when the shape keeps none
  void add(const Sums& other);
};

// What changed on `day`, as became known at `position`.
struct SeriesDelta {
  Position position;
  int day;
  Weights weights;
};

// Threads: `sums` and `visit` from any number at once; `add` and `settle` alone.
class Series {
 public:
  static constexpr std::size_t kFlatMax = 64;  // deltas in one list
  static constexpr std::size_t kBlock = 128;   // deltas between two notes of a month
  static constexpr std::uint64_t kPositionMax = (std::uint64_t{1} << 40) - 1;

  Series();
  ~Series();
  Series(Series&&) noexcept;
  Series& operator=(Series&&) noexcept;

  // Requires: a position not before that of the last delta.
  void add(const SeriesDelta& delta, const SeriesShape& shape);
  // Brings the running totals up to date. Required after `add` and before `sums`.
  void settle();

  // Sums of deltas with day <= `day` and position <= `known`.
  Sums sums(int day, Position known, const SeriesShape& shape) const;

  // Hands every delta with after < position <= until to `visit`, in no particular order.
  void visit(Position after, Position until, const SeriesShape& shape,
             const std::function<void(const SeriesDelta&)>& visit) const;

  std::size_t count() const { return count_; }

 private:
  struct Months;

  std::vector<std::int64_t> flat_;  // entries (see series.cc); empty once there are months
  std::unique_ptr<Months> months_;
  std::size_t count_ = 0;
};

}  // namespace trede
