#include "tests/bench/figures/row.h"

#include <algorithm>

namespace trede::bench {

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double least(const std::vector<double>& values) { return *std::ranges::min_element(values); }

double most(const std::vector<double>& values) { return *std::ranges::max_element(values); }

double ratio(const Row& row, const Series& peer) {
  const double ours = median(row.ours.values);
  const double theirs = median(peer.values);
  return row.better == Better::kMore ? ours / theirs : theirs / ours;
}

}  // namespace trede::bench
