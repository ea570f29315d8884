// Users and tokens over HTTP: what is told once, who may, and who cannot be missed.
#include "tests/unit/server/api/api_fixture.h"
#include "tools/server/access/access_store.h"
#include "tools/server/access/passwords.h"
#include "tools/server/access/secrets.h"

namespace trede::test {
namespace {

namespace json = boost::json;

class AccountsTest : public ApiFixture {
 protected:
  Answered send(const char* method, const std::string& target, const std::string& body,
                const std::string& as = "beheerder") {
    return ask({.method = method, .target = target, .as = as, .body = body});
  }
  Answered add(const std::string& name, const std::string& role = "controller") {
    return send("POST", "/v1/gebruikers",
                R"({"naam":")" + name + R"(","rollen":[")" + role + R"("]})");
  }
  server::Accounts accounts() {
    const auto store = server::AccessStore::open(folder_->path(), folder_->log().identity(),
                                                 server::StoreAccess::kRead);
    EXPECT_TRUE(store);
    auto out = (*store)->load();
    EXPECT_TRUE(out);
    return *std::move(out);
  }
};

TEST_F(AccountsTest, ANewUserHasAPasswordForOneTimeThatIsToldOnce) {
  const auto answered = send("POST", "/v1/gebruikers",
                             R"({"naam":"m17","rollen":["werkcoach"],"gemeenten":["Velsen"],)"
                             R"("werkcoach":"wc-17"})");
  ASSERT_EQ(answered.status(), 201U) << answered.body;
  const auto said = answered.json();
  const std::string password(said.at("wachtwoord").as_string());
  const auto kept = accounts();
  ASSERT_EQ(kept.users.size(), 1U);
  EXPECT_TRUE(kept.users[0].must_change_password);
  EXPECT_TRUE(server::is_password(kept.users[0].password_hash, password));
  const auto listed = get("/v1/gebruikers", "auditor");
  EXPECT_EQ(listed.body,
            R"({"gebruikers":[{"naam":"m17","rollen":["werkcoach"],"gemeenten":["Velsen"],)"
            R"("werkcoach":"wc-17","totalen":false,"geblokkeerd":false,)"
            R"("moetWachtwoordWijzigen":true,"vervangingen":[]}]})");
  EXPECT_EQ(trail(), (std::vector<std::string>{"gebruiker/m17 toegang_gebruiker begonnen b1",
                                               "gebruiker/m17 toegang_gebruiker gelukt b1"}));
}

TEST_F(AccountsTest, WhatCannotBeAUserIsRefusedAndNotMade) {
  EXPECT_EQ(add("a b").status(), 400U);
  EXPECT_EQ(add("c17", "baas").status(), 400U);
  EXPECT_EQ(add("m17", "werkcoach").status(), 400U);  // within no gemeente
  EXPECT_EQ(get("/v1/gebruikers", "beheerder").body, R"({"gebruikers":[]})");
  EXPECT_EQ(add("c17").status(), 201U);
  EXPECT_EQ(add("C17").status(), 400U);  // whatever its case
  EXPECT_EQ(accounts().users.size(), 1U);
}

TEST_F(AccountsTest, WhatAUserMayIsReplacedAsAWhole) {
  ASSERT_EQ(add("c17").status(), 201U);
  const char* sent = R"({"rollen":["gemeente"],"gemeenten":["Velsen"],"totalen":true})";
  EXPECT_EQ(send("PUT", "/v1/gebruikers/c17", sent).status(), 204U);
  const auto user = accounts().users.at(0);
  EXPECT_EQ(user.grants.roles, std::vector{server::Role::kGemeente});
  EXPECT_EQ(user.grants.gemeenten, std::vector<std::string>{"Velsen"});
  EXPECT_TRUE(user.sees_totals);
  EXPECT_EQ(send("PUT", "/v1/gebruikers/c18", sent).status(), 404U);
}

TEST_F(AccountsTest, WhatIsChangedCountsFromThatAnswerOn) {
  ASSERT_EQ(add("c17").status(), 201U);
  EXPECT_EQ(sessions_.taken_up_, 1);
  const std::string path = "/v1/gebruikers/c17/toegang";
  EXPECT_EQ(send("PUT", path, R"({"geblokkeerd":true})").status(), 204U);
  EXPECT_EQ(sessions_.taken_up_, 2);
  EXPECT_EQ(send("PUT", "/v1/gebruikers/c18/toegang", R"({"geblokkeerd":true})").status(), 404U);
  EXPECT_EQ(sessions_.taken_up_, 2);
  sessions_.outcome_ = Error{ErrorCode::kIo, "so"};  // made all the same
  EXPECT_EQ(send("PUT", path, R"({"geblokkeerd":false})").status(), 204U);
  EXPECT_FALSE(accounts().users.at(0).is_blocked);
}

TEST_F(AccountsTest, TheLastWhoManagesUsersStays) {
  ASSERT_EQ(add("b17", "beheerder").status(), 201U);
  const auto blocked = [&](const char* name) {
    return send("PUT", std::string("/v1/gebruikers/") + name + "/toegang",
                R"({"geblokkeerd":true})");
  };
  EXPECT_EQ(blocked("b17").status(), 409U);
  EXPECT_EQ(blocked("b17").json().at("regel"), "laatste_beheerder");
  EXPECT_EQ(send("PUT", "/v1/gebruikers/b17", R"({"rollen":["auditor"]})").status(), 409U);
  EXPECT_TRUE(server::AccessStore::open(folder_->path(), folder_->log().identity(),
                                        server::StoreAccess::kRead));
  EXPECT_FALSE(accounts().users.at(0).is_blocked);
  ASSERT_EQ(add("b18", "beheerder").status(), 201U);
  EXPECT_EQ(blocked("b17").status(), 204U);
  EXPECT_EQ(blocked("b18").status(), 409U);  // who is blocked manages nobody
  EXPECT_EQ(send("PUT", "/v1/gebruikers/b17/toegang", R"({"geblokkeerd":false})").status(), 204U);
  EXPECT_EQ(blocked("b18").status(), 204U);
}

TEST_F(AccountsTest, ANewPasswordTakesTheOldOnesPlaceAndEndsSessions) {
  ASSERT_EQ(add("c17").status(), 201U);
  const auto before = accounts().users.at(0);
  {
    const auto store = server::AccessStore::open(folder_->path(), folder_->log().identity(),
                                                 server::StoreAccess::kWrite);
    ASSERT_TRUE((*store)->add_session({std::string(32, 's'), "c17", clock_.now(), clock_.now()},
                                      before.password_hash, {}));
  }
  ASSERT_EQ(accounts().sessions.size(), 1U);
  const auto answered = send("POST", "/v1/gebruikers/c17/wachtwoorden", "");
  ASSERT_EQ(answered.status(), 201U) << answered.body;
  const std::string password(answered.json().at("wachtwoord").as_string());
  const auto after = accounts();
  EXPECT_NE(after.users.at(0).password_hash, before.password_hash);
  EXPECT_TRUE(server::is_password(after.users.at(0).password_hash, password));
  EXPECT_TRUE(after.sessions.empty());
  EXPECT_EQ(trail().back(), "gebruiker/c17 toegang_wachtwoord gelukt b1");
  for (const std::string& line : trail()) EXPECT_EQ(line.find(password), std::string::npos);
}

TEST_F(AccountsTest, SomebodyStandsInUntilADayOrUntilItIsEnded) {
  ASSERT_EQ(add("c17").status(), 201U);
  ASSERT_EQ(add("c18").status(), 201U);
  const std::string path = "/v1/gebruikers/c17/vervangingen/";
  EXPECT_EQ(send("PUT", path + "c18", R"({"tm":"2021-04-11"})").status(), 400U);  // yesterday
  EXPECT_EQ(send("PUT", path + "c17", R"({"tm":"2021-04-12"})").status(), 400U);
  EXPECT_EQ(send("PUT", path + "c19", R"({"tm":"2021-04-12"})").status(), 404U);
  EXPECT_EQ(send("PUT", path + "c18", R"({"tm":"2021-04-12"})").status(), 204U);
  const auto listed = get("/v1/gebruikers", "beheerder").json();
  EXPECT_EQ(json::serialize(listed.at("gebruikers").at(0).at("vervangingen")),
            R"([{"voor":"c18","tm":"2021-04-12"}])");
  EXPECT_EQ(send("DELETE", path + "c18", "").status(), 204U);
  EXPECT_EQ(send("DELETE", path + "c18", "").status(), 404U);
  EXPECT_TRUE(accounts().stand_ins.empty());
}

TEST_F(AccountsTest, WhoOnlyReadsChangesNothing) {
  const char* body = R"({"naam":"c17","rollen":["controller"]})";
  EXPECT_EQ(send("POST", "/v1/gebruikers", body, "auditor").status(), 403U);
  EXPECT_EQ(send("POST", "/v1/gebruikers", body, "controller").status(), 403U);
  EXPECT_EQ(get("/v1/gebruikers", "controller").status(), 403U);
  EXPECT_EQ(get("/v1/gebruikers", "auditor").body, R"({"gebruikers":[]})");
}

TEST_F(AccountsTest, ATokenIsToldOnceAndMayWhatItWasMadeFor) {
  const auto made = send("POST", "/v1/tokens",
                         R"({"naam":"suite","rollen":["gemeente"],"gemeenten":["Velsen"],)"
                         R"("mag":["cijfers_lezen"]})");
  ASSERT_EQ(made.status(), 201U) << made.body;
  EXPECT_EQ(made.header("Cache-Control"), "no-store");
  const json::object said = made.json();
  const std::string secret(said.at("token").as_string());
  const std::string id(said.at("id").as_string());
  const auto kept = accounts().tokens;
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].hash, server::hash_secret(server::SecretUse::kToken, secret));
  EXPECT_EQ(kept[0].scope, std::vector{server::Permission::kCijfersLezen});
  EXPECT_EQ(sessions_.taken_up_, 1);
  const auto listed = get("/v1/tokens", "auditor");
  EXPECT_EQ(listed.body.find(secret), std::string::npos);
  const json::object token = listed.json().at("tokens").at(0).as_object();
  EXPECT_EQ(token.at("naam"), "suite");
  EXPECT_EQ(token.at("geldig"), true);
  EXPECT_FALSE(token.contains("gezien"));
  EXPECT_EQ(trail(), (std::vector<std::string>{"token/" + id + " toegang_token begonnen b1",
                                               "token/" + id + " toegang_token gelukt b1"}));
}

TEST_F(AccountsTest, ATokenHoldsUpToAndIncludingADayThatIsNotTooFar) {
  const auto made = [&](const std::string& naam, Day tm) {
    return send("POST", "/v1/tokens",
                R"({"naam":")" + naam + R"(","rollen":["auditor"],"mag":["log_volgen"],"tm":")" +
                    format_day(tm) + "\"}")
        .status();
  };
  const Day today = civil_day(clock_.now());
  EXPECT_EQ(made("gisteren", today - std::chrono::days{1}), 400U);
  EXPECT_EQ(made("ver", today + std::chrono::days{367}), 400U);
  EXPECT_EQ(made("vandaag", today), 201U);
  EXPECT_EQ(made("jaar", today + std::chrono::days{366}), 201U);
  const auto listed = get("/v1/tokens", "beheerder").json().at("tokens").as_array();
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[1].at("tm").as_string(), format_day(today));
  EXPECT_EQ(accounts().tokens[1].expires, begin_of(today + std::chrono::days{1}));
}

TEST_F(AccountsTest, WhatATokenMayNotHaveIsRefused) {
  const auto made = [&](const char* rest) {
    return send("POST", "/v1/tokens", std::string(R"({"naam":"suite",)") + rest + "}");
  };
  EXPECT_EQ(made(R"("rollen":["auditor"],"mag":[])").status(), 400U);
  EXPECT_EQ(made(R"("rollen":["auditor"],"mag":["alles"])").status(), 400U);
  EXPECT_EQ(made(R"("rollen":["gemeente"],"gemeenten":["Velsen"],"mag":["log_volgen"])").status(),
            400U);  // the role does not have it
  EXPECT_EQ(made(R"("rollen":["gemeente"],"mag":["cijfers_lezen"])").status(), 400U);
  ASSERT_EQ(add("suite").status(), 201U);
  EXPECT_EQ(made(R"("rollen":["auditor"],"mag":["log_volgen"])").status(), 400U);  // a user's name
  EXPECT_TRUE(accounts().tokens.empty());
}

TEST_F(AccountsTest, AWithdrawnTokenStaysInTheListAndIsOver) {
  ASSERT_EQ(
      send("POST", "/v1/tokens", R"({"naam":"suite","rollen":["auditor"],"mag":["log_volgen"]})")
          .status(),
      201U);
  const std::string id = accounts().tokens[0].id;
  EXPECT_EQ(send("DELETE", "/v1/tokens/suite", "").status(), 404U);  // by its id alone
  EXPECT_EQ(send("DELETE", "/v1/tokens/" + id, "").status(), 204U);
  const json::value token = get("/v1/tokens", "beheerder").json().at("tokens").at(0);
  EXPECT_EQ(token.at("ingetrokken"), true);
  EXPECT_EQ(token.at("geldig"), false);
  EXPECT_EQ(sessions_.taken_up_, 2);
}

TEST_F(AccountsTest, WhatARoleMayIsTheTableOfTheProgram) {
  const json::object said = get("/v1/rollen", "beheerder").json();
  const auto& roles = said.at("rollen").as_array();
  ASSERT_EQ(roles.size(), server::kRoles.size());
  EXPECT_EQ(roles[3].at("naam"), "gemeente");
  EXPECT_EQ(json::serialize(roles[3].at("rechten")), R"(["cijfers_lezen","rapporten_lezen"])");
}

}  // namespace
}  // namespace trede::test
