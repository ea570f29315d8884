#include "projections/worker/generation.h"

#include <gtest/gtest.h>

namespace trede::test {
namespace {

bool is_loaded(const Generation& generation, const RollupKey& key) {
  return generation.read({&key, 1}, [](Rollups) { return true; }).has_value();
}

// `count` contactmomenten, each an append of its own, from position `from` on.
std::vector<Delta> contacts(std::uint64_t from, std::uint64_t count) {
  std::vector<Delta> deltas;
  for (std::uint64_t at = from; at < from + count; ++at) {
    deltas.push_back({Table::kContactmomenten, {1, 2}, {Position{at}, 18'000, {1}}});
  }
  return deltas;
}

TEST(Generation, LetsGoOfRollupsThatOutgrowTheirLimitWhileNobodyAsks) {
  constexpr RollupKey kByGemeente{Table::kContactmomenten, 1};
  constexpr RollupKey kByContact{Table::kContactmomenten, 2};
  constexpr std::size_t kLimit = 100'000;
  constexpr std::uint64_t kFew = 100;
  constexpr std::uint64_t kMany = 20'000;
  Generation generation({.writable = false, .rollup_bytes = kLimit});
  const RollupKey keys[] = {kByGemeente, kByContact};
  ASSERT_TRUE(generation.load(keys));
  ASSERT_TRUE(is_loaded(generation, kByContact));
  ASSERT_TRUE(is_loaded(generation, kByGemeente));  // asked last

  ASSERT_TRUE(generation.apply(contacts(1, kFew), {Position{kFew}, {}, {}}));
  EXPECT_TRUE(is_loaded(generation, kByContact));
  EXPECT_TRUE(is_loaded(generation, kByGemeente));

  ASSERT_TRUE(generation.apply(contacts(kFew + 1, kMany), {Position{kFew + kMany}, {}, {}}));
  EXPECT_FALSE(is_loaded(generation, kByContact));
  EXPECT_TRUE(is_loaded(generation, kByGemeente));

  // It is read again when it is asked.
  ASSERT_TRUE(generation.load({&kByContact, 1}));
  EXPECT_TRUE(is_loaded(generation, kByContact));
}

// Rollups of one table by different dimensions, all about as large, of which `kFit` fit.
class ManyRollups {
 public:
  static constexpr std::size_t kFit = 20;

  ManyRollups() : generation_({.writable = false, .rollup_bytes = kFit * bytes_of_one()}) {
    EXPECT_TRUE(generation_.apply(intakes(), {Position{kIntakes}, {}, {}}));
  }

  // Asks for one, and has it read when it is not there. Returns: whether it was.
  bool ask(std::uint32_t number) {
    const RollupKey key{Table::kIntakes, number};
    if (is_loaded(generation_, key)) return true;
    EXPECT_TRUE(generation_.load({&key, 1}));
    EXPECT_TRUE(is_loaded(generation_, key));
    EXPECT_LE(generation_.rollup_bytes(), kFit * bytes_of_one());
    return false;
  }
  // Asks for `from` up to `end`, in turn. Returns: how many of them were there.
  std::uint32_t walk(std::uint32_t from, std::uint32_t end) {
    std::uint32_t found = 0;
    for (std::uint32_t number = from; number < end; ++number) found += ask(number) ? 1 : 0;
    return found;
  }

 private:
  static constexpr std::uint64_t kIntakes = 2'000;
  static std::vector<Delta> intakes() {
    std::vector<Delta> deltas;
    for (std::uint64_t at = 1; at <= kIntakes; ++at) {
      deltas.push_back({Table::kIntakes, {}, {Position{at}, 18'000, {1, 1, 1}}});
    }
    return deltas;
  }
  static std::size_t bytes_of_one() {
    static const std::size_t kBytes = [] {
      const RollupKey key{Table::kIntakes, 0};
      Generation generation;
      EXPECT_TRUE(generation.apply(intakes(), {Position{kIntakes}, {}, {}}));
      EXPECT_TRUE(generation.load({&key, 1}));
      return generation.rollup_bytes();
    }();
    return kBytes;
  }

  Generation generation_;
};

TEST(RollupsWithinALimit, KeepMostOfAWalkOverSomewhatMoreThanFitsAgainAndAgain) {
  ManyRollups rollups;
  constexpr std::uint32_t kWalk = ManyRollups::kFit + 5;
  EXPECT_EQ(rollups.walk(0, kWalk), 0U);
  for (int round = 0; round < 5; ++round) EXPECT_GE(rollups.walk(0, kWalk), kWalk - 6) << round;
}

TEST(RollupsWithinALimit, KeepMostOfThoseAskedOftenWhenOthersAreAskedOnce) {
  ManyRollups rollups;
  rollups.walk(0, ManyRollups::kFit);
  rollups.walk(ManyRollups::kFit, 120);
  EXPECT_GE(rollups.walk(0, ManyRollups::kFit), ManyRollups::kFit - 2);
}

TEST(RollupsWithinALimit, GiveWayWhenOthersAreAskedInTheirPlace) {
  ManyRollups rollups;
  rollups.walk(0, ManyRollups::kFit);
  constexpr std::uint32_t kFrom = 50;
  for (int round = 0; round < 3; ++round) rollups.walk(kFrom, kFrom + ManyRollups::kFit);
  EXPECT_EQ(rollups.walk(kFrom, kFrom + ManyRollups::kFit), ManyRollups::kFit);
}

}  // namespace
}  // namespace trede::test
