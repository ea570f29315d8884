#include "projections/cube/series.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/events.h"

namespace trede::test {
namespace {

constexpr SeriesShape kShape{2, true};

// A series beside the plain list of its deltas.
class Twin {
 public:
  void add(std::uint64_t position, int on, std::int64_t weight) {
    const SeriesDelta delta{Position{position}, on, {weight, 2 * weight}};
    series_.add(delta);
    deltas_.push_back(delta);
  }
  void settle() { series_.settle(); }

  void expect_same(int until, std::uint64_t known) const {
    Sums expected;
    for (const SeriesDelta& delta : deltas_) {
      if (delta.day > until || delta.position > Position{known}) continue;
      for (std::size_t i = 0; i < 2; ++i) {
        expected.weight[i] += delta.weights[i];
        expected.moment[i] += delta.weights[i] * delta.day;
      }
    }
    const Sums found = series_.sums(until, Position{known});
    ASSERT_EQ(found.weight, expected.weight) << "day " << until << " known " << known;
    ASSERT_EQ(found.moment, expected.moment) << "day " << until << " known " << known;
  }
  // Positions handed out for (after, until], sorted.
  std::vector<std::uint64_t> visited(std::uint64_t after, std::uint64_t until) const {
    std::vector<std::uint64_t> out;
    series_.visit(Position{after}, Position{until},
                  [&out](const SeriesDelta& delta) { out.push_back(delta.position.value); });
    std::ranges::sort(out);
    return out;
  }
  std::size_t count() const { return series_.count(); }

 private:
  Series series_{kShape};
  std::vector<SeriesDelta> deltas_;
};

const int kDay = day_number(day("2024-02-27"));

TEST(Series, OfNothingAddsUpToZero) {
  const Series series(kShape);
  EXPECT_EQ(series.sums(kDay, Position{9}).weight, Weights{});
}

// Around every snapshot, halfway between two, and where the totals are merged instead of put in.
TEST(Series, AddsUpTheSameAtEveryCountDayAndPosition) {
  for (const std::size_t count :
       {std::size_t{1}, std::size_t{16}, std::size_t{17}, Series::kDistance / 2,
        Series::kDistance - 1, Series::kDistance, Series::kDistance + 1, 2 * Series::kDistance,
        4 * Series::kDistance + 3}) {
    Twin twin;
    for (std::size_t i = 0; i < count; ++i) {
      // Most in one month, some in those around it, in no order of day.
      twin.add(2 * i + 1, kDay + static_cast<int>(i * 7 % 5) - (i % 11 == 0 ? 40 : 0),
               static_cast<std::int64_t>(i % 13) - 6);
    }
    twin.settle();
    EXPECT_EQ(twin.count(), count);
    for (const int on : {-41, -40, -37, -30, -1, 0, 1, 2, 3, 4, 5, 40}) {
      for (std::size_t known = 0; known <= 2 * count + 1; known += count > 100 ? 17 : 1) {
        twin.expect_same(kDay + on, known);
      }
      twin.expect_same(kDay + on, 2 * count);
      twin.expect_same(kDay + on, Series::kPositionMax);
    }
  }
}

TEST(Series, KeepsItsTotalsWhenDeltasComeInLater) {
  Twin twin;
  std::uint64_t position = 0;
  for (int round = 0; round < 40; ++round) {
    for (int month = 0; month < 6; ++month) {
      twin.add(++position, kDay + 31 * ((month * 5 + round) % 6), month + 1);
    }
    twin.settle();
    twin.expect_same(kDay + 70, position);
    twin.expect_same(kDay + 70, position / 2);
    twin.expect_same(kDay + 400, position - 3);
  }
}

// As they come from a store, month by month.
TEST(Series, PutsWhatComesInBeforeItIsSettledInOrder) {
  for (const std::uint64_t count : {40, 2000}) {
    Twin twin;
    for (std::uint64_t part = 0; part < 7; ++part) {
      for (std::uint64_t i = part; i < count; i += 7)
        twin.add(i + 1, kDay + static_cast<int>(part), 1);
    }
    twin.settle();
    for (const std::uint64_t known : {std::uint64_t{0}, count / 3, count / 2, count}) {
      twin.expect_same(kDay + 3, known);
    }
    EXPECT_EQ(twin.visited(3, 6), (std::vector<std::uint64_t>{4, 5, 6}));
  }
}

TEST(Series, TakesSnapshotsAsFarApartAsItHasDays) {
  Series series(kShape);
  const auto add = [&](std::uint64_t from, std::uint64_t to, int days) {
    for (std::uint64_t i = from; i < to; ++i) {
      series.add({Position{i + 1}, kDay + static_cast<int>(i) % days, {1, 2}});
      series.settle();
    }
  };
  add(0, 4 * Series::kDistance, 10);
  EXPECT_EQ(series.snapshots(), 4u);
  add(4 * Series::kDistance, 20 * Series::kDistance, 2000);
  EXPECT_LE(series.snapshots(), 10u);
  EXPECT_GE(series.snapshots(), 7u);
}

TEST(Series, TakesSeveralDeltasOfOnePosition) {
  Twin twin;
  for (std::uint64_t i = 0; i < 300; ++i) twin.add(1 + i / 3, kDay + static_cast<int>(i % 3), 1);
  twin.settle();
  for (const std::uint64_t known : {0, 1, 2, 50, 100}) {
    twin.expect_same(kDay + 1, known);
    EXPECT_EQ(twin.visited(0, known).size(), 3 * known);
  }
}

TEST(Series, HandsOutTheDeltasBetweenTwoPositions) {
  for (const std::uint64_t count : {10, 500}) {
    Twin twin;
    for (std::uint64_t i = 1; i <= count; ++i) twin.add(i, kDay + static_cast<int>(i % 90), 1);
    twin.settle();
    EXPECT_EQ(twin.visited(3, 6), (std::vector<std::uint64_t>{4, 5, 6}));
    EXPECT_EQ(twin.visited(0, count).size(), count);
    EXPECT_EQ(twin.visited(count, Series::kPositionMax).size(), 0u);
  }
}

TEST(Series, HoldsDaysFarAwayAndPositionsUpToTheMost) {
  Twin twin;
  twin.add(1, day_number(day("1950-01-01")), 3);
  twin.add(2, day_number(day("9999-12-31")), 5);
  twin.add(Series::kPositionMax, kDay, 7);
  twin.settle();
  twin.expect_same(day_number(day("1950-01-01")), 1);
  twin.expect_same(day_number(day("9999-12-31")), Series::kPositionMax - 1);
  twin.expect_same(day_number(day("9999-12-31")), Series::kPositionMax);
  twin.expect_same(day_number(day("0001-01-01")), 2);
}

}  // namespace
}  // namespace trede::test
