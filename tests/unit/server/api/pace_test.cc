#include "tools/server/api/pace.h"

#include <gtest/gtest.h>

namespace trede::server {
namespace {

using namespace std::chrono_literals;

TEST(Paces, WhatWasNeverSeenIsNotQuick) {
  const Paces paces;
  EXPECT_FALSE(paces.is_quick(7));
}

TEST(Paces, WhatWasQuickLatelyIsQuick) {
  Paces paces;
  paces.learn(7, 0us);  // too short to measure is quick as well
  EXPECT_TRUE(paces.is_quick(7));
  paces.learn(8, 400us);
  EXPECT_TRUE(paces.is_quick(8));
  EXPECT_FALSE(paces.is_quick(9));
}

TEST(Paces, OneSlowAnswerMakesItSlowUntilSomeQuickOnesFollowed) {
  Paces paces;
  paces.learn(7, 100us);
  paces.learn(7, 2ms);
  EXPECT_FALSE(paces.is_quick(7));
  paces.learn(7, 100us);
  EXPECT_FALSE(paces.is_quick(7));
  for (int i = 0; i < 20; ++i) paces.learn(7, 100us);
  EXPECT_TRUE(paces.is_quick(7));
}

TEST(Paces, HowEverLongItTookItIsSlow) {
  Paces paces;
  paces.learn(7, 10h);  // more microseconds than 32 bits hold
  EXPECT_FALSE(paces.is_quick(7));
}

TEST(Paces, OfTwoShapesInOnePlaceTheSlowerOneCounts) {
  Paces paces;
  paces.learn(7, 1s);
  paces.learn(7 + 4096, 10us);
  EXPECT_FALSE(paces.is_quick(7 + 4096));
}

}  // namespace
}  // namespace trede::server
