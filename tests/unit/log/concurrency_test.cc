// Many callers at once: each is judged alone, positions stay gapless, followers miss nothing.
#include <atomic>
#include <set>
#include <thread>

#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;

class ConcurrencyTest : public LogTest {
 protected:
  static constexpr std::uint64_t kCallers = 16;
  static constexpr std::uint64_t kEach = 30;

  void run_callers(const std::function<void(std::uint64_t caller)>& call) {
    std::vector<std::jthread> threads;
    for (std::uint64_t caller = 0; caller < kCallers; ++caller) {
      threads.emplace_back([&call, caller] { call(caller); });
    }
  }
};

TEST_F(ConcurrencyTest, CallersOfTheirOwnStreamsAllGetTheirPlaces) {
  std::vector<std::vector<Position>> places(kCallers);
  run_callers([&](std::uint64_t caller) {
    for (std::uint64_t i = 0; i < kEach; ++i) {
      const auto appended = append(log(), {to(dossier(caller), i, {1000 * caller + i})});
      ASSERT_TRUE(appended) << appended.error().message;
      EXPECT_LE(appended->last, log().last_position());
      places[caller].push_back(appended->first);
    }
  });
  EXPECT_EQ(log().last_position(), Position{kCallers * kEach});
  std::set<Position> all;
  for (std::uint64_t caller = 0; caller < kCallers; ++caller) {
    for (std::uint64_t i = 0; i < kEach; ++i) {
      const Position place = places[caller][i];
      EXPECT_TRUE(all.insert(place).second);
      EXPECT_EQ(id_of(load(log(), place.value)), event_id(1000 * caller + i));
    }
  }
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(ConcurrencyTest, OfCallersThatExpectOneVersionExactlyOneWins) {
  for (std::uint64_t version = 0; version < kEach; ++version) {
    std::atomic<int> winners = 0;
    run_callers([&](std::uint64_t caller) {
      const auto appended = append(log(), {to(dossier(1), version, {1000 * version + caller})});
      if (appended) {
        ++winners;
      } else {
        EXPECT_EQ(appended.error().code, ErrorCode::kConflict);
      }
    });
    EXPECT_EQ(winners, 1);
  }
  EXPECT_EQ(log().last_position(), Position{kEach});
}

TEST_F(ConcurrencyTest, OneAppendDeliveredByAllCallersAtOnceIsThereOnce) {
  for (std::uint64_t round = 0; round < kEach; ++round) {
    std::atomic<int> first = 0;
    run_callers([&](std::uint64_t) {
      const auto appended = append(log(), {to(dossier(round), 0, {10 * round, 10 * round + 1})});
      ASSERT_TRUE(appended) << appended.error().message;
      EXPECT_EQ(appended->first, Position{2 * round + 1});
      EXPECT_EQ(appended->last, Position{2 * round + 2});
      if (!appended->already_there) ++first;
    });
    EXPECT_EQ(first, 1);
  }
}

TEST_F(ConcurrencyTest, ACallerThatIsRefusedDoesNotHarmTheOthersOfItsGroup) {
  append_each(log(), dossier(1), 1);
  run_callers([&](std::uint64_t caller) {
    for (std::uint64_t i = 0; i < kEach; ++i) {
      const auto refused = append(log(), {to(dossier(1), 7, {5'000'000 + caller})});
      EXPECT_TRUE(failed_with(refused, ErrorCode::kConflict));
      const auto good = append(log(), {to(dossier(100 + caller), i, {1000 * (caller + 1) + i})});
      EXPECT_TRUE(good);
    }
  });
  EXPECT_EQ(log().last_position(), Position{1 + kCallers * kEach});
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(ConcurrencyTest, AFollowerSeesEveryEventOnceWhileOthersAppend) {
  append_each(log(), dossier(99), 1, 5);
  const std::uint64_t last = 5 + kCallers * kEach;
  std::vector<std::uint64_t> seen;
  {
    const auto follower = value_of(log().follow(Position{2}));
    const std::jthread reader([&](const std::stop_token& stop) {
      while (seen.empty() || seen.back() != last) {
        for (const StoredEvent& event : value_of(follower->next(7, 10s, stop))) {
          EXPECT_LE(event.position, log().last_position());
          seen.push_back(event.position.value);
        }
      }
    });
    run_callers([&](std::uint64_t caller) {
      append_each(log(), dossier(caller), 1000 * (caller + 1), kEach);
    });
  }
  std::vector<std::uint64_t> expected;
  for (std::uint64_t position = 3; position <= last; ++position) expected.push_back(position);
  EXPECT_EQ(seen, expected);
}

TEST_F(ConcurrencyTest, AFollowerThatIsToldToStopReturns) {
  const auto follower = value_of(log().follow(Position{0}));
  std::jthread reader([&](const std::stop_token& stop) {
    EXPECT_TRUE(value_of(follower->next(1, 1h, stop)).empty());
  });
  reader.request_stop();
  reader.join();
}

TEST_F(ConcurrencyTest, ReadersReadWhileOthersAppend) {
  std::atomic<bool> done = false;
  std::jthread reader([&] {
    while (!done) {
      const Position last = log().last_position();
      if (last.value == 0) continue;
      EXPECT_EQ(load(log(), last.value).positie(), last.value);
      EXPECT_EQ(value_of(log().find_event(id_of(load(log(), last.value)))), std::optional(last));
      EXPECT_TRUE(log().head());
      EXPECT_TRUE(log().version_of(dossier(1)));
    }
  });
  run_callers([&](std::uint64_t caller) {
    append_each(log(), dossier(caller), 1000 * (caller + 1), kEach);
  });
  done = true;
}

// More than one write holds waits for an import; the log is closed and gone as soon as it ends.
TEST_F(ConcurrencyTest, WhatIsStillPostedWhenTheLogEndsIsAnsweredBeforeIt) {
  constexpr std::uint64_t kPosted = 12;
  constexpr std::uint64_t kEvents = 1000;
  std::vector<std::vector<StreamAppend>> appends(kPosted);
  for (std::uint64_t i = 0; i < kPosted; ++i) {
    StreamAppend& one = appends[i].emplace_back(dossier(i), StreamVersion{0});
    for (std::uint64_t n = 0; n < kEvents; ++n) {
      one.events.push_back(some_event(one.stream, 1 + i * kEvents + n));
    }
  }
  std::atomic<std::uint64_t> recorded = 0;
  std::atomic<std::uint64_t> refused = 0;
  auto import = value_of(log().begin_import({.id = ImportId{event_id(777).uuid}}));
  for (const auto& streams : appends) {
    log().append_later(streams, {}, [&](const Result<Appended>& answer) {
      EXPECT_TRUE(answer || answer.error().code == ErrorCode::kClosed);
      ++(answer ? recorded : refused);
    });
  }
  EXPECT_EQ(recorded + refused, 0U);
  import.reset();
  EXPECT_TRUE(folder_->close());
  folder_.reset();
  EXPECT_EQ(recorded + refused, kPosted);
  reopen();
  EXPECT_EQ(log().last_position(), Position{recorded * kEvents});
}

}  // namespace
}  // namespace trede::test
