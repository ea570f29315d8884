// Laws between answers: stands and their flows balance, and rows add up to the whole.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/property/projections/asked.h"

namespace trede::test {
namespace {

constexpr std::uint64_t kSeeds = 8;

// Stands that have flows.
std::vector<const Measure*> flowing_stands() {
  std::vector<const Measure*> out;
  for (const Measure& measure : measures()) {
    if (find_measure(measure.name + "_bij") != nullptr) out.push_back(&measure);
  }
  return out;
}

// No breakdown, each single dimension, and every pair in a random order.
std::vector<std::vector<std::string>> breakdowns(const Measure& measure, Dice& dice) {
  std::vector<std::vector<std::string>> out{{}};
  const auto& dimensions = measure.dimensions;
  for (const Dimension& dimension : dimensions) out.push_back({dimension.name});
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    for (std::size_t j = i + 1; j < dimensions.size(); ++j) {
      out.push_back({dimensions[i].name, dimensions[j].name});
      if (dice.percent(50)) std::swap(out.back().front(), out.back().back());
    }
  }
  return out;
}

Period random_period(Dice& dice, const QuerySpace& space) {
  const Day one = random_day(dice, space);
  const Day other = random_day(dice, space);
  return {std::min(one, other), std::max(one, other)};
}

// begin + bij - af, which must be the stand at the end.
void expect_balance(const Asked& asked, Query query, const Period& period, bool& moved) {
  const std::string stand = query.measure;
  const auto ask = [&](const std::string& measure, std::variant<Day, Period> time) {
    query.measure = measure;
    query.time = time;
    return table_of(asked.answer(query));
  };
  RowTable table = ask(stand, period.van - std::chrono::days{1});
  const RowTable bij = ask(stand + "_bij", period);
  const RowTable af = ask(stand + "_af", period);
  add(table, bij);
  subtract(table, af);
  if (!bij.empty() && !af.empty()) moved = true;
  const RowTable end = ask(stand, period.tm);
  ASSERT_EQ(text(table), text(end)) << query_text(query) << " van " << format_day(period.van);
}

TEST(Balance, BeginPlusBijMinusAfIsEindForEveryStandBreakdownAndFilter) {
  ASSERT_EQ(flowing_stands().size(), 9u);
  for (const Measure* stand : flowing_stands()) {
    bool moved = false;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const Asked asked(seed, 220);
      Dice dice(seed);
      for (const auto& per : breakdowns(*stand, dice)) {
        for (int round = 0; round < 4; ++round) {
          Query query = random_query(dice, *stand, asked.space());  // for its filters and moment
          query.per = per;
          if (round == 0) query.waar.clear();
          const Period period = random_period(dice, asked.space());
          ASSERT_NO_FATAL_FAILURE(expect_balance(asked, query, period, moved)) << "seed " << seed;
        }
      }
    }
    EXPECT_TRUE(moved) << stand->name << " never moved both ways";
  }
}

// Whether the rows of `dimension` add up to the answer without it. A doelgroep is a set, so a
// dossier may have several rows; a flow counts what tells rows apart, but for what only sorts it.
bool adds_up(const Measure& measure, const std::string& dimension) {
  const bool flow = measure.name.ends_with("_bij") || measure.name.ends_with("_af");
  if (flow) return dimension == "reden" || dimension == "resultaat";
  return dimension != "doelgroep";
}

TEST(Balance, RowsOfADimensionAddUpToTheAnswerWithoutIt) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Asked asked(seed + 50);
    Dice dice(seed);
    for (const Measure& measure : measures()) {
      for (const auto& per : breakdowns(measure, dice)) {
        Query query = random_query(dice, measure, asked.space());
        query.per = per;
        for (std::size_t column = 0; column < per.size(); ++column) {
          if (!adds_up(measure, per[column])) continue;
          query.per = per;
          const RowTable rows = without_column(table_of(asked.answer(query)), column);
          query.per.erase(query.per.begin() + static_cast<std::ptrdiff_t>(column));
          ASSERT_EQ(text(rows), text(table_of(asked.answer(query))))
              << "seed " << seed << ": " << query_text(query) << " without " << per[column];
        }
      }
    }
  }
}

// A dossier stands in each of its doelgroepen, so those rows hold it at least once, and a filter on
// all of them counts it once.
TEST(Balance, AFilterOnEveryDoelgroepIsTheAnswerWithoutIt) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Asked asked(seed + 70);
    Dice dice(seed);
    for (const Measure& measure : measures()) {
      const auto found = std::ranges::find(measure.dimensions, "doelgroep", &Dimension::name);
      if (found == measure.dimensions.end()) continue;
      Query query = random_query(dice, measure, asked.space());
      std::erase(query.per, "doelgroep");
      std::erase_if(query.waar,
                    [](const Filter& filter) { return filter.dimension == "doelgroep"; });
      const std::string without = text(table_of(asked.answer(query)));
      Filter all{"doelgroep", found->codes};
      all.codes.emplace_back("geen");
      query.waar.push_back(all);
      ASSERT_EQ(text(table_of(asked.answer(query))), without)
          << "seed " << seed << ": " << query_text(query);
    }
  }
}

}  // namespace
}  // namespace trede::test
