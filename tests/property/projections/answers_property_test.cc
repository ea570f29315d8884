// Laws of answers, over random histories with late events, corrections, withdrawals and groups.
#include <gtest/gtest.h>

#include <map>

#include "projections/explain.h"
#include "projections/generation.h"
#include "tests/property/projections/naive.h"
#include "tests/property/projections/random_query.h"
#include "tests/support/random_history.h"

namespace trede::test {
namespace {

// A history with its cube in memory.
class Asked {
 public:
  explicit Asked(std::uint64_t seed, std::size_t events = 160)
      : history_(events, {.seed = seed}), all_(history_.events()), space_(query_space(all_)) {
    const Status filled = cube_.fill(history_.store, {all_events(), {}, {}}, {});
    if (!filled) throw std::runtime_error(filled.error().message);
  }

  Position all_events() const { return history_.store.last_position(); }
  const QuerySpace& space() const { return space_; }
  const std::vector<EventPtr>& events() const { return all_; }
  RandomHistory& history() { return history_; }

  Answer answer(const Query& query) { return answer_of(cube_, query); }
  static Answer answer_of(Generation& cube, const Query& query) {
    const Plan plan(query, cube.dictionary());
    return make_answer(plan,
                       cube.read([&](const CubeTables& tables) { return evaluate(plan, tables); }));
  }
  std::vector<Contribution> explain(const Query& query) {
    const Plan plan(query, cube_.dictionary());
    auto figures = cube_.read([&](const CubeTables& tables) {
      return explain_figures(plan, tables, history_.store, cube_.dictionary());
    });
    if (!figures) throw std::runtime_error(figures.error().message);
    return make_contributions(plan, std::move(*figures));
  }
  std::vector<Contribution> diff(const Query& query, Position then) {
    const Plan plan(query, cube_.dictionary());
    return make_contributions(plan, cube_.read([&](const CubeTables& tables) {
      return diff_figures(plan, tables, then);
    }));
  }

  // What the definitions say; the folds of positions asked before are kept.
  NaiveRows naive(const Query& query) {
    auto& log = naive_[query.known];
    if (log == nullptr) log = std::make_unique<NaiveLog>(all_, query.known);
    return log->answer(query);
  }

 private:
  RandomHistory history_;
  std::vector<EventPtr> all_;
  QuerySpace space_;
  Generation cube_;
  std::map<Position, std::unique_ptr<NaiveLog>> naive_;
};

constexpr std::uint64_t kSeeds = 12;

TEST(Answers, EqualANaiveRefoldForAnyMeasureBreakdownFilterDayAndMomentOfKnowing) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Asked asked(seed);
    Dice dice(seed);
    for (const Measure& measure : measures()) {
      for (int round = 0; round < 12; ++round) {
        const Query query = random_query(dice, measure, asked.space());
        ASSERT_EQ(rows_of(asked.answer(query)), asked.naive(query))
            << "seed " << seed << ": " << query_text(query);
      }
    }
  }
}

}  // namespace
}  // namespace trede::test
