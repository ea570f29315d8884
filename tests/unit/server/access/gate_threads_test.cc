// Many at once: what they get is what one by one would give.
#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>

#include "tests/unit/server/access/access_fixture.h"
#include "tools/server/access/gate.h"
#include "tools/server/access/rate_limits.h"

namespace trede::server {
namespace {

class GateThreads : public AccessTest {
 protected:
  GateThreads() {
    GateOptions options;
    options.cost = PasswordCost::least();
    options.hashes_waiting = 100;
    add(user("m17"));
    add(user("m18"));
    gate_ = value_of(Gate::open({data_, log_}, clock_, random_, options));
  }
  static void at_once(int threads, const auto& work) {
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i) all.emplace_back(work);
    for (std::thread& one : all) one.join();
  }

  std::unique_ptr<Gate> gate_;
};

TEST_F(GateThreads, GuessingAtOnceGivesNoMoreTriesThanOneByOne) {
  std::atomic<int> tried{0};
  at_once(12, [&] {
    const auto logged_in = gate_->log_in({"m17", "fout fout fout", "192.0.2.1"});
    if (!logged_in && logged_in.error().code == ErrorCode::kRefused) ++tried;
  });
  EXPECT_GE(tried, 5);
  EXPECT_LE(tried, 6);  // two are tried at once
}

TEST_F(GateThreads, LoginsRequestsAndChangesGoOnBesideEachOther) {
  const auto first = value_of(gate_->log_in({"m18", password_of("m18"), "192.0.2.1"}));
  std::atomic<bool> ended{false};
  std::atomic<int> refused{0};
  std::thread reader([&] {
    while (!ended) {
      if (!gate_->authenticate({.session_cookie = first.cookie, .method = "GET"})) ++refused;
      clock_.advance(std::chrono::milliseconds{1});
    }
  });
  at_once(3, [&] {
    for (int i = 0; i < 3; ++i) {
      const auto session = gate_->log_in({"m17", password_of("m17"), "192.0.2.1"});
      if (!session) continue;  // too long a wait for the disk is no answer of ours
      EXPECT_TRUE(gate_->authenticate({.session_cookie = session->cookie, .method = "GET"}));
      add_token("t" + session->cookie.substr(0, 8), clock_.now());
    }
  });
  ended = true;
  reader.join();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(gate_->sessions(), value_of(store()->load()).sessions.size());
}

// The first to come looks at the file; nobody else goes on with what was known before.
TEST_F(GateThreads, AfterASecondAllWhoComeAtOnceSeeWhatWasChanged) {
  constexpr int kAtOnce = 8;
  const GateOptions options;
  for (int round = 0; round < 20; ++round) {
    const std::string name = "suite-" + std::to_string(round);
    const Credentials given{
        .authorization = "Bearer " + add_token(name, clock_.now() + std::chrono::hours{1}),
        .method = "GET"};
    for (const int expected : {kAtOnce, 0}) {
      clock_.advance(options.look_every);
      std::barrier together(kAtOnce);
      std::atomic<int> let_in{0};
      at_once(kAtOnce, [&] {
        together.arrive_and_wait();
        let_in += gate_->authenticate(given) ? 1 : 0;
      });
      ASSERT_EQ(let_in, expected) << "round " << round;
      if (expected > 0) {
        const Accounts accounts = value_of(store()->load());
        const auto made = std::ranges::find(accounts.tokens, name, &Token::name);
        EXPECT_TRUE(store()->revoke_token(made->id));
      }
    }
  }
}

TEST_F(GateThreads, RateLimitsGiveOutNoMoreThanThereIs) {
  RateLimits limits(clock_, {.identity = {.per_second = 1, .burst = 100}});
  std::atomic<int> taken{0};
  at_once(4, [&] {
    for (int i = 0; i < 100; ++i) taken += limits.take_identity("a").count() == 0 ? 1 : 0;
  });
  EXPECT_EQ(taken, 100);
}

}  // namespace
}  // namespace trede::server
