// Sums over days: what all deltas up to and including a day add up to, looked up in one search.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace trede {

// A number of lanes is summed at once: weights and, where the table needs them, weights x day.
// Threads: const functions from any number at once, others alone.
//
// Invariants
//  1. days_ rise; sums_ holds per day its lanes, summed over that day and all before it.
class DayTotals {
 public:
  explicit DayTotals(std::size_t lanes) : lanes_(lanes) {}

  // What the deltas of one day add.
  struct Change {
    int day;
    const std::int64_t* lanes;
  };
  // Adds `changes`, in order of day. Costs a walk over the days that are here, or over those from
  // the first that changes when there are few changes.
  void add(std::span<const Change> changes);

  // The sums of all days <= `day`: as many as there are lanes, or null when they are all zero.
  const std::int64_t* upto(int day) const;

  // Distinct days.
  std::size_t size() const { return days_.size(); }
  std::size_t bytes() const {
    return days_.capacity() * sizeof(int) + sums_.capacity() * sizeof(std::int64_t);
  }

 private:
  void insert(const Change& change);
  void merge(std::span<const Change> changes);

  std::size_t lanes_;
  std::vector<int> days_;
  std::vector<std::int64_t> sums_;
};

}  // namespace trede
