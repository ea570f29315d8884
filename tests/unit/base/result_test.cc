#include "engine/base/result.h"

#include <gtest/gtest.h>

#include "engine/base/check.h"

namespace trede {
namespace {

Status first_fails() { return Error{ErrorCode::kIo, "disk"}; }

Result<int> passes_on(Status (*step)(), bool& went_on) {
  TREDE_RETURN_IF_ERROR(step());
  went_on = true;
  return 7;
}

TEST(Result, AnErrorReturnsEarlyWithItsCodeAndMessage) {
  bool went_on = false;
  const auto result = passes_on(first_fails, went_on);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kIo);
  EXPECT_EQ(result.error().message, "disk");
  EXPECT_FALSE(went_on);
}

TEST(Result, AGoodStepGoesOn) {
  bool went_on = false;
  const auto result = passes_on([] { return Status{}; }, went_on);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, 7);
  EXPECT_TRUE(went_on);
}

TEST(CheckDeathTest, ABugOfOurOwnEndsTheProgramWithItsPlace) {
  EXPECT_DEATH(TREDE_CHECK(1 + 1 == 3, "sums add up"),
               "result_test.cc:[0-9]+: internal error: sums add up");
}

}  // namespace
}  // namespace trede
