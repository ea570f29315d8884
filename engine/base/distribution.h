// How often values fell where: counted in fixed buckets, without a lock.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace trede {

// What a distribution had counted at about one moment: each number rises from one reading to the
// next, but what is being counted may be in one of them and not in another.
struct DistributionCounts {
  std::vector<double> bounds;         // rising; a value falls at or below the first that holds it
  std::vector<std::uint64_t> counts;  // one for each bound, and those beyond the last
  double sum = 0;
};

// Threads: any.
class Distribution {
 public:
  static constexpr std::size_t kMostBounds = 24;

  // Requires: at most kMostBounds, rising.
  explicit Distribution(std::initializer_list<double> bounds) : size_(bounds.size()) {
    std::ranges::copy(bounds, bounds_.begin());
  }

  void add(double value) {
    const auto end = bounds_.begin() + static_cast<std::ptrdiff_t>(size_);
    const auto at = std::lower_bound(bounds_.begin(), end, value) - bounds_.begin();
    counts_[static_cast<std::size_t>(at)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }

  DistributionCounts read() const {
    DistributionCounts out;
    for (std::size_t i = 0; i <= size_; ++i) {
      if (i < size_) out.bounds.push_back(bounds_[i]);
      out.counts.push_back(counts_[i].load(std::memory_order_relaxed));
    }
    out.sum = sum_.load(std::memory_order_relaxed);
    return out;
  }

 private:
  std::size_t size_;
  std::array<double, kMostBounds> bounds_{};
  std::array<std::atomic<std::uint64_t>, kMostBounds + 1> counts_{};
  std::atomic<double> sum_ = 0;
};

}  // namespace trede
