// Answers at every place where the cube changes the way it counts: at each snapshot of a series,
// halfway between two, where the nearest one changes sides, and at the edges of months, quarters
// and years; asked just before it, at it and just after it, on both clocks.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "projections/cube/calendar.h"
#include "tests/property/projections/asked.h"
#include "tests/property/projections/busy_log.h"
#include "tests/support/events.h"

namespace trede::test {
namespace {

constexpr int kAppends = 1400;

// Stands, flows, points and sums of w x day over the tables that a busy log fills.
constexpr const char* kMeasures[] = {"aanmeldingen_open",    "aanmeldingen_open_bij",
                                     "aanmeldingen_open_af", "aanmeldingen_over_termijn",
                                     "aanmeldingen",         "dienstverbanden",
                                     "dienstverbanden_bij",  "fte",
                                     "verzuimpercentage",    "meldingsfrequentie"};
constexpr Table kTables[] = {Table::kAanmeldingenOpen, Table::kDienstverbanden};

class Boundaries : public ::testing::Test {
 protected:
  // The deltas of a whole table, as one series has them, in order of position.
  using Deltas = std::vector<SeriesDelta>;

  std::unique_ptr<Generation> cube_upto(Position position) const {
    auto cube = std::make_unique<Generation>();
    const Status filled = cube->fill(log_.store(), {position, {}, {}}, {});
    if (!filled) throw std::runtime_error(filled.error().message);
    return cube;
  }

  static Deltas deltas_of(Generation& cube, Table table) {
    const std::vector<RollupKey> keys{{table, 0}};
    const Status loaded = cube.load(keys);
    if (!loaded) throw std::runtime_error(loaded.error().message);
    Deltas deltas;
    cube.read(keys, [&deltas](Rollups rollups) {
      const Series& series = rollups.front()->series(0);
      series.visit(Position{}, Position{Series::kPositionMax},
                   [&deltas](const SeriesDelta& delta) { deltas.push_back(delta); });
      return series.snapshots();
    });
    return deltas;
  }

  void expect_answers(Generation& cube, Position known, const std::set<Day>& days) {
    auto& naive = naive_[known];
    if (naive == nullptr) naive = std::make_unique<NaiveLog>(events_, known);
    for (const char* measure : kMeasures) {
      for (const Day day : days) {
        Query query{.measure = measure, .time = day, .per = {}, .waar = {}, .known = known};
        if (!find_measure(measure)->asks_day) {
          const Day other = dice_.one_of(days);
          query.time = Period{std::min(day, other), std::max(day, other)};
        }
        if (dice_.percent(30)) query.per = {find_measure(measure)->dimensions.front().name};
        ASSERT_EQ(rows_of(answer_of(cube, query)), naive->answer(query)) << query_text(query);
        ++asked_;
      }
    }
  }
  // At the position of a delta, one before and one after it; on its day, and days around it.
  void expect_around(Generation& cube, const SeriesDelta& delta) {
    const Day day = day_from_number(delta.day);
    const std::chrono::days one{1};
    std::set<Day> days{day - one, day, day + one};
    if (dice_.percent(50)) {
      const Day first = day_from_number(month_first_day(month_number(delta.day)));
      days.insert({first - one, first, first + one});
    }
    for (const std::uint64_t position :
         {delta.position.value - 1, delta.position.value, delta.position.value + 1}) {
      if (Position{position} > cube.position()) continue;
      ASSERT_NO_FATAL_FAILURE(expect_answers(cube, Position{position}, days));
    }
  }

  BusyLog log_{1, kAppends};
  std::vector<EventPtr> events_ = log_.events();
  std::map<Position, std::unique_ptr<NaiveLog>> naive_;
  Dice dice_{1};
  int asked_ = 0;
};

TEST_F(Boundaries, WhereASnapshotIsTakenAndHalfwayToTheNext) {
  const auto whole = cube_upto(log_.store().last_position());
  for (const Table table : kTables) {
    const Deltas deltas = deltas_of(*whole, table);
    constexpr std::size_t kHalf = Series::kDistance / 2;
    ASSERT_GT(deltas.size(), 3 * kHalf + 2);
    for (const std::size_t edge : {kHalf, 2 * kHalf, 3 * kHalf}) {
      for (const std::size_t at : {edge - 2, edge - 1, edge, edge + 1}) {
        // A cube that ends here, and the whole one that knows no further.
        const auto cube = cube_upto(deltas[at].position);
        ASSERT_NO_FATAL_FAILURE(expect_around(*cube, deltas[at]));
        ASSERT_NO_FATAL_FAILURE(expect_around(*whole, deltas[at]));
      }
    }
  }
  EXPECT_GT(asked_, 500);
}

TEST_F(Boundaries, WhereMonthsQuartersAndYearsMeet) {
  const auto whole = cube_upto(log_.store().last_position());
  const std::chrono::days one{1};
  std::set<Day> edges;
  for (int month = month_number(day_number(day("2020-12-01"))); edges.size() < 14; ++month) {
    const Day first = day_from_number(month_first_day(month));
    edges.insert({first - one, first});
  }
  for (int round = 0; round < 2; ++round) {
    const Position known{
        static_cast<std::uint64_t>(dice_.between(2, static_cast<int>(events_.size())))};
    ASSERT_NO_FATAL_FAILURE(expect_answers(*whole, known, edges));
  }
  ASSERT_NO_FATAL_FAILURE(expect_answers(*whole, Position{}, edges));
  ASSERT_NO_FATAL_FAILURE(expect_answers(*whole, log_.store().last_position(), edges));
}

}  // namespace
}  // namespace trede::test
