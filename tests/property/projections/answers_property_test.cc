// Laws of answers, over random histories with late events, corrections, withdrawals and groups.
#include <gtest/gtest.h>

#include <set>

#include "tests/property/projections/asked.h"

namespace trede::test {
namespace {

constexpr std::uint64_t kSeeds = 12;

// Asks for everything there is, in the rows that were asked for.
void widen(Query& query, const QuerySpace& space) {
  query.waar.clear();
  query.known = space.known.back();
  if (std::holds_alternative<Period>(query.time)) query.time = Period{space.first, space.last};
}

// The measures that nothing was seen of.
std::string unseen(const std::set<std::string>& seen) {
  std::string out;
  for (const Measure& measure : measures()) {
    if (!seen.contains(measure.name)) out += measure.name + " ";
  }
  return out;
}

TEST(Answers, EqualANaiveRefoldForAnyMeasureBreakdownFilterDayAndMomentOfKnowing) {
  std::set<std::string> seen;  // measures with something to count
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Asked asked(seed, 200);
    Dice dice(seed);
    for (const Measure& measure : measures()) {
      for (int round = 0; round < 12; ++round) {
        Query query = random_query(dice, measure, asked.space());
        if (round == 0) widen(query, asked.space());
        const NaiveRows expected = asked.naive(query);
        ASSERT_EQ(rows_of(asked.answer(query)), expected)
            << "seed " << seed << ": " << query_text(query);
        if (!table_of(asked.answer(query)).empty()) seen.insert(measure.name);
      }
    }
  }
  EXPECT_EQ(unseen(seen), "");
}

TEST(Answers, AreTheSameWhenThereIsRoomForOneRollupOnly) {
  const RandomHistory history(300, {.seed = 77});
  const StoreHead head{history.store.last_position(), {}, {}};
  Generation roomy;
  Generation narrow({.rollup_bytes = 1});
  for (Generation* generation : {&roomy, &narrow}) {
    ASSERT_TRUE(generation->fill(history.store, head, {}));
  }
  const QuerySpace space = query_space(history.events());
  Dice dice(77);
  for (int round = 0; round < 400; ++round) {
    const Query query = random_query(dice, dice.one_of(measures()), space);
    ASSERT_EQ(rows_of(answer_of(narrow, query)), rows_of(answer_of(roomy, query)))
        << query_text(query);
  }
  const std::vector<RollupKey> first{{Table::kTrajecten, 0}};
  const std::vector<RollupKey> second{{Table::kIntakes, 0}};
  const auto is_there = [](Rollups) { return true; };
  ASSERT_TRUE(narrow.load(first));
  EXPECT_TRUE(narrow.read(first, is_there));
  ASSERT_TRUE(narrow.load(second));
  EXPECT_FALSE(narrow.read(first, is_there));
  EXPECT_TRUE(narrow.read(second, is_there));
}

// Lines of one row name each event once, in order.
void expect_in_order(const std::vector<Contribution>& lines, const std::string& asked) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    EXPECT_LT(std::tie(lines[i - 1].codes, lines[i - 1].position),
              std::tie(lines[i].codes, lines[i].position))
        << asked;
  }
}

TEST(Answers, AreWhatTheLinesOfExplainRecountTo) {
  std::set<std::string> seen;  // measures with something to explain
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Asked asked(seed + 20, 400);
    Dice dice(seed + 100);
    for (const Measure& measure : measures()) {
      for (int round = 0; round < 30; ++round) {
        const Query query = random_query(dice, measure, asked.space());
        const auto lines = asked.explain(query);
        ASSERT_EQ(text(table_of(lines)), text(table_of(asked.answer(query))))
            << "seed " << seed << ": explain " << query_text(query);
        expect_in_order(lines, query_text(query));
        for (const Contribution& line : lines) EXPECT_LE(line.position, query.known);
        if (!lines.empty()) seen.insert(measure.name);
      }
    }
  }
  EXPECT_EQ(unseen(seen), "");
}

TEST(Answers, DifferByWhatTheLinesOfDiffRecountTo) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Asked asked(seed + 40, 400);
    Dice dice(seed + 200);
    for (const Measure& measure : measures()) {
      for (int round = 0; round < 30; ++round) {
        Query query = random_query(dice, measure, asked.space());
        Query later = query;
        later.known = random_known(dice, asked.space());
        if (later.known < query.known) std::swap(query.known, later.known);
        const auto lines = asked.diff(query, later.known);
        RowTable moved = table_of(asked.answer(later));
        subtract(moved, table_of(asked.answer(query)));
        ASSERT_EQ(text(table_of(lines)), text(moved))
            << "seed " << seed << ": diff " << query_text(query) << " --en-positie "
            << later.known.value;
        expect_in_order(lines, query_text(query));
        for (const Contribution& line : lines) {
          EXPECT_GT(line.position, query.known);
          EXPECT_LE(line.position, later.known);
        }
        if (!lines.empty()) seen.insert(measure.name);
      }
    }
  }
  EXPECT_EQ(unseen(seen), "");
}

}  // namespace
}  // namespace trede::test
