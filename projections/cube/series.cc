#include "projections/cube/series.h"

#include <algorithm>
#include <numeric>

#include "engine/base/check.h"

namespace trede {

namespace {

void take(const std::int64_t* lanes, const SeriesShape& shape, Sums& sums) {
  if (lanes == nullptr) return;
  std::copy_n(lanes, shape.weights, sums.weight.begin());
  if (shape.moments) std::copy_n(lanes + shape.weights, shape.weights, sums.moment.begin());
}

}  // namespace

void Series::add(const SeriesDelta& delta) {
  TREDE_CHECK(delta.position.value <= kPositionMax, "a position beyond what a series can hold");
  if (add_to_last(delta)) return;
  if (count() > settled_ && delta.position.value < positions_.back()) in_order_ = false;
  positions_.push_back(delta.position.value);
  days_.push_back(delta.day);
  for (std::size_t w = 0; w < shape_.weights; ++w) weights_[w].push_back(delta.weights[w]);
}

// What one append takes away and gives back on one day is one delta, or none: a change of a
// dimension that a rollup does not keep leaves nothing.
bool Series::add_to_last(const SeriesDelta& delta) {
  if (count() == settled_ || positions_.back() != delta.position.value ||
      days_.back() != delta.day) {
    return false;
  }
  bool nothing = true;
  for (std::size_t w = 0; w < shape_.weights; ++w) {
    weights_[w].back() += delta.weights[w];
    nothing = nothing && weights_[w].back() == 0;
  }
  if (!nothing) return true;
  positions_.pop_back();
  days_.pop_back();
  for (std::size_t w = 0; w < shape_.weights; ++w) weights_[w].pop_back();
  return true;
}

// Puts what is not settled yet into order of position.
void Series::sort_new() {
  in_order_ = true;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;  // position, place
  order.reserve(count() - settled_);
  for (std::size_t i = settled_; i < count(); ++i) {
    order.emplace_back(positions_[i], static_cast<std::uint32_t>(i - settled_));
  }
  std::ranges::sort(order);
  const auto put_in_order = [&](auto& column) {
    const auto first = column.begin() + static_cast<std::ptrdiff_t>(settled_);
    const std::vector before(first, column.end());
    for (std::size_t i = 0; i < order.size(); ++i) {
      column[settled_ + i] = before[order[i].second];
    }
  };
  put_in_order(positions_);
  put_in_order(days_);
  for (std::size_t w = 0; w < shape_.weights; ++w) put_in_order(weights_[w]);
}

void Series::settle() {
  if (!in_order_) sort_new();
  TREDE_CHECK(
      settled_ == 0 || settled_ == count() || positions_[settled_ - 1] <= positions_[settled_],
      "a delta before those that were settled");
  while (settled_ < count()) {
    const std::size_t last = snapshots_.empty() ? 0 : snapshots_.back().count;
    const std::size_t next = last + std::max(kDistance, now_.size());
    settle_upto(std::min(count(), std::max(next, settled_ + 1)));
    if (settled_ >= next) snapshots_.push_back({settled_, now_});
  }
}

// Brings deltas [settled_, count) into the totals.
void Series::settle_upto(std::size_t count) {
  const std::size_t lanes = shape_.lanes();
  std::vector<std::size_t> order(count - settled_);
  std::iota(order.begin(), order.end(), settled_);
  std::ranges::sort(order, {}, [this](std::size_t i) { return days_[i]; });
  std::vector<std::int64_t> values;
  values.reserve(order.size() * lanes);
  std::vector<DayTotals::Change> changes;
  changes.reserve(order.size());
  for (const std::size_t i : order) {
    changes.push_back({days_[i], values.data() + values.size()});  // never moves: it was reserved
    for (std::size_t w = 0; w < shape_.weights; ++w) values.push_back(weights_[w][i]);
    if (!shape_.moments) continue;
    for (std::size_t w = 0; w < shape_.weights; ++w) values.push_back(weights_[w][i] * days_[i]);
  }
  now_.add(changes);
  settled_ = count;
}

std::size_t Series::count_upto(Position position) const {
  if (positions_.empty() || positions_.back() <= position.value) return positions_.size();
  const auto beyond = std::ranges::upper_bound(positions_, position.value);
  return static_cast<std::size_t>(beyond - positions_.begin());
}

void Series::scan(std::size_t from, std::size_t to, int day, std::int64_t sign, Sums& sums) const {
  // Without a branch in the loops: whether a day counts cannot be foreseen.
  const std::int32_t* days = days_.data();
  for (std::size_t w = 0; w < shape_.weights; ++w) {
    const std::int64_t* weights = weights_[w].data();
    std::int64_t sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += days[i] <= day ? weights[i] : 0;
    sums.weight[w] += sign * sum;
    if (!shape_.moments) continue;
    std::int64_t moment = 0;
    for (std::size_t i = from; i < to; ++i) {
      moment += days[i] <= day ? weights[i] * days[i] : 0;
    }
    sums.moment[w] += sign * moment;
  }
}

Sums Series::sums(int day, Position known) const {
  Sums out;
  const std::size_t upto = count_upto(known);
  if (upto == 0) return out;
  const auto above = std::ranges::lower_bound(snapshots_, upto, {}, &Snapshot::count);
  const bool is_last = above == snapshots_.end();
  const DayTotals& more = is_last ? now_ : above->totals;
  const std::size_t more_count = is_last ? settled_ : above->count;
  const bool is_first = above == snapshots_.begin();
  const std::size_t less_count = is_first ? 0 : std::prev(above)->count;
  if (more_count - upto <= upto - less_count) {
    take(more.upto(day), shape_, out);
    scan(upto, more_count, day, -1, out);
  } else {
    if (!is_first) take(std::prev(above)->totals.upto(day), shape_, out);
    scan(less_count, upto, day, 1, out);
  }
  return out;
}

void Series::visit(Position after, Position until,
                   const std::function<void(const SeriesDelta&)>& visit) const {
  const std::size_t to = count_upto(until);
  for (std::size_t i = count_upto(after); i < to; ++i) {
    SeriesDelta delta{Position{positions_[i]}, days_[i], {}};
    for (std::size_t w = 0; w < shape_.weights; ++w) delta.weights[w] = weights_[w][i];
    visit(delta);
  }
}

std::size_t Series::bytes() const {
  std::size_t bytes = positions_.capacity() * sizeof(std::uint64_t) +
                      days_.capacity() * sizeof(std::int32_t) + now_.bytes() + sizeof(*this);
  for (const auto& column : weights_) bytes += column.capacity() * sizeof(std::int64_t);
  for (const Snapshot& snapshot : snapshots_) bytes += snapshot.totals.bytes() + sizeof(snapshot);
  return bytes;
}

}  // namespace trede
