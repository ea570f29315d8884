#include "projections/cube/day_totals.h"

#include <algorithm>

namespace trede {

namespace {

// Up to so many changes are put in one by one: new ones mostly fall on the last days.
constexpr std::size_t kFew = 16;

}  // namespace

void DayTotals::add(std::span<const Change> changes) {
  if (changes.size() > kFew) return merge(changes);
  for (const Change& change : changes) insert(change);
}

void DayTotals::insert(const Change& change) {
  const auto found = std::ranges::lower_bound(days_, change.day);
  const auto at = static_cast<std::size_t>(found - days_.begin());
  const auto sums_at = sums_.begin() + static_cast<std::ptrdiff_t>(at * lanes_);
  if (found == days_.end() || *found != change.day) {
    days_.insert(found, change.day);
    sums_.insert(sums_at, lanes_, 0);
    if (at > 0) {
      for (std::size_t i = 0; i < lanes_; ++i) {
        sums_[at * lanes_ + i] = sums_[(at - 1) * lanes_ + i];
      }
    }
  }
  for (std::size_t i = at * lanes_; i < sums_.size(); i += lanes_) {
    for (std::size_t lane = 0; lane < lanes_; ++lane) sums_[i + lane] += change.lanes[lane];
  }
}

void DayTotals::merge(std::span<const Change> changes) {
  std::vector<int> days;
  std::vector<std::int64_t> sums;
  days.reserve(days_.size() + changes.size());
  sums.reserve((days_.size() + changes.size()) * lanes_);
  std::vector<std::int64_t> added(lanes_);  // by the changes so far
  auto next = changes.begin();
  std::size_t at = 0;
  while (at < days_.size() || next != changes.end()) {
    const bool here = at < days_.size() && (next == changes.end() || days_[at] <= next->day);
    const int day = here ? days_[at] : next->day;
    if (here) ++at;
    for (; next != changes.end() && next->day == day; ++next) {
      for (std::size_t lane = 0; lane < lanes_; ++lane) added[lane] += next->lanes[lane];
    }
    days.push_back(day);
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      const std::int64_t before = at == 0 ? 0 : sums_[(at - 1) * lanes_ + lane];
      sums.push_back(before + added[lane]);
    }
  }
  days_ = std::move(days);
  sums_ = std::move(sums);
}

const std::int64_t* DayTotals::upto(int day) const {
  const auto after = std::ranges::upper_bound(days_, day);
  if (after == days_.begin()) return nullptr;
  return sums_.data() + static_cast<std::size_t>(after - days_.begin() - 1) * lanes_;
}

}  // namespace trede
