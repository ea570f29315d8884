#include "tools/server/access/lockout.h"

#include <gtest/gtest.h>

#include "tests/support/fakes.h"
#include "tools/server/access/rate_limits.h"

namespace trede::server {
namespace {

using std::chrono::seconds;

std::string waits_of(Lockout& lockout, int failures, const Moment& now) {
  std::string out;
  for (int i = 0; i < failures; ++i) {
    out += (i == 0 ? "" : " ") + std::to_string(lockout.fail("a", now).count());
  }
  return out;
}

TEST(Lockout, WaitsTwiceAsLongAfterEachFurtherFailureUpToTheMost) {
  Lockout lockout({}, 10);
  const Moment now{};
  EXPECT_EQ(waits_of(lockout, 12, now), "0 0 0 0 30 60 120 240 480 900 900 900");
  EXPECT_EQ(lockout.wait("a", now).count(), 900);
  EXPECT_EQ(lockout.wait("b", now).count(), 0);
}

TEST(Lockout, IsOverWhenTheWaitIs) {
  Lockout lockout({.free_failures = 1}, 10);
  const Moment now{};
  EXPECT_EQ(lockout.fail("a", now).count(), 30);
  EXPECT_EQ(lockout.wait("a", now + seconds{29}).count(), 1);
  EXPECT_EQ(lockout.wait("a", now + std::chrono::milliseconds{29'500}).count(), 1);
  EXPECT_EQ(lockout.wait("a", now + seconds{30}).count(), 0);
  EXPECT_EQ(lockout.fail("a", now + seconds{31}).count(), 60);
}

TEST(Lockout, ForgetsAfterALongRestAndWhenToldTo) {
  Lockout lockout({.free_failures = 2}, 10);
  const Moment now{};
  lockout.fail("a", now);
  EXPECT_EQ(lockout.fail("a", now + seconds{86'401}).count(), 0);
  lockout.forget("a");
  EXPECT_EQ(lockout.fail("a", now + seconds{86'402}).count(), 0);
  EXPECT_EQ(lockout.fail("a", now + seconds{86'403}).count(), 30);
}

TEST(Lockout, LastsNoLongerThanTheMostWhenTheClockStepsBack) {
  Lockout lockout({.free_failures = 1}, 10);
  lockout.fail("a", Moment{seconds{100'000}});
  EXPECT_EQ(lockout.wait("a", Moment{}).count(), 900);
}

TEST(BoundedMap, ForgetsWhatWasNotUsedForLongest) {
  BoundedMap<int> map(2);
  map.at("a") = 1;
  map.at("b") = 2;
  ASSERT_NE(map.find("a"), nullptr);
  map.at("c") = 3;
  EXPECT_EQ(map.find("b"), nullptr);
  EXPECT_EQ(*map.find("a"), 1);
  EXPECT_EQ(*map.find("c"), 3);
  EXPECT_EQ(map.size(), 2u);
  map.erase("a");
  map.erase("a");
  EXPECT_EQ(map.size(), 1u);
}

class RateLimitsTest : public ::testing::Test {
 protected:
  int taken(int tries) {
    int out = 0;
    for (int i = 0; i < tries; ++i) out += limits_.take_identity("a").count() == 0 ? 1 : 0;
    return out;
  }

  test::FakeClock clock_;
  RateLimits limits_{clock_,
                     {.identity = {.per_second = 2, .burst = 5},
                      .peer = {.per_second = 1, .burst = 1},
                      .most_keys = 100}};
};

TEST_F(RateLimitsTest, LetABurstThroughAndThenAsManyAsTheRate) {
  EXPECT_EQ(taken(20), 5);
  clock_.advance(seconds{1});
  EXPECT_EQ(taken(20), 2);
  clock_.advance(seconds{1000});
  EXPECT_EQ(taken(20), 5);
}

TEST_F(RateLimitsTest, TellHowLongToWait) {
  EXPECT_EQ(limits_.take_peer("192.0.2.1").count(), 0);
  EXPECT_EQ(limits_.take_peer("192.0.2.1").count(), 1);
  EXPECT_EQ(limits_.take_peer("192.0.2.2").count(), 0);
}

TEST_F(RateLimitsTest, GiveNothingForAClockThatStepsBack) {
  EXPECT_EQ(taken(5), 5);
  clock_.advance(-seconds{3600});
  EXPECT_EQ(taken(5), 0);
  clock_.advance(seconds{1});
  EXPECT_EQ(taken(5), 2);
}

TEST_F(RateLimitsTest, KnowNoMoreKeysThanTheyMay) {
  for (int i = 0; i < 1000; ++i) {
    limits_.take_identity("a" + std::to_string(i));
    limits_.take_peer("p" + std::to_string(i));
  }
  EXPECT_EQ(limits_.size(), 200u);
}

TEST(PeerKey, IsTheWholeOfAnIpv4AddressAndTheNetworkOfAnIpv6One) {
  EXPECT_EQ(peer_key("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(peer_key("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(peer_key("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(peer_key("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
  EXPECT_EQ(peer_key("fe80::1%eth0"), "fe80::/64");
  EXPECT_EQ(peer_key(std::string(1000, 'x')).size(), 64u);
  EXPECT_EQ(peer_key(""), "");
}

}  // namespace
}  // namespace trede::server
