#include "tools/server/access/gate.h"

#include <algorithm>
#include <thread>

#include "tests/unit/server/access/access_fixture.h"

namespace trede::server {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class GateTest : public AccessTest {
 protected:
  GateTest() { options_.cost = PasswordCost::least(); }

  std::unique_ptr<Gate> open() {
    return value_of(Gate::open({data_, log_}, clock_, random_, options_));
  }
  Gate& gate() {
    if (gate_ == nullptr) gate_ = open();
    return *gate_;
  }
  Result<LoggedIn> log_in(const std::string& actor, const std::string& password,
                          const std::string& peer = "192.0.2.1") {
    return gate().log_in({actor, password, peer});
  }
  // Of who has logged in. `method` with the CSRF token.
  Credentials with(const LoggedIn& session, const std::string& method = "GET") {
    return {.session_cookie = session.cookie,
            .csrf = session.csrf,
            .method = method,
            .peer = "192.0.2.1"};
  }
  static Credentials bearer(const std::string& secret) {
    return {.authorization = "Bearer " + secret, .method = "POST"};
  }
  LoggedIn session_of(const std::string& actor) {
    return value_of(log_in(actor, password_of(actor)));
  }
  bool lets_in(const Credentials& credentials) {
    return gate().authenticate(credentials).has_value();
  }
  // `actor action object outcome about` of each record since the last call.
  std::string noted() {
    const auto trail = value_of(Trail::open(data_, log_, TrailAccess::kRead, clock_));
    std::string out;
    std::uint64_t number = 0;
    EXPECT_TRUE(trail->scan({}, [&](const TrailRecord& record) -> Status {
      number = record.number;
      if (number <= noted_) return {};
      out += record.origin + " " + record.actor + " " + record.action + " " + record.object + " " +
             record.outcome + "\n";
      return {};
    }));
    noted_ = number;
    return out;
  }

  GateOptions options_;
  std::unique_ptr<Gate> gate_;
  std::uint64_t noted_ = 0;
};

TEST_F(GateTest, WhoAsksIsAtHandUntilItIsTimeToLookAgain) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  EXPECT_TRUE(gate().is_at_hand());
  clock_.advance(std::chrono::milliseconds{999});
  EXPECT_TRUE(gate().is_at_hand());
  clock_.advance(std::chrono::milliseconds{1});
  EXPECT_FALSE(gate().is_at_hand());
  EXPECT_TRUE(lets_in(with(session)));
  EXPECT_TRUE(gate().is_at_hand());
}

TEST_F(GateTest, ASessionIsWhoLoggedIn) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  EXPECT_FALSE(session.must_change_password);
  const Identity who = value_of(gate().authenticate(with(session)));
  EXPECT_EQ(who.actor, "m17");
  EXPECT_EQ(who.roles, std::vector{Role::kWerkcoach});
  EXPECT_EQ(who.gemeenten, std::vector<std::string>{"Velsen"});
  EXPECT_EQ(who.werkcoaches, std::vector<std::string>{"wc-m17"});
  EXPECT_FALSE(who.is_token);
  const SessionInfo info = value_of(gate().find_session(with(session)));
  EXPECT_EQ(info.csrf, session.csrf);
  EXPECT_EQ(info.until, clock_.now() + options_.sessions.whole);
  EXPECT_EQ(noted(), "http m17 toegang_inloggen gebruiker/m17 gelukt\n");
}

TEST_F(GateTest, NobodyIsLetInWithoutWhatWasGivenOut) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  const std::string token = add_token("suite", clock_.now() + minutes{5});
  clock_.advance(seconds{1});
  const std::string other = new_secret(SecretUse::kSession, random_);
  const std::vector<Credentials> table = {
      {},
      {.session_cookie = other, .method = "GET"},
      {.session_cookie = session.cookie + "a", .method = "GET"},
      {.session_cookie = token, .method = "GET"},
      {.session_cookie = std::string(1 << 20, 'a'), .method = "GET"},
      bearer(session.cookie),
      bearer("trede_" + other),
      bearer(""),
      {.authorization = "Basic " + token, .method = "GET"},
      {.authorization = token, .method = "GET"},
      {.authorization = "Bearer x", .session_cookie = session.cookie, .method = "GET"},
  };
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_TRUE(failed_with(gate().authenticate(table[i]), ErrorCode::kNotFound)) << i;
  }
  EXPECT_TRUE(lets_in(with(session)));
  EXPECT_TRUE(lets_in(bearer(token)));
}

TEST_F(GateTest, AWrongPasswordABlockedUserAndAnUnknownNameGetTheSameAnswer) {
  add(user("m17"));
  User blocked = user("m18");
  blocked.is_blocked = true;
  add(blocked);
  std::vector<std::string> said;
  for (const auto& [actor, password] :
       {std::pair{"m17", "paars varken m18"}, std::pair{"m18", "paars varken m18"},
        std::pair{"m19", "paars varken m19"}}) {
    const auto tried = log_in(actor, password);
    EXPECT_TRUE(failed_with(tried, ErrorCode::kRefused)) << actor;
    said.push_back(tried.error().message);
  }
  EXPECT_EQ(said, std::vector(3, said[0]));
  EXPECT_EQ(noted(),
            "http onbekend toegang_inloggen gebruiker/m17 geweigerd\n"
            "http onbekend toegang_inloggen gebruiker/m18 geweigerd\n"
            "http onbekend toegang_inloggen gebruiker geweigerd\n");
}

TEST_F(GateTest, WhatWasTypedForANameIsKeptNowhere) {
  add(user("m17"));
  EXPECT_FALSE(log_in("geheim-Wachtwoord-9", "paars varken m17"));
  EXPECT_EQ(bytes_on_disk().find("geheim-Wachtwoord-9"), std::string::npos);
}

// The same for a name that somebody has and for one that nobody has.
TEST_F(GateTest, WhoGuessesTooOftenWaitsAlsoWithTheRightPassword) {
  add(user("m17"));
  for (const std::string actor : {"m17", "m99"}) {
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(gate().wait_for(actor, "192.0.2.9").count(), 0);
      EXPECT_TRUE(failed_with(log_in(actor, "fout fout fout"), ErrorCode::kRefused)) << i;
    }
    EXPECT_EQ(gate().wait_for(actor, "192.0.2.9").count(), 30);
    noted();
    EXPECT_TRUE(failed_with(log_in(actor, password_of(actor)), ErrorCode::kLocked, "30 seconden"));
    EXPECT_EQ(noted(), "");  // who is told to wait fills no trail
  }
  clock_.advance(seconds{30});
  EXPECT_TRUE(failed_with(log_in("m17", "fout fout fout"), ErrorCode::kRefused));
  EXPECT_EQ(noted(),
            "http onbekend toegang_inloggen gebruiker/m17 geweigerd\n"
            "http onbekend toegang_vergrendelen gebruiker/m17 gelukt\n");
  EXPECT_EQ(gate().wait_for("m17", "192.0.2.9").count(), 60);
  clock_.advance(seconds{60});
  session_of("m17");
  EXPECT_TRUE(failed_with(log_in("m17", "fout fout fout"), ErrorCode::kRefused));
  EXPECT_EQ(gate().wait_for("m17", "192.0.2.9").count(), 0);  // a login wipes it out
}

TEST_F(GateTest, AnAddressThatGuessesAtManyNamesWaitsAsAWhole) {
  options_.peer.free_failures = 3;
  add(user("m17"));
  for (const char* name : {"a", "b", "c"}) {
    EXPECT_TRUE(failed_with(log_in(name, "fout fout fout"), ErrorCode::kRefused));
  }
  EXPECT_TRUE(failed_with(log_in("m17", password_of("m17")), ErrorCode::kLocked));
  EXPECT_TRUE(
      failed_with(log_in("m17", password_of("m17"), "::ffff:192.0.2.1"), ErrorCode::kLocked));
  EXPECT_TRUE(log_in("m17", password_of("m17"), "192.0.2.2"));
  EXPECT_NE(noted().find("http onbekend toegang_vergrendelen afzender gelukt\n"),
            std::string::npos);
}

TEST_F(GateTest, AMethodThatChangesSomethingNeedsTheCsrfTokenOfItsOwnSession) {
  add(user("m17"));
  const LoggedIn one = session_of("m17");
  const LoggedIn other = session_of("m17");
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "", "get"}) {
    Credentials request = with(one, method);
    EXPECT_TRUE(lets_in(request)) << method;
    for (const std::string& csrf : {std::string(), other.csrf, one.cookie}) {
      request.csrf = csrf;
      EXPECT_TRUE(failed_with(gate().authenticate(request), ErrorCode::kRefused, "CSRF"));
    }
  }
  for (const char* method : {"GET", "HEAD", "OPTIONS"}) {
    Credentials request = with(one, method);
    request.csrf = "";
    EXPECT_TRUE(lets_in(request)) << method;
  }
}

TEST_F(GateTest, ASessionEndsWhenItIsNotUsedAndAfterAWorkingDay) {
  add(user("m17"));
  const LoggedIn idle = session_of("m17");
  const LoggedIn busy = session_of("m17");
  clock_.advance(minutes{30});
  EXPECT_TRUE(lets_in(with(busy)));
  clock_.advance(minutes{1});
  EXPECT_FALSE(lets_in(with(idle)));
  for (int i = 0; i < 12 * 60 / 29; ++i) {
    EXPECT_TRUE(lets_in(with(busy))) << i;
    clock_.advance(minutes{29});
  }
  EXPECT_FALSE(lets_in(with(busy)));
}

TEST_F(GateTest, OldSessionsLeaveWhenANewOneComes) {
  options_.sessions.most_per_user = 2;
  add(user("m17"));
  const LoggedIn first = session_of("m17");
  clock_.advance(seconds{2});
  const LoggedIn second = session_of("m17");
  clock_.advance(seconds{2});
  const LoggedIn third = session_of("m17");
  EXPECT_FALSE(lets_in(with(first)));
  EXPECT_TRUE(lets_in(with(second)));
  EXPECT_TRUE(lets_in(with(third)));
  clock_.advance(minutes{60});
  session_of("m17");
  EXPECT_EQ(gate().sessions(), 1u);
  EXPECT_EQ(value_of(store()->load()).sessions.size(), 1u);
}

TEST_F(GateTest, SessionsOutliveARestart) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  clock_.advance(minutes{20});
  EXPECT_TRUE(lets_in(with(session)));
  gate_ = nullptr;
  clock_.advance(minutes{20});
  EXPECT_TRUE(lets_in(with(session)));  // it was seen after 20 minutes, which the end wrote down
}

TEST_F(GateTest, LoggingOutEndsTheSession) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  const LoggedIn other = session_of("m17");
  noted();
  EXPECT_TRUE(failed_with(gate().log_out({.session_cookie = session.cookie, .method = "POST"}),
                          ErrorCode::kRefused));
  ASSERT_TRUE(gate().log_out(with(session, "POST")));
  EXPECT_FALSE(lets_in(with(session)));
  EXPECT_TRUE(lets_in(with(other)));
  EXPECT_TRUE(failed_with(gate().log_out(with(session, "POST")), ErrorCode::kNotFound));
  EXPECT_EQ(noted(), "http m17 toegang_uitloggen gebruiker/m17 gelukt\n");
}

TEST_F(GateTest, APasswordOfSomebodyElsesMakingMustBeChangedFirst) {
  User fresh = user("m17");
  fresh.must_change_password = true;
  add(fresh);
  const LoggedIn session = session_of("m17");
  const LoggedIn other = session_of("m17");
  EXPECT_TRUE(session.must_change_password);
  EXPECT_TRUE(
      failed_with(gate().authenticate(with(session)), ErrorCode::kRefused, "changed first"));
  EXPECT_TRUE(value_of(gate().find_session(with(session))).must_change_password);
  noted();
  const std::string before = password_of("m17");
  ASSERT_TRUE(gate().change_password(with(session, "POST"), before, "groene kip loopt"));
  EXPECT_EQ(noted(),
            "http m17 toegang_wachtwoord gebruiker/m17 begonnen\n"
            "http m17 toegang_wachtwoord gebruiker/m17 gelukt\n");
  EXPECT_TRUE(lets_in(with(session)));
  EXPECT_FALSE(lets_in(with(other)));  // the others are over
  EXPECT_FALSE(log_in("m17", before));
  EXPECT_TRUE(log_in("m17", "groene kip loopt"));
}

TEST_F(GateTest, ANewPasswordTakesTheOldOneAndMustBeGood) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  const Credentials post = with(session, "POST");
  const std::string old = password_of("m17");
  EXPECT_TRUE(failed_with(gate().change_password(post, "fout fout fout", "groene kip loopt"),
                          ErrorCode::kRefused));
  EXPECT_TRUE(failed_with(gate().change_password(post, old, "kort"), ErrorCode::kInvalid));
  EXPECT_TRUE(failed_with(gate().change_password(post, old, old), ErrorCode::kInvalid, "ander"));
  EXPECT_TRUE(
      failed_with(gate().change_password({}, old, "groene kip loopt"), ErrorCode::kNotFound));
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(failed_with(gate().change_password(post, "fout fout fout", "groene kip loopt"),
                            ErrorCode::kRefused));
  }
  EXPECT_TRUE(failed_with(gate().change_password(post, old, "groene kip loopt"),
                          ErrorCode::kLocked));  // who has a session may not guess either
  EXPECT_TRUE(lets_in(with(session)));
}

TEST_F(GateTest, ATokenIsWhatItWasMadeForUntilItsEnd) {
  const std::string secret = add_token("bord", clock_.now() + minutes{5});
  const Identity who = value_of(gate().authenticate(bearer(secret)));
  EXPECT_EQ(who.actor, "bord");
  EXPECT_TRUE(lets_in({.authorization = "bEARER " + secret, .method = "GET"}));
  EXPECT_TRUE(who.is_token);
  EXPECT_EQ(who.reach(Permission::kCijfersLezen), Reach::kGemeente);
  EXPECT_EQ(who.reach(Permission::kRapportenLezen), Reach::kNone);
  EXPECT_TRUE(failed_with(gate().find_session(bearer(secret)), ErrorCode::kNotFound));
  clock_.advance(minutes{5} - seconds{1});
  EXPECT_TRUE(lets_in(bearer(secret)));
  ASSERT_TRUE(gate().flush());
  EXPECT_EQ(value_of(store()->load()).tokens[0].seen, clock_.now());
  clock_.advance(seconds{1});
  EXPECT_FALSE(lets_in(bearer(secret)));
}

TEST_F(GateTest, WhatAnotherProcessTakesAwayIsRefusedAfterASecond) {
  add(user("m17"));
  add(user("m18"));
  const std::string token = add_token("suite", clock_.now() + minutes{60});
  const LoggedIn one = session_of("m17");
  const LoggedIn other = session_of("m18");
  const auto block = [](User& user) -> Status {
    user.is_blocked = true;
    return {};
  };
  ASSERT_TRUE(store()->change_user("m17", block));
  ASSERT_TRUE(store()->revoke_token(value_of(store()->load()).tokens.at(0).id));
  EXPECT_TRUE(lets_in(with(one)));  // the limit of the promise
  clock_.advance(seconds{1});
  EXPECT_FALSE(lets_in(with(one)));
  EXPECT_FALSE(lets_in(bearer(token)));
  EXPECT_TRUE(lets_in(with(other)));
  EXPECT_FALSE(log_in("m17", password_of("m17")));
}

TEST_F(GateTest, WhatIsToldToBeChangedCountsAtOnce) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  const auto change = [&](bool is_blocked) {
    ASSERT_TRUE(store()->change_user("m17", [&](User& user) -> Status {
      user.is_blocked = is_blocked;
      return {};
    }));
    ASSERT_TRUE(gate().take_up_changes());
  };
  change(true);
  EXPECT_FALSE(lets_in(with(session)));
  EXPECT_FALSE(log_in("m17", password_of("m17")));
  change(false);
  EXPECT_TRUE(log_in("m17", password_of("m17")));
}

TEST_F(GateTest, WhatAnotherProcessGivesHoldsAfterASecond) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  const auto widen = [](User& user) -> Status {
    user.grants.gemeenten = {"Beverwijk", "Velsen"};
    return {};
  };
  ASSERT_TRUE(store()->change_user("m17", widen));
  add(user("m18"));
  clock_.advance(seconds{1});
  EXPECT_EQ(value_of(gate().authenticate(with(session))).gemeenten.size(), 2u);
  EXPECT_TRUE(log_in("m18", password_of("m18")));
  EXPECT_EQ(gate().users(), 2u);
}

TEST_F(GateTest, ANewPasswordFromTheCommandLineEndsTheWait) {
  add(user("m17"));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(log_in("m17", "fout fout fout"));
  EXPECT_GT(gate().wait_for("m17", "192.0.2.2").count(), 0);
  const std::string hash = value_of(hash_password("groene kip loopt", options_.cost));
  ASSERT_TRUE(store()->change_user("m17", [&](User& user) -> Status {
    user.password_hash = hash;
    return {};
  }));
  clock_.advance(seconds{1});
  EXPECT_TRUE(log_in("m17", "groene kip loopt"));
}

TEST_F(GateTest, WhoStandsInHasThatCaseloadUpToAndIncludingTheDay) {
  clock_.set(value_of(parse_moment("2026-08-30T12:00:00+02:00")));
  add(user("m17"));
  add(user("m18"));
  ASSERT_TRUE(store()->put_stand_in({"m17", "m18", test::day("2026-08-31")}));
  options_.sessions.idle = minutes{60 * 48};
  options_.sessions.whole = minutes{60 * 72};
  const LoggedIn session = session_of("m17");
  const auto codes = [&] { return value_of(gate().authenticate(with(session))).werkcoaches; };
  const std::vector<std::string> both = {"wc-m17", "wc-m18"};
  EXPECT_EQ(codes(), both);
  clock_.set(value_of(parse_moment("2026-08-31T23:59:58+02:00")));
  EXPECT_EQ(codes(), both);
  clock_.set(value_of(parse_moment("2026-09-01T00:00:01+02:00")));
  EXPECT_EQ(codes(), std::vector<std::string>{"wc-m17"});
}

TEST_F(GateTest, NoSecretIsOnDisk) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  const std::string token = add_token("suite", clock_.now() + minutes{5});
  ASSERT_TRUE(
      gate().change_password(with(session, "POST"), password_of("m17"), "groene kip loopt"));
  EXPECT_FALSE(log_in("m17", "fout fout fout"));
  const std::string bytes = bytes_on_disk();
  ASSERT_NE(bytes.find("$argon2id$"), std::string::npos);
  for (const std::string& secret :
       {session.cookie, session.csrf, token, token.substr(kTokenBegin.size()), password_of("m17"),
        std::string("groene kip loopt"), std::string("fout fout fout")}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
}

TEST_F(GateTest, APasswordHashedAtAnotherCostIsHashedAnewWhenItComesBy) {
  add(user("m17"));
  options_.cost = {2, 16'384};
  session_of("m17");
  const std::string hash = value_of(store()->load()).users[0].password_hash;
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=16,t=2,")) << hash;
  session_of("m17");
}

TEST_F(GateTest, WithoutTheAuditTrailNobodyIsLetIn) {
  add(user("m17"));
  gate();
  const auto trail = value_of(SqliteFile::open(trail_file(data_), SqliteAccess::kWrite));
  auto& file = const_cast<SqliteFile&>(trail);
  ASSERT_TRUE(
      file.execute("CREATE TRIGGER z BEFORE INSERT ON spoor BEGIN "
                   "SELECT raise(IGNORE); END"));
  EXPECT_TRUE(failed_with(log_in("m17", password_of("m17")), ErrorCode::kCorrupt));
  EXPECT_EQ(gate().sessions(), 0u);
}

TEST_F(GateTest, WhenTheFileOfUsersCannotBeReadAnyMoreEverybodyIsRefusedAfterTenSeconds) {
  add(user("m17"));
  const LoggedIn session = session_of("m17");
  const std::string token = add_token("suite", clock_.now() + minutes{60});
  clock_.advance(seconds{1});
  EXPECT_TRUE(lets_in(bearer(token)));
  const auto size = std::filesystem::file_size(access_file(data_));
  std::fstream(access_file(data_), std::ios::in | std::ios::out) << std::string(size, 'x');
  clock_.advance(seconds{9});
  EXPECT_TRUE(lets_in(with(session)));
  clock_.advance(seconds{2});
  EXPECT_TRUE(failed_with(gate().authenticate(with(session)), ErrorCode::kCorrupt));
  EXPECT_TRUE(failed_with(gate().authenticate(bearer(token)), ErrorCode::kCorrupt));
  EXPECT_TRUE(failed_with(log_in("m17", password_of("m17")), ErrorCode::kCorrupt));
}

// Another process that keeps the file is no one who tried too often.
TEST_F(GateTest, WhileAnotherProcessKeepsTheFileOfUsersTheKnownGoOnAndNobodyComesIn) {
  add(user("m17"));
  const std::string token = add_token("suite", clock_.now() + minutes{60});
  options_.patience = std::chrono::milliseconds{1};
  const LoggedIn session = session_of("m17");
  auto other = value_of(SqliteFile::open(access_file(data_), SqliteAccess::kWrite));
  ASSERT_TRUE(other.execute("BEGIN EXCLUSIVE"));
  EXPECT_TRUE(failed_with(log_in("m17", password_of("m17")), ErrorCode::kIo, "in use"));
  EXPECT_TRUE(failed_with(gate().log_out(with(session, "DELETE")), ErrorCode::kIo, "in use"));
  EXPECT_TRUE(failed_with(
      gate().change_password(with(session, "PUT"), password_of("m17"), "groene kip loopt"),
      ErrorCode::kIo, "in use"));
  clock_.advance(seconds{9});
  EXPECT_TRUE(lets_in(bearer(token)));
  clock_.advance(seconds{1});
  EXPECT_TRUE(failed_with(gate().authenticate(bearer(token)), ErrorCode::kIo, "in use"));
  EXPECT_TRUE(failed_with(log_in("m17", password_of("m17")), ErrorCode::kIo, "in use"));
  ASSERT_TRUE(other.execute("ROLLBACK"));
  clock_.advance(seconds{1});
  EXPECT_TRUE(lets_in(bearer(token)));
  EXPECT_TRUE(log_in("m17", password_of("m17")));
}

TEST_F(GateTest, AFileOfUsersThatIsNotOursOpensNoGate) {
  std::filesystem::create_directories(access_file(data_).parent_path());
  std::ofstream(access_file(data_)) << std::string(5000, 'x');
  EXPECT_TRUE(failed_with(Gate::open({data_, log_}, clock_, random_, options_), ErrorCode::kCorrupt,
                          "toegang.sqlite"));
}

TEST_F(GateTest, AFolderWithoutUsersLetsNobodyInAndSaysHowMany) {
  EXPECT_EQ(gate().users(), 0u);
  EXPECT_TRUE(failed_with(log_in("beheerder", "paars varken x"), ErrorCode::kRefused));
}

TEST(HashQueue, TurnsAwayWhoComesWhenTooManyWait) {
  HashQueue queue(1, 0);
  {
    const HashQueue::Turn first(queue);
    const HashQueue::Turn second(queue);
    EXPECT_TRUE(first.has_turn());
    EXPECT_FALSE(second.has_turn());
  }
  const HashQueue::Turn third(queue);
  EXPECT_TRUE(third.has_turn());
}

}  // namespace
}  // namespace trede::server
