#include "engine/base/clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/support/fakes.h"

namespace trede {
namespace {

TEST(SystemClock, DoesNotStandInThePastOfThisProgramNorBack) {
  const SystemClock clock;
  const Moment first = clock.now();
  EXPECT_GT(first, Moment{Day{std::chrono::year{2024} / 1 / 1}});
  EXPECT_LE(first, clock.now());
}

TEST(SystemRandom, GivesAnotherVersion4EachTime) {
  SystemRandom random;
  const Uuid one = random.uuid4();
  const Uuid other = random.uuid4();
  EXPECT_NE(one, other);
  for (const Uuid& id : {one, other}) {
    EXPECT_EQ(id.bytes[6] >> 4, 4);
    EXPECT_EQ(id.bytes[8] >> 6, 2);
  }
}

TEST(SystemRandom, FillsEveryByteAnew) {
  SystemRandom random;
  std::array<std::uint8_t, 64> ever{};
  std::array<std::uint8_t, 64> bytes{};
  for (int i = 0; i < 20; ++i) {  // a byte that is never written stays zero
    random.fill(bytes);
    for (std::size_t at = 0; at < bytes.size(); ++at) ever[at] |= bytes[at];
  }
  EXPECT_EQ(std::count(ever.begin(), ever.end(), 0), 0);
}

TEST(Uuid7, HoldsTheMillisecondsFirstAndThenRandomBits) {
  test::SeededRandom random;
  const auto moment = parse_moment("2021-04-02T09:30:00.123456Z");
  ASSERT_TRUE(moment);
  const Uuid id = random.uuid7(*moment);
  std::uint64_t milliseconds = 0;
  for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | id.bytes[i];
  EXPECT_EQ(milliseconds, 1'617'355'800'123U);
  EXPECT_EQ(id.bytes[6] >> 4, 7);
  EXPECT_EQ(id.bytes[8] >> 6, 2);
  EXPECT_NE(id, random.uuid7(*moment));
  EXPECT_LT(id, random.uuid7(*moment + std::chrono::milliseconds{1}));
}

}  // namespace
}  // namespace trede
