#include "tools/server/access/access_store.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "tests/unit/server/access/access_fixture.h"

namespace trede::server {
namespace {

class AccessStoreTest : public AccessTest {
 protected:
  void by_hand(const std::string& sql) {
    sqlite3* database = nullptr;
    sqlite3_open(access_file(data_).c_str(), &database);
    char* error = nullptr;
    sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error);
    EXPECT_EQ(error, nullptr) << error;
    sqlite3_free(error);
    sqlite3_close(database);
  }
  Session session(const std::string& actor, const std::string& hash) {
    return {hash, actor, clock_.now(), clock_.now()};
  }
  // `a: hash hash; b: ...`, of the sessions.
  std::string sessions() {
    std::string out;
    for (const Session& one : value_of(store()->load()).sessions) {
      out += (out.empty() ? "" : " ") + one.actor + ":" + one.hash;
    }
    return out;
  }
};

TEST_F(AccessStoreTest, KeepsUsersTokensAndStandInsAsTheyWere) {
  User coach = user("m17");
  coach.sees_totals = true;
  coach.grants.roles = {Role::kWerkcoach, Role::kIntaker};
  coach.grants.gemeenten = {"'s-Gravenhage", "Velsen"};
  add(coach);
  add(user("m18"));
  ASSERT_TRUE(store()->put_stand_in({"m17", "m18", test::day("2026-08-31")}));
  add_token("suite", clock_.now() + std::chrono::hours{1});
  const Accounts loaded = value_of(store(StoreAccess::kRead)->load());
  ASSERT_EQ(loaded.users.size(), 2u);
  EXPECT_EQ(loaded.users[0].actor, "m17");
  EXPECT_EQ(loaded.users[0].grants, coach.grants);
  EXPECT_EQ(loaded.users[0].password_hash, coach.password_hash);
  EXPECT_TRUE(loaded.users[0].sees_totals);
  EXPECT_FALSE(loaded.users[0].must_change_password);
  EXPECT_EQ(loaded.users[0].made, coach.made);
  ASSERT_EQ(loaded.stand_ins.size(), 1u);
  EXPECT_EQ(loaded.stand_ins[0].tm, test::day("2026-08-31"));
  ASSERT_EQ(loaded.tokens.size(), 1u);
  EXPECT_EQ(loaded.tokens[0].scope, std::vector{Permission::kCijfersLezen});
  EXPECT_EQ(loaded.tokens[0].expires, clock_.now() + std::chrono::hours{1});
  EXPECT_EQ(loaded.tokens[0].seen, std::nullopt);
}

TEST_F(AccessStoreTest, IsItsOwnersAlone) {
  add(user("m17"));
  struct stat about {};
  ASSERT_EQ(::stat(access_file(data_).c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(access_file(data_).parent_path().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0700U);
}

TEST_F(AccessStoreTest, GivesANameOnce) {
  add(user("m17"));
  add_token("suite", clock_.now());
  for (const char* taken : {"m17", "M17", "suite", "SUITE"}) {
    EXPECT_TRUE(failed_with(store()->add_user(user(taken)), ErrorCode::kInvalid, taken));
    Token token{.id = "1", .hash = "h", .name = taken};
    EXPECT_TRUE(failed_with(store()->add_token(token), ErrorCode::kInvalid, taken));
  }
  ASSERT_TRUE(store()->remove_user("m17"));
  EXPECT_TRUE(failed_with(store()->add_user(user("m17")), ErrorCode::kInvalid, "m17"));
}

TEST_F(AccessStoreTest, AUserWhoIsNotThereCannotBeChanged) {
  const auto nothing = [](User&) -> Status { return {}; };
  EXPECT_TRUE(failed_with(store()->change_user("m17", nothing), ErrorCode::kNotFound));
  EXPECT_TRUE(failed_with(store()->remove_user("m17"), ErrorCode::kNotFound));
  add(user("m18"));
  const Day day = test::day("2026-08-31");
  EXPECT_TRUE(failed_with(store()->put_stand_in({"m17", "m18", day}), ErrorCode::kNotFound));
  EXPECT_TRUE(failed_with(store()->put_stand_in({"m18", "m17", day}), ErrorCode::kNotFound));
  EXPECT_TRUE(failed_with(store()->remove_stand_in("m18", "m17"), ErrorCode::kNotFound));
  EXPECT_TRUE(failed_with(store()->revoke_token("suite"), ErrorCode::kNotFound));
  EXPECT_TRUE(failed_with(store()->add_session(session("m17", "x"), "", {}), ErrorCode::kNotFound));
  EXPECT_TRUE(failed_with(store()->change_password("m17", {"", "", ""}), ErrorCode::kNotFound));
}

TEST_F(AccessStoreTest, AChangeThatIsRefusedChangesNothing) {
  add(user("m17"));
  const auto refuse = [](User& user) -> Status {
    user.is_blocked = true;
    return Error{ErrorCode::kInvalid, "no"};
  };
  EXPECT_TRUE(failed_with(store()->change_user("m17", refuse), ErrorCode::kInvalid, "no"));
  EXPECT_FALSE(value_of(store()->load()).users[0].is_blocked);
}

TEST_F(AccessStoreTest, BlockingRemovingAndANewPasswordEndSessionsOfThatUserAlone) {
  for (const char* actor : {"a", "b", "c", "d"}) {
    const User one = user(actor);
    add(one);
    ASSERT_TRUE(store()->add_session(session(actor, actor), one.password_hash, {}));
  }
  EXPECT_EQ(sessions(), "a:a b:b c:c d:d");
  ASSERT_TRUE(store()->change_user(
      "a", [](User& one) -> Status { return one.is_blocked = true, Status(); }));
  ASSERT_TRUE(store()->change_user(
      "b", [](User& one) -> Status { return one.password_hash = "x", Status(); }));
  ASSERT_TRUE(store()->remove_user("c"));
  ASSERT_TRUE(store()->change_user(
      "d", [](User& one) -> Status { return one.sees_totals = true, Status(); }));
  EXPECT_EQ(sessions(), "d:d");
}

TEST_F(AccessStoreTest, ASessionIsMadeForThePasswordThatWasTriedAlone) {
  const User one = user("a");
  add(one);
  EXPECT_TRUE(
      failed_with(store()->add_session(session("a", "x"), "other", {}), ErrorCode::kNotFound));
  ASSERT_TRUE(store()->add_session(session("a", "x"), one.password_hash, {}));
  ASSERT_TRUE(store()->add_session(session("a", "y"), one.password_hash, {"x"}));
  EXPECT_EQ(sessions(), "a:y");
  ASSERT_TRUE(store()->add_session(session("a", "z"), one.password_hash, {}));
  ASSERT_TRUE(store()->change_password("a", {one.password_hash, "new", "z"}));
  EXPECT_EQ(sessions(), "a:z");
  EXPECT_TRUE(failed_with(store()->change_password("a", {one.password_hash, "newer", "z"}),
                          ErrorCode::kNotFound));
  ASSERT_TRUE(store()->put_password_hash("a", "other", "newest"));
  EXPECT_EQ(value_of(store()->load()).users[0].password_hash, "new");
  ASSERT_TRUE(store()->end_session("z"));
  EXPECT_EQ(sessions(), "");
}

TEST_F(AccessStoreTest, AnotherHandleSeesThatSomethingChanged) {
  const auto mine = store();
  const auto before = value_of(mine->load_data_version());
  EXPECT_EQ(value_of(mine->load_data_version()), before);
  add(user("m17"));
  EXPECT_NE(value_of(mine->load_data_version()), before);
}

TEST_F(AccessStoreTest, RefusesWhatIsNotItsOwnInOneLine) {
  EXPECT_TRUE(failed_with(AccessStore::open(data_, log_, StoreAccess::kRead), ErrorCode::kNotFound,
                          "toegang.sqlite"));
  add(user("m17"));
  Uuid other = log_;
  other.bytes[15] ^= 1;
  EXPECT_TRUE(failed_with(AccessStore::open(data_, other, StoreAccess::kRead), ErrorCode::kCorrupt,
                          "of another log"));
  by_hand("PRAGMA user_version=2");
  EXPECT_TRUE(failed_with(AccessStore::open(data_, log_, StoreAccess::kRead), ErrorCode::kNewer,
                          "toegang.sqlite"));
  by_hand(
      "PRAGMA user_version=1; CREATE TRIGGER z AFTER INSERT ON sessie BEGIN "
      "UPDATE gebruiker SET rollen='beheerder'; END");
  for (const StoreAccess access : {StoreAccess::kRead, StoreAccess::kWrite}) {
    EXPECT_TRUE(failed_with(AccessStore::open(data_, log_, access), ErrorCode::kCorrupt,
                            "trigger z is not of this program"));
  }
}

TEST_F(AccessStoreTest, RefusesAFileOfAnotherProgramAndADamagedOne) {
  add(user("m17"));
  std::filesystem::remove(access_file(data_));
  by_hand("CREATE TABLE adressen(naam TEXT)");
  EXPECT_TRUE(failed_with(AccessStore::open(data_, log_, StoreAccess::kWrite), ErrorCode::kCorrupt,
                          "of another program"));
  std::ofstream(access_file(data_)) << std::string(5000, 'x');
  EXPECT_TRUE(failed_with(AccessStore::open(data_, log_, StoreAccess::kWrite), ErrorCode::kCorrupt,
                          "toegang.sqlite"));
}

TEST_F(AccessStoreTest, ARoleOfANewerVersionIsNotPassedOver) {
  add(user("m17"));
  by_hand("UPDATE gebruiker SET rollen='werkcoach|directeur'");
  EXPECT_TRUE(failed_with(store()->load(), ErrorCode::kNewer, "toegang.sqlite"));
}

struct Checked {
  const char* about;
  Grants grants;
  const char* says;
};

TEST(CheckGrants, AsksWhatTheRolesNeed) {
  const Checked table[] = {
      {"a coach", {{Role::kWerkcoach}, {"Velsen"}, "wc"}, ""},
      {"a coach without a code", {{Role::kWerkcoach}, {"Velsen"}, {}}, "no code of a werkcoach"},
      {"a coach without gemeenten", {{Role::kWerkcoach}, {}, "wc"}, "no gemeente"},
      {"a gemeente", {{Role::kGemeente}, {"Velsen"}, {}}, ""},
      {"a gemeente without one", {{Role::kGemeente}, {}, {}}, "no gemeente"},
      {"an auditor", {{Role::kAuditor}, {}, {}}, ""},
      {"no role", {{}, {"Velsen"}, "wc"}, "no role"},
      {"a list in a name", {{Role::kGemeente}, {"Velsen|Beverwijk"}, {}}, "gemeente: not a name"},
      {"a BSN", {{Role::kWerkcoach}, {"Velsen"}, "111222333"}, "werkcoach: may be a BSN"},
      {"an empty code", {{Role::kWerkcoach}, {"Velsen"}, ""}, "werkcoach: not a name"},
  };
  for (const Checked& row : table) {
    const Status checked = check_grants(row.grants);
    EXPECT_EQ(checked.has_value(), std::string_view(row.says).empty()) << row.about;
    if (!checked) {
      EXPECT_EQ(checked.error().code, ErrorCode::kInvalid);
      EXPECT_TRUE(checked.error().message.starts_with(row.says)) << checked.error().message;
    }
  }
}

TEST(CheckScope, IsOfWhatTheRolesHave) {
  const Grants gemeente{{Role::kGemeente}, {"Velsen"}, {}};
  EXPECT_TRUE(check_scope(gemeente, {Permission::kCijfersLezen}));
  EXPECT_TRUE(failed_with(check_scope(gemeente, {}), ErrorCode::kInvalid, "no permission"));
  EXPECT_TRUE(failed_with(check_scope(gemeente, {Permission::kDossierLezen}), ErrorCode::kInvalid,
                          "dossier_lezen"));
}

TEST(CheckActor, IsAnOpaqueIdThatIsNobodysElse) {
  for (const char* good : {"m17", "A.b_c@d-e", "123456789"}) EXPECT_TRUE(check_actor(good)) << good;
  for (const std::string bad : {"", "Jan Jansen", "os:0", "111222333", "onbekend", "é"}) {
    const Status checked = check_actor(bad);
    EXPECT_TRUE(failed_with(checked, ErrorCode::kInvalid)) << bad;
    EXPECT_TRUE(bad.size() < 9 || checked.error().message.find(bad) == std::string::npos) << bad;
  }
  EXPECT_FALSE(check_actor(std::string(65, 'a')));
}

}  // namespace
}  // namespace trede::server
