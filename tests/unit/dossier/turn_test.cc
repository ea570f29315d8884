// Turns: one at a time, in order of arrival, whether a thread waits or something else.
#include "engine/dossier/turn.h"

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <thread>
#include <vector>

namespace trede::test {
namespace {

// Notes that it has the turn; somebody passes it on for it.
struct Noted : Turn::Waiter {
  Noted(int its_number, std::vector<int>& all) : number(its_number), served(all) {
    resume = [](Waiter& waiter) {
      auto& self = static_cast<Noted&>(waiter);
      self.served.push_back(self.number);
    };
  }
  int number;
  std::vector<int>& served;
};

TEST(Turn, IsTakenOnceUntilItIsPassed) {
  Turn turn;
  EXPECT_TRUE(turn.try_take());
  EXPECT_FALSE(turn.try_take());
  turn.pass();
  turn.take();
  EXPECT_FALSE(turn.try_take());
  turn.pass();
  EXPECT_TRUE(turn.try_take());
}

TEST(Turn, GoesRoundInOrderOfArrivalAlsoWhenSomeComeLater) {
  Turn turn;
  std::vector<int> served;
  std::deque<Noted> waiting;
  const auto come = [&](int number) {
    return turn.take_or_wait(waiting.emplace_back(number, served));
  };
  EXPECT_TRUE(come(0));
  for (int i = 1; i <= 3; ++i) EXPECT_FALSE(come(i));
  turn.pass();
  EXPECT_EQ(served, (std::vector{1}));
  for (int i = 4; i <= 5; ++i) EXPECT_FALSE(come(i));
  for (int i = 0; i < 4; ++i) turn.pass();
  EXPECT_EQ(served, (std::vector{1, 2, 3, 4, 5}));
  EXPECT_FALSE(turn.try_take());
  turn.pass();
  EXPECT_TRUE(come(6));
  EXPECT_EQ(served.size(), 5U);
}

TEST(Turn, IsOneThreadsAtATime) {
  constexpr int kThreads = 8;
  constexpr int kEach = 2000;
  Turn turn;
  int inside = 0;  // not guarded: by the turn it is
  int times = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < kEach; ++n) {
          turn.take();
          EXPECT_EQ(++inside, 1);
          ++times;
          EXPECT_EQ(--inside, 0);
          turn.pass();
        }
      });
    }
  }
  EXPECT_EQ(times, kThreads * kEach);
}

}  // namespace
}  // namespace trede::test
