#include "tools/simulate/dice.h"

#include <gtest/gtest.h>

#include <map>

namespace trede::simulate {
namespace {

// The numbers of SplitMix64 for seed 1, as its author publishes the algorithm: a history must be
// the same on every machine and with every compiler.
TEST(Dice, DrawsTheSameOnEveryMachine) {
  Dice dice(1);
  EXPECT_EQ(dice.next(), 0x910A2DEC89025CC1U);
  EXPECT_EQ(dice.next(), 0xBEEB8DA1658EEC67U);
  EXPECT_EQ(dice.next(), 0xF893A2EEFB32555EU);
}

TEST(Dice, StaysWithinItsLimits) {
  Dice dice(2);
  std::map<int, int> seen;
  for (int i = 0; i < 10'000; ++i) ++seen[dice.between(-2, 3)];
  ASSERT_EQ(seen.size(), 6U);
  EXPECT_EQ(seen.begin()->first, -2);
  EXPECT_EQ(seen.rbegin()->first, 3);
  for (const auto& [value, times] : seen) EXPECT_NEAR(times, 10'000 / 6, 250) << value;
}

TEST(Dice, DrawsATenthBetweenTwoDeciles) {
  constexpr Deciles kDays{0, 1, 2, 3, 5, 10, 20, 30, 40, 60, 100};
  Dice dice(3);
  int below_five = 0;
  int most = 0;
  for (int i = 0; i < 10'000; ++i) {
    const int drawn = dice.draw(kDays);
    EXPECT_GE(drawn, 0);
    most = std::max(most, drawn);
    below_five += drawn < 5 ? 1 : 0;
  }
  EXPECT_NEAR(below_five, 4'000, 200);
  EXPECT_GT(most, 90);
  EXPECT_LT(most, 100);
}

TEST(Dice, PicksByWeight) {
  constexpr std::array<Weighted<char>, 3> kLetters{{{'a', 1}, {'b', 0}, {'c', 3}}};
  Dice dice(4);
  std::map<char, int> seen;
  for (int i = 0; i < 4'000; ++i) ++seen[dice.pick(kLetters)];
  EXPECT_NEAR(seen['a'], 1'000, 120);
  EXPECT_NEAR(seen['c'], 3'000, 120);
  EXPECT_FALSE(seen.contains('b'));
}

}  // namespace
}  // namespace trede::simulate
