// The deltas of one cell, kept so that sums over (day <= D, position <= K) have a bounded cost.
//
// Deltas stand in order of position; beside them the totals per day of all of them, and of the
// first so many at regular distances: snapshots. As known now a question is one search in the last
// totals. As known at K it takes the nearest snapshot, of fewer deltas or of more, and adds or
// takes off what lies between: half the distance at most. The distance is as many deltas as there
// are days, kDistance at least, so all snapshots together take about as much memory as the deltas.
// A correction is a delta like any other: nothing gets slower by it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/base/ids.h"
#include "projections/cube/day_totals.h"
#include "projections/cube/tables.h"

namespace trede {

struct SeriesShape {
  std::size_t weights = 1;
  bool moments = false;  // also sums of weight x day
  std::size_t lanes() const { return moments ? 2 * weights : weights; }
};

struct Sums {
  Weights weight{};
  Weights moment{};  // of weight x day; zero when the shape keeps none
};

// What changed on `day`, as became known at `position`.
struct SeriesDelta {
  Position position;
  int day;
  Weights weights;
};

// Threads: `sums` and `visit` from any number at once; `add` and `settle` alone.
//
// Invariants
//  1. Positions do not fall, from settle to settle.
//  2. now_ is over the first settled_ deltas; each snapshot over its first `count`.
class Series {
 public:
  static constexpr std::size_t kDistance = 512;  // deltas between two snapshots, at least
  static constexpr std::uint64_t kPositionMax = (std::uint64_t{1} << 40) - 1;

  explicit Series(const SeriesShape& shape) : shape_(shape), now_(shape.lanes()) {}

  // In any order, but with no position before one that was settled.
  void add(const SeriesDelta& delta);
  // Brings the totals up to date. Required after `add` and before `sums`.
  void settle();

  // Sums of deltas with day <= `day` and position <= `known`.
  Sums sums(int day, Position known) const;

  // Hands every delta with after < position <= until to `visit`, in order of position.
  void visit(Position after, Position until,
             const std::function<void(const SeriesDelta&)>& visit) const;

  std::size_t count() const { return days_.size(); }
  std::size_t snapshots() const { return snapshots_.size(); }
  std::size_t bytes() const;

 private:
  struct Snapshot {
    std::size_t count;  // of deltas in it
    DayTotals totals;
  };

  bool add_to_last(const SeriesDelta& delta);
  void sort_new();
  std::size_t count_upto(Position position) const;
  void settle_upto(std::size_t count);
  // Adds, or with -1 takes off, deltas [from, to) with day <= `day`.
  void scan(std::size_t from, std::size_t to, int day, std::int64_t sign, Sums& sums) const;

  SeriesShape shape_;
  // Delta by delta.
  std::vector<std::uint64_t> positions_;
  std::vector<std::int32_t> days_;
  std::array<std::vector<std::int64_t>, kMaxWeights> weights_;  // as many as the shape has
  DayTotals now_;
  std::size_t settled_ = 0;
  bool in_order_ = true;             // what is not settled
  std::vector<Snapshot> snapshots_;  // in order of count
};

}  // namespace trede
