#include "engine/base/distribution.h"

#include <gtest/gtest.h>

#include <thread>

namespace trede {
namespace {

TEST(Distribution, AValueFallsAtOrBelowItsBound) {
  Distribution distribution{1, 2.5, 10};
  for (const double value : {0.5, 1.0, 1.5, 2.5, 10.0, 10.5, 1000.0}) distribution.add(value);
  const DistributionCounts counts = distribution.read();
  EXPECT_EQ(counts.bounds, (std::vector<double>{1, 2.5, 10}));
  EXPECT_EQ(counts.counts, (std::vector<std::uint64_t>{2, 2, 1, 2}));
  EXPECT_EQ(counts.sum, 1026);
}

TEST(Distribution, CountsEveryValueOfManyThreads) {
  Distribution distribution{1};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 1000; ++n) distribution.add(n % 2 == 0 ? 1 : 3);
      });
    }
  }
  const DistributionCounts counts = distribution.read();
  EXPECT_EQ(counts.counts, (std::vector<std::uint64_t>{2000, 2000}));
  EXPECT_EQ(counts.sum, 8000);
}

}  // namespace
}  // namespace trede
