// Callers that meet in the sequencer: each is served once, in order of arrival, one group at a
// time.
#include "engine/log/sequencer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "engine/log/wake_word.h"

namespace trede::test {
namespace {

constexpr std::uint64_t kCallers = 24;
constexpr std::uint64_t kEach = 400;

struct Counted : Sequencer::Request {
  std::uint64_t caller = 0;
  std::uint64_t number = 0;
  int served = 0;
};

void run_callers(const std::function<void(std::uint64_t caller)>& call) {
  std::vector<std::jthread> threads;
  for (std::uint64_t caller = 0; caller < kCallers; ++caller) {
    threads.emplace_back([&call, caller] { call(caller); });
  }
}

class SequencerTest : public ::testing::Test {
 protected:
  void work(const std::vector<Sequencer::Request*>& group) {
    EXPECT_EQ(at_work_.fetch_add(1), 0);
    std::size_t weight = 0;
    for (Sequencer::Request* request : group) {
      auto& one = static_cast<Counted&>(*request);
      weight += one.weight;
      ++one.served;
      served_.push_back({one.caller, one.number});
    }
    EXPECT_TRUE(group.size() == 1 || weight <= 4096);
    largest_ = std::max(largest_, group.size());
    EXPECT_EQ(at_work_.fetch_sub(1), 1);
  }

  void submit(std::uint64_t caller, std::uint64_t number, std::size_t weight = 1) {
    Counted request;
    request.weight = weight;
    request.caller = caller;
    request.number = number;
    sequencer_.submit(request);
    EXPECT_EQ(request.served, 1);
  }

  std::atomic<int> at_work_ = 0;
  // Not guarded: the turn is.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> served_;
  std::size_t largest_ = 0;
  Sequencer sequencer_{[this](const std::vector<Sequencer::Request*>& group) { work(group); }};
};

TEST_F(SequencerTest, EveryRequestIsServedOnceAndThoseOfACallerInOrder) {
  run_callers([this](std::uint64_t caller) {
    for (std::uint64_t i = 0; i < kEach; ++i) submit(caller, i);
  });
  ASSERT_EQ(served_.size(), kCallers * kEach);
  std::ranges::stable_sort(served_, {}, [](const auto& one) { return one.first; });
  for (std::uint64_t i = 0; i < served_.size(); ++i) EXPECT_EQ(served_[i].second, i % kEach);
}

TEST_F(SequencerTest, ThoseWhoWaitTogetherAreOneGroupInOrderOfArrival) {
  sequencer_.enter();
  std::vector<std::jthread> threads;
  for (std::uint64_t caller = 0; caller < kCallers; ++caller) {
    std::atomic<bool> begun = false;
    threads.emplace_back([this, caller, &begun] {
      begun = true;
      submit(caller, 0);
    });
    while (!begun) std::this_thread::yield();
  }
  sequencer_.leave();
  threads.clear();
  EXPECT_EQ(served_.size(), kCallers);
  EXPECT_GT(largest_, 1U);
}

TEST_F(SequencerTest, AGroupHoldsNoMoreThanOneWriteMay) {
  run_callers([this](std::uint64_t caller) {
    for (std::uint64_t i = 0; i < kEach / 8; ++i) submit(caller, i, 1 + (caller * 531 + i) % 3000);
  });
  EXPECT_EQ(served_.size(), kCallers * (kEach / 8));
}

TEST_F(SequencerTest, WhoHasTheTurnIsAlone) {
  run_callers([this](std::uint64_t caller) {
    for (std::uint64_t i = 0; i < kEach; ++i) {
      if ((caller + i) % 3 != 0) {
        submit(caller, i);
        continue;
      }
      sequencer_.enter();
      EXPECT_EQ(at_work_.fetch_add(1), 0);
      served_.push_back({caller, i});
      EXPECT_EQ(at_work_.fetch_sub(1), 1);
      sequencer_.leave();
    }
  });
  EXPECT_EQ(served_.size(), kCallers * kEach);
}

TEST(WakeWord, ComparesAsIfNumbersNeverWrappedAround) {
  WakeWord word;
  word.set(~std::uint32_t{0});
  word.wait_until(~std::uint32_t{0} - 5);
  word.set(3);  // after the largest
  word.wait_until(~std::uint32_t{0});
  std::jthread waiter([&word] { word.wait_until(5); });
  word.set(4);
  word.wake_all();  // not yet
  word.set(5);
  word.wake_all();
}

}  // namespace
}  // namespace trede::test
