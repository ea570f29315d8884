// Callers that meet in the sequencer: each is served once, in order of arrival, by one who drafts
// and one who writes at a time.
#include "engine/log/sequencer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

#include "engine/log/wake_word.h"

namespace trede::test {
namespace {

constexpr std::uint64_t kCallers = 24;
constexpr std::uint64_t kEach = 400;

struct Counted : Sequencer::Request {
  std::uint64_t caller = 0;
  std::uint64_t number = 0;
  int drafted = 0;
  int written = 0;
};

void run_callers(const std::function<void(std::uint64_t caller)>& call) {
  std::vector<std::jthread> threads;
  for (std::uint64_t caller = 0; caller < kCallers; ++caller) {
    threads.emplace_back([&call, caller] { call(caller); });
  }
}

// Groups that this thread wrote since it last came with a request.
thread_local int written_in_a_row = 0;

class SequencerTest : public ::testing::Test {
 protected:
  void draft(const Sequencer::Requests& arrived) {
    EXPECT_EQ(drafting_.fetch_add(1), 0);
    for (Sequencer::Request* request : arrived) {
      auto& one = static_cast<Counted&>(*request);
      ++one.drafted;
      drafted_.push_back({one.caller, one.number});
    }
    came_ = drafted_.size();
    if (on_draft_) on_draft_();
    EXPECT_EQ(drafting_.fetch_sub(1), 1);
  }
  void close() {
    EXPECT_EQ(drafting_, 0);
    EXPECT_EQ(writing_, 0);
    closed_ = drafted_.size();
  }
  void write(const Sequencer::Requests& group) {
    EXPECT_EQ(writing_.fetch_add(1), 0);
    written_in_group_ = group.size();
    if (on_write_) on_write_();
    std::size_t weight = 0;
    for (Sequencer::Request* request : group) {
      auto& one = static_cast<Counted&>(*request);
      weight += one.weight;
      EXPECT_EQ(one.drafted, 1);
      ++one.written;
      written_.push_back({one.caller, one.number});
    }
    // All that was drafted, and nothing that was drafted since.
    EXPECT_EQ(written_.size(), closed_);
    EXPECT_LT(weight - group.back()->weight, 4096U);
    most_in_a_row_ = std::max(most_in_a_row_, ++written_in_a_row);
    EXPECT_EQ(writing_.fetch_sub(1), 1);
  }

  void submit(std::uint64_t caller, std::uint64_t number, std::size_t weight = 1) {
    Counted request;
    request.weight = weight;
    request.caller = caller;
    request.number = number;
    written_in_a_row = 0;
    sequencer_.submit(request);
    EXPECT_EQ(request.drafted, 1);
    EXPECT_EQ(request.written, 1);
  }

  // Callers that come again and again; a group is written until somebody came meanwhile, so that
  // there is always one to go on with. `or_until` ends that waiting too.
  void keep_coming(const std::function<bool()>& or_until) {
    std::atomic<bool> has_ended = false;
    on_write_ = [&] {
      if (written_in_group_ > kCallers - 2) return;  // nobody is left to come
      while (came_ == closed_ && !has_ended && !or_until()) std::this_thread::yield();
    };
    run_callers([&](std::uint64_t caller) {
      for (std::uint64_t i = 0; i < kEach; ++i) submit(caller, i);
      has_ended = true;
    });
  }

  std::function<void()> on_draft_;
  std::function<void()> on_write_;
  std::atomic<std::size_t> came_ = 0;
  std::size_t written_in_group_ = 0;
  std::atomic<int> drafting_ = 0;
  std::atomic<int> writing_ = 0;
  // Not guarded: by the stages they are.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> drafted_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> written_;
  std::size_t closed_ = 0;  // of those drafted
  int most_in_a_row_ = 0;
  Sequencer sequencer_{{.draft = [this](const Sequencer::Requests& arrived) { draft(arrived); },
                        .close = [this] { close(); },
                        .write = [this](const Sequencer::Requests& group) { write(group); }}};
};

TEST_F(SequencerTest, EveryRequestIsServedOnceAndThoseOfACallerInOrder) {
  run_callers([this](std::uint64_t caller) {
    for (std::uint64_t i = 0; i < kEach; ++i) submit(caller, i);
  });
  ASSERT_EQ(written_.size(), kCallers * kEach);
  EXPECT_EQ(written_, drafted_);
  std::ranges::stable_sort(written_, {}, [](const auto& one) { return one.first; });
  for (std::uint64_t i = 0; i < written_.size(); ++i) EXPECT_EQ(written_[i].second, i % kEach);
}

TEST_F(SequencerTest, WhoWritesForOthersGoesBackSoon) {
  keep_coming([] { return false; });
  EXPECT_EQ(written_.size(), kCallers * kEach);
  // Two groups when it comes, and two when it is asked.
  EXPECT_GE(most_in_a_row_, 2);
  EXPECT_LE(most_in_a_row_, 4);
}

TEST_F(SequencerTest, WhoEntersFindsNothingLeftToBeWritten) {
  std::atomic<bool> is_over = false;
  std::atomic<bool> waits = false;
  std::jthread enters([&] {
    while (!is_over) {
      waits = true;
      sequencer_.enter();
      EXPECT_EQ(written_.size(), drafted_.size());
      waits = false;
      sequencer_.leave();
    }
  });
  keep_coming([&] { return waits.load(); });
  is_over = true;
  enters.join();
  EXPECT_EQ(written_.size(), kCallers * kEach);
}

TEST_F(SequencerTest, OneGroupIsDraftedWhileTheOneBeforeIsWritten) {
  std::atomic<int> groups = 0;
  std::atomic<int> drafted = 0;
  std::atomic<bool> is_written = false;
  on_draft_ = [&] {
    ++drafted;
    drafted.notify_all();
  };
  on_write_ = [&] {
    if (groups++ > 0) return;
    for (int seen = drafted; seen < 3; seen = drafted) drafted.wait(seen);
    is_written = true;
  };
  std::jthread first([&] { submit(0, 0); });
  for (int seen = drafted; seen < 1; seen = drafted) drafted.wait(seen);
  std::jthread second([&] {
    submit(1, 0);
    EXPECT_TRUE(is_written);
  });
  for (int seen = drafted; seen < 2; seen = drafted) drafted.wait(seen);
  EXPECT_FALSE(is_written);
  submit(2, 0);
  EXPECT_TRUE(is_written);
  first.join();
  second.join();
  EXPECT_EQ(groups, 2);
}

TEST_F(SequencerTest, AllWhoComeWhileOneGroupIsWrittenAreTheNext) {
  std::atomic<std::uint64_t> drafted = 0;
  on_draft_ = [&] {
    drafted = drafted_.size();
    drafted.notify_all();
  };
  int groups = 0;
  on_write_ = [&] {
    ++groups;
    for (std::uint64_t seen = drafted; seen < kCallers; seen = drafted) drafted.wait(seen);
  };
  run_callers([this](std::uint64_t caller) { submit(caller, 0); });
  EXPECT_EQ(written_, drafted_);
  EXPECT_EQ(written_.size(), kCallers);
  EXPECT_LE(groups, 2);
}

TEST_F(SequencerTest, AGroupHoldsNoMoreThanOneWriteMay) {
  run_callers([this](std::uint64_t caller) {
    for (std::uint64_t i = 0; i < kEach / 8; ++i) submit(caller, i, 1 + (caller * 531 + i) % 3000);
  });
  EXPECT_EQ(written_.size(), kCallers * (kEach / 8));
}

TEST_F(SequencerTest, WhoEnteredIsAlone) {
  run_callers([this](std::uint64_t caller) {
    for (std::uint64_t i = 0; i < kEach; ++i) {
      if ((caller + i) % 3 != 0) {
        submit(caller, i);
        continue;
      }
      sequencer_.enter();
      EXPECT_EQ(drafting_.fetch_add(1), 0);
      EXPECT_EQ(writing_.fetch_add(1), 0);
      EXPECT_EQ(written_.size(), drafted_.size());
      drafted_.push_back({caller, i});
      written_.push_back({caller, i});
      EXPECT_EQ(writing_.fetch_sub(1), 1);
      EXPECT_EQ(drafting_.fetch_sub(1), 1);
      sequencer_.leave();
    }
  });
  EXPECT_EQ(written_.size(), kCallers * kEach);
}

// Callers that go on when they are told: each has one request under way at a time.
class PostingTest : public SequencerTest {
 protected:
  struct Caller : Counted {
    PostingTest* test = nullptr;
    std::atomic<std::uint64_t> told = 0;
  };
  static void tell(Sequencer::Request& request) {
    auto& caller = static_cast<Caller&>(request);
    EXPECT_EQ(caller.drafted, 1);
    EXPECT_EQ(caller.written, 1);
    ++caller.told;
    caller.told.notify_all();  // the caller may come with the next one at once
  }
  void post_all(std::uint64_t number, std::uint64_t count) {
    Caller caller;
    caller.on_written = tell;
    caller.caller = number;
    for (std::uint64_t i = 0; i < count; ++i) {
      caller.number = i;
      caller.weight = 1 + (number * 531 + i * 97) % heaviest_;
      caller.drafted = caller.written = 0;
      sequencer_.post(caller);
      for (std::uint64_t seen = caller.told; seen <= i; seen = caller.told) caller.told.wait(seen);
    }
  }
  std::uint64_t heaviest_ = 1;
};

TEST_F(PostingTest, WhatIsPostedIsAnsweredOnceAndInOrderBesideWhoWaits) {
  run_callers([this](std::uint64_t caller) {
    if (caller % 2 == 0) return post_all(caller, kEach);
    for (std::uint64_t i = 0; i < kEach; ++i) submit(caller, i);
  });
  ASSERT_EQ(written_.size(), kCallers * kEach);
  EXPECT_EQ(written_, drafted_);
  std::ranges::stable_sort(written_, {}, [](const auto& one) { return one.first; });
  for (std::uint64_t i = 0; i < written_.size(); ++i) EXPECT_EQ(written_[i].second, i % kEach);
}

TEST_F(PostingTest, WhatIsPostedKeepsToWhatOneWriteMayHold) {
  heaviest_ = 3000;
  run_callers([this](std::uint64_t caller) { post_all(caller, kEach / 8); });
  EXPECT_EQ(written_.size(), kCallers * (kEach / 8));
}

TEST_F(PostingTest, WhatIsPostedWaitsForWhoEntered) {
  sequencer_.enter();
  std::jthread posts([this] { post_all(0, 3); });
  std::jthread waits([this] { submit(1, 0); });
  std::this_thread::sleep_for(std::chrono::milliseconds{20});
  EXPECT_EQ(drafted_.size(), 0U);
  sequencer_.leave();
  posts.join();
  waits.join();
  EXPECT_EQ(written_.size(), 4U);
}

TEST_F(PostingTest, WhoEntersFindsNothingPostedLeftToBeWritten) {
  std::atomic<bool> is_over = false;
  std::jthread enters([&] {
    while (!is_over) {
      sequencer_.enter();
      EXPECT_EQ(written_.size(), drafted_.size());
      sequencer_.leave();
    }
  });
  run_callers([this](std::uint64_t caller) { post_all(caller, kEach / 4); });
  is_over = true;
  enters.join();
  EXPECT_EQ(written_.size(), kCallers * (kEach / 4));
}

TEST_F(PostingTest, WhatIsPostedIsAnsweredBeforeTheSequencerIsGone) {
  for (int i = 0; i < 200; ++i) {
    Caller caller;
    caller.on_written = tell;
    {
      Sequencer short_lived({.draft =
                                 [](const auto& arrived) {
                                   for (auto* one : arrived) ++static_cast<Caller&>(*one).drafted;
                                 },
                             .close = [] {},
                             .write =
                                 [](const auto& group) {
                                   for (auto* one : group) ++static_cast<Caller&>(*one).written;
                                 }});
      short_lived.post(caller);
    }
    EXPECT_EQ(caller.told, 1U);
  }
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
