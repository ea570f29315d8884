#include "projections/worker/in_parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

namespace trede {
namespace {

TEST(InParallel, CallsEachOnceAndIsDoneWhenAllAre) {
  for (const std::size_t count : {0U, 1U, 2U, 1000U}) {
    std::vector<std::atomic<int>> calls(count);
    ASSERT_TRUE(in_parallel(count, [&](std::size_t i) {
      ++calls[i];
      return Status();
    }));
    for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(calls[i], 1) << i << " of " << count;
  }
}

TEST(InParallel, TellsOfTheFirstThatFailedAndCallsTheOthers) {
  constexpr std::size_t kCount = 100;
  std::atomic<std::size_t> calls = 0;
  const Status outcome = in_parallel(kCount, [&](std::size_t i) -> Status {
    ++calls;
    if (i == 30 || i == 70) return Error{ErrorCode::kIo, "number " + std::to_string(i)};
    return {};
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().message, "number 30");
  EXPECT_EQ(calls, kCount);
}

}  // namespace
}  // namespace trede
