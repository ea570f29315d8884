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

}  // namespace
}  // namespace trede::test
