#include "projections/cube/series.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/base/check.h"
#include "projections/cube/calendar.h"

namespace trede {

namespace {

// An entry is its key and then its weights. A key holds position and day, so that keys of one list
// rise with the position.
using Entries = std::vector<std::int64_t>;
constexpr int kDayBits = 23;
constexpr std::int64_t kDayBias = std::int64_t{1} << (kDayBits - 1);
constexpr std::size_t kDaysInMonth = 31;

std::int64_t key_of(Position position, int day) {
  return (static_cast<std::int64_t>(position.value) << kDayBits) | (day + kDayBias);
}
// The first key beyond every key with this position.
std::int64_t key_after(Position position) {
  if (position.value >= Series::kPositionMax) return std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(position.value + 1) << kDayBits;
}
int day_of(std::int64_t key) {
  return static_cast<int>((key & ((std::int64_t{1} << kDayBits) - 1)) - kDayBias);
}
Position position_of(std::int64_t key) {
  return Position{static_cast<std::uint64_t>(key >> kDayBits)};
}

void append(Entries& entries, const SeriesDelta& delta, std::size_t weights) {
  entries.push_back(key_of(delta.position, delta.day));
  entries.insert(entries.end(), delta.weights.begin(),
                 delta.weights.begin() + static_cast<std::ptrdiff_t>(weights));
}

SeriesDelta delta_of(const std::int64_t* entry, std::size_t weights) {
  SeriesDelta delta{position_of(entry[0]), day_of(entry[0]), {}};
  std::copy_n(entry + 1, weights, delta.weights.begin());
  return delta;
}

// How many of the entries have a key below `key`.
std::size_t count_below(const Entries& entries, std::size_t stride, std::int64_t key) {
  std::size_t low = 0;
  std::size_t high = entries.size() / stride;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (entries[middle * stride] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void add_weights(Sums& sums, const std::int64_t* weights, int day, const SeriesShape& shape) {
  for (std::size_t i = 0; i < shape.weights; ++i) {
    sums.weight[i] += weights[i];
    if (shape.moments) sums.moment[i] += weights[i] * day;
  }
}

// Adds entries [from, to) with day <= `day`.
struct Range {
  std::size_t from;
  std::size_t to;
};
void add_entries(Sums& sums, const Entries& entries, Range range, int day,
                 const SeriesShape& shape) {
  const std::size_t stride = shape.weights + 1;
  for (std::size_t i = range.from; i < range.to; ++i) {
    const std::int64_t* entry = entries.data() + i * stride;
    const int entry_day = day_of(entry[0]);
    if (entry_day <= day) add_weights(sums, entry + 1, entry_day, shape);
  }
}

// A month, and its first day.
struct MonthOf {
  int number;
  int first_day;
};
MonthOf month_of(int day) {
  const int number = month_number(day);
  return {number, month_first_day(number)};
}

}  // namespace

void Sums::add(const Sums& other) {
  for (std::size_t i = 0; i < kMaxWeights; ++i) {
    weight[i] += other.weight[i];
    moment[i] += other.moment[i];
  }
}

// Invariants
//  1. Months rise by number; the entries of a month rise by key.
//  2. notes[b] of a month are the sums per day of its first (b + 1) * kBlock entries.
//  3. totals[i] are the sums of months 0..i, and the highest position in them, for all i < settled.
struct Series::Months {
  struct Month {
    MonthOf month;
    Entries entries;
    Entries notes;  // per note kDaysInMonth x weights
    Entries today;  // sums per day so far, from which the next note is taken
    Sums total;
    Position last;
  };
  struct Total {
    Sums sums;
    Position last;
  };

  std::vector<Month> months;
  std::vector<Total> totals;
  std::size_t settled = 0;

  void add(const SeriesDelta& delta, const SeriesShape& shape);
  void settle();
  Sums sums(int day, Position known, const SeriesShape& shape) const;
  static void add_known(Sums& sums, const Month& month, std::int64_t key, int day,
                        const SeriesShape& shape);
};

void Series::Months::add(const SeriesDelta& delta, const SeriesShape& shape) {
  const MonthOf of = month_of(delta.day);
  auto found = std::ranges::lower_bound(months, of.number, {},
                                        [](const Month& month) { return month.month.number; });
  if (found == months.end() || found->month.number != of.number) {
    found = months.insert(found, Month{of, {}, {}, {}, {}, {}});
  }
  settled = std::min(settled, static_cast<std::size_t>(found - months.begin()));
  Month& month = *found;
  append(month.entries, delta, shape.weights);
  add_weights(month.total, delta.weights.data(), delta.day, shape);
  month.last = delta.position;
  if (month.today.empty()) month.today.resize(kDaysInMonth * shape.weights);
  const auto at = static_cast<std::size_t>(delta.day - of.first_day) * shape.weights;
  for (std::size_t i = 0; i < shape.weights; ++i) month.today[at + i] += delta.weights[i];
  if (month.entries.size() / (shape.weights + 1) % kBlock == 0) {
    month.notes.insert(month.notes.end(), month.today.begin(), month.today.end());
  }
}

void Series::Months::settle() {
  totals.resize(months.size());
  for (; settled < months.size(); ++settled) {
    Total& total = totals[settled];
    total = settled == 0 ? Total{} : totals[settled - 1];
    total.sums.add(months[settled].total);
    total.last = std::max(total.last, months[settled].last);
  }
}

// Adds the entries of `month` below `key` with day <= `day`.
void Series::Months::add_known(Sums& sums, const Month& month, std::int64_t key, int day,
                               const SeriesShape& shape) {
  const std::size_t stride = shape.weights + 1;
  const std::size_t known = count_below(month.entries, stride, key);
  const std::size_t blocks = known / kBlock;
  if (blocks > 0) {
    const std::int64_t* note = month.notes.data() + (blocks - 1) * kDaysInMonth * shape.weights;
    const int days = std::min(day - month.month.first_day + 1, static_cast<int>(kDaysInMonth));
    for (int i = 0; i < days; ++i) {
      add_weights(sums, note + static_cast<std::size_t>(i) * shape.weights,
                  month.month.first_day + i, shape);
    }
  }
  add_entries(sums, month.entries, {blocks * kBlock, known}, day, shape);
}

Sums Series::Months::sums(int day, Position known, const SeriesShape& shape) const {
  const int number = month_of(day).number;
  const auto number_of = [](const Month& month) { return month.month.number; };
  const auto upto = static_cast<std::size_t>(
      std::ranges::lower_bound(months, number, {}, number_of) - months.begin());
  const auto totals_end = totals.begin() + static_cast<std::ptrdiff_t>(upto);
  const auto wholly = static_cast<std::size_t>(
      std::ranges::upper_bound(totals.begin(), totals_end, known, {}, &Total::last) -
      totals.begin());
  Sums out;
  if (wholly > 0) out = totals[wholly - 1].sums;
  const std::int64_t key = key_after(known);
  for (std::size_t i = wholly; i < upto; ++i) {
    if (months[i].last <= known) {
      out.add(months[i].total);
    } else {
      add_known(out, months[i], key, day, shape);
    }
  }
  if (upto < months.size() && months[upto].month.number == number) {
    add_known(out, months[upto], key, day, shape);
  }
  return out;
}

Series::Series() = default;
Series::~Series() = default;
Series::Series(Series&&) noexcept = default;
Series& Series::operator=(Series&&) noexcept = default;

void Series::add(const SeriesDelta& delta, const SeriesShape& shape) {
  TREDE_CHECK(delta.position.value <= kPositionMax, "a position beyond what a series can hold");
  ++count_;
  if (months_) {
    months_->add(delta, shape);
    return;
  }
  append(flat_, delta, shape.weights);
  if (count_ <= kFlatMax) return;
  months_ = std::make_unique<Months>();
  const std::size_t stride = shape.weights + 1;
  for (std::size_t i = 0; i < flat_.size(); i += stride) {
    months_->add(delta_of(flat_.data() + i, shape.weights), shape);
  }
  flat_ = {};
}

void Series::settle() {
  if (months_) months_->settle();
}

Sums Series::sums(int day, Position known, const SeriesShape& shape) const {
  if (months_) return months_->sums(day, known, shape);
  Sums out;
  const std::size_t upto = count_below(flat_, shape.weights + 1, key_after(known));
  add_entries(out, flat_, {0, upto}, day, shape);
  return out;
}

void Series::visit(Position after, Position until, const SeriesShape& shape,
                   const std::function<void(const SeriesDelta&)>& visit) const {
  const std::size_t stride = shape.weights + 1;
  const auto visit_list = [&](const Entries& entries) {
    const std::size_t from = count_below(entries, stride, key_after(after));
    const std::size_t to = count_below(entries, stride, key_after(until));
    for (std::size_t i = from; i < to; ++i) {
      visit(delta_of(entries.data() + i * stride, shape.weights));
    }
  };
  if (!months_) return visit_list(flat_);
  for (const Months::Month& month : months_->months) visit_list(month.entries);
}

}  // namespace trede
