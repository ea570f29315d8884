// Sessions as a page has them: with the gate of a real data folder behind the endpoints.
#include "tools/server/access/sessions.h"

#include "tests/unit/server/api/api_fixture.h"
#include "tools/server/access/access_store.h"
#include "tools/server/access/gate.h"
#include "tools/server/access/passwords.h"
#include "tools/server/access/secrets.h"

namespace trede::test {
namespace {

using server::Gate;

const std::string kPassword = "paars varken op wielen";
const std::string kOther = "groene giraf in de regen";

class SessionsTest : public ApiFixture {
 protected:
  SessionsTest() {
    server::prepare_secrets();
    add_user("m17", false);
    add_user("m18", true);
    server::GateOptions options;
    options.cost = server::PasswordCost::least();
    options.patience = std::chrono::milliseconds{1};
    auto gate = Gate::open({folder_->path(), folder_->log().identity()}, clock_, random_, options);
    EXPECT_TRUE(gate.has_value());
    gate_ = std::move(*gate);
    const auto authenticate = [this](const server::Credentials& given) {
      return gate_->authenticate(given);
    };
    auto api = server::Api::open({*folder_,
                                  *recorder_,
                                  *projections_,
                                  clock_,
                                  random_,
                                  pool_.get_executor(),
                                  authenticate,
                                  {},
                                  {},
                                  gate_.get()});
    EXPECT_TRUE(api.has_value());
    api_->stop();
    api_ = std::move(*api);
  }
  ~SessionsTest() override {
    api_->stop();
    pool_.join();  // what runs there may use the gate
  }

  void add_user(const std::string& actor, bool must_change) {
    auto hash = server::hash_password(kPassword, server::PasswordCost::least());
    ASSERT_TRUE(hash.has_value());
    server::User user{.actor = actor, .must_change_password = must_change, .made = clock_.now()};
    user.grants = {{server::Role::kWerkcoach}, {"Velsen"}, "w1"};
    user.password_hash = *std::move(hash);
    auto store = server::AccessStore::open(folder_->path(), folder_->log().identity(),
                                           server::StoreAccess::kWrite);
    ASSERT_TRUE(store.has_value());
    ASSERT_TRUE((*store)->add_user(user).has_value());
  }

  struct Session {
    std::string cookie;  // as it is sent back
    std::string csrf;
  };
  Answered log_in(const std::string& actor, const std::string& password) {
    return ask({.method = "POST",
                .target = "/v1/sessies",
                .as = "",
                .body = R"({"actor": ")" + actor + R"(", "wachtwoord": ")" + password + R"("})"});
  }
  Session session_of(const std::string& actor, const std::string& password = kPassword) {
    const auto answered = log_in(actor, password);
    EXPECT_EQ(answered.status(), 201U) << answered.body;
    const std::string cookie = answered.header("Set-Cookie");
    return {cookie.substr(0, cookie.find(';')),
            std::string(answered.json().at("csrfToken").as_string())};
  }
  Answered with(const Session& session, const std::string& method, const std::string& target,
                const std::string& body = {}) {
    return ask({.method = method,
                .target = target,
                .as = "",
                .body = body,
                .headers = {{"Cookie", session.cookie}, {"X-CSRF-Token", session.csrf}}});
  }
  Answered change(const Session& session, const std::string& before, const std::string& after) {
    return with(session, "PUT", "/v1/sessies/huidige/wachtwoord",
                R"({"oud": ")" + before + R"(", "nieuw": ")" + after + R"("})");
  }

  std::unique_ptr<Gate> gate_;
};

TEST_F(SessionsTest, WhoLogsInIsKnownByTheCookieAlone) {
  const auto answered = log_in("m17", kPassword);
  ASSERT_EQ(answered.status(), 201U) << answered.body;
  const std::string cookie = answered.header("Set-Cookie");
  EXPECT_TRUE(cookie.starts_with("trede_sessie=")) << cookie;
  EXPECT_NE(cookie.find("; HttpOnly; SameSite=Strict"), std::string::npos) << cookie;
  EXPECT_EQ(answered.header("Cache-Control"), "no-store");
  const auto says = answered.json();
  EXPECT_EQ(says.size(), 3U) << answered.body;
  EXPECT_EQ(says.at("moetWachtwoordWijzigen"), false);
  EXPECT_TRUE(says.at("tot").as_string().starts_with("2021-04-12T21:")) << answered.body;
  const auto value = cookie.substr(13, cookie.find(';') - 13);
  EXPECT_EQ(answered.body.find(value), std::string::npos);
}

TEST_F(SessionsTest, APageReadsWhoItIs) {
  const Session session = session_of("m17");
  const auto answered = with(session, "GET", "/v1/sessies/huidige");
  ASSERT_EQ(answered.status(), 200U) << answered.body;
  const auto says = answered.json();
  EXPECT_EQ(says.at("actor"), "m17");
  EXPECT_EQ(says.at("rollen"), boost::json::parse(R"(["werkcoach"])"));
  EXPECT_EQ(says.at("gemeenten"), boost::json::parse(R"(["Velsen"])"));
  EXPECT_EQ(says.at("werkcoaches"), boost::json::parse(R"(["w1"])"));
  EXPECT_EQ(says.at("rechten"), boost::json::parse(R"(["dossier_lezen", "dossier_vastleggen",
      "caseload_lezen", "werkgever_vastleggen", "cijfers_lezen"])"))
      << "of the vault nothing: this server has no key of it";
  const auto& kinds = says.at("soorten").as_array();
  EXPECT_NE(std::ranges::find(kinds, "trede_doorstroom"), kinds.end());
  EXPECT_EQ(std::ranges::find(kinds, "ziekmelding"), kinds.end());
  EXPECT_EQ(std::ranges::find(kinds, "boeking"), kinds.end());
  EXPECT_EQ(says.at("totalen"), false);
  EXPECT_EQ(says.at("csrfToken").as_string(), session.csrf);
  EXPECT_EQ(with(session, "GET", "/v1/caseload").status(), 200U);
  EXPECT_EQ(get("/v1/sessies/huidige", "").status(), 401U);
  EXPECT_EQ(ask({.target = "/v1/sessies/huidige",
                 .as = "",
                 .headers = {{"Authorization", "Bearer " + session.cookie.substr(13)}}})
                .status(),
            401U);
}

TEST_F(SessionsTest, AWrongPasswordAndAnUnknownNameAreToldAlike) {
  const auto wrong = log_in("m17", kOther);
  const auto unknown = log_in("m99", kPassword);
  EXPECT_EQ(wrong.status(), 401U);
  EXPECT_EQ(wrong.body, unknown.body);
  EXPECT_EQ(wrong.json().at("detail"), "Naam of wachtwoord klopt niet.");
  EXPECT_EQ(wrong.header("Set-Cookie"), "");
  for (const std::string& line : trail()) {
    EXPECT_EQ(line.find("m99"), std::string::npos) << line;
    EXPECT_EQ(line.find("giraf"), std::string::npos) << line;
  }
  EXPECT_EQ(trail().size(), 2U);
}

TEST_F(SessionsTest, WhoTriesTooOftenIsToldHowLongToWait) {
  unsigned status = 401;
  for (int i = 0; i < 20 && status == 401; ++i) status = log_in("m17", kOther).status();
  ASSERT_EQ(status, 429U);
  const auto answered = log_in("m17", kPassword);
  EXPECT_EQ(answered.status(), 429U);
  EXPECT_GE(std::stoi(answered.header("Retry-After")), 1);
  EXPECT_NE(answered.body.find("Te vaak geprobeerd"), std::string::npos) << answered.body;
}

TEST_F(SessionsTest, WhileAnotherProcessKeepsTheUsersALoginMayBeTriedLater) {
  auto other = SqliteFile::open(server::access_file(folder_->path()), SqliteAccess::kWrite);
  ASSERT_TRUE(other.has_value());
  ASSERT_TRUE(other->execute("BEGIN EXCLUSIVE").has_value());
  const auto answered = log_in("m17", kPassword);
  EXPECT_EQ(answered.status(), 503U);
  EXPECT_EQ(answered.header("Retry-After"), "1");
  ASSERT_TRUE(other->execute("ROLLBACK").has_value());
  EXPECT_EQ(log_in("m17", kPassword).status(), 201U);
}

TEST_F(SessionsTest, WhatIsNoLoginIsRefused) {
  EXPECT_EQ(ask({.method = "POST", .target = "/v1/sessies", .as = "", .body = "{}"}).status(),
            400U);
  const auto form = ask({.method = "POST",
                         .target = "/v1/sessies",
                         .as = "",
                         .body = "actor=m17",
                         .headers = {{"Content-Type", "application/x-www-form-urlencoded"}}});
  EXPECT_EQ(form.status(), 415U);
}

TEST_F(SessionsTest, ThePasswordThatMustBeChangedIsAllThatCanBeChanged) {
  const Session session = session_of("m18");
  EXPECT_EQ(with(session, "GET", "/v1/caseload").status(), 403U);
  EXPECT_EQ(with(session, "GET", "/v1/sessies/huidige").json().at("moetWachtwoordWijzigen"), true);
  const auto changed = change(session, kPassword, kOther);
  EXPECT_EQ(changed.status(), 204U) << changed.body;
  EXPECT_EQ(changed.body, "");
  EXPECT_EQ(with(session, "GET", "/v1/caseload").status(), 200U);
  EXPECT_EQ(log_in("m18", kPassword).status(), 401U);
  EXPECT_EQ(log_in("m18", kOther).status(), 201U);
}

TEST_F(SessionsTest, APasswordIsChangedByWhoKnowsTheOldOneIntoAGoodOne) {
  const Session session = session_of("m17");
  const auto wrong = change(session, kOther, kOther);
  EXPECT_EQ(wrong.status(), 403U);
  EXPECT_EQ(wrong.json().at("fouten").at(0).at("plaats"), "oud");
  for (const std::string& bad : {std::string("kort"), kPassword}) {
    const auto refused = change(session, kPassword, bad);
    EXPECT_EQ(refused.status(), 400U) << refused.body;
    EXPECT_EQ(refused.json().at("fouten").at(0).at("plaats"), "nieuw");
  }
  EXPECT_EQ(change({session.cookie, "x"}, kPassword, kOther).status(), 403U);
  EXPECT_EQ(log_in("m17", kPassword).status(), 201U);
}

TEST_F(SessionsTest, TheOtherSessionsEndWithTheOldPassword) {
  const Session one = session_of("m17");
  const Session other = session_of("m17");
  EXPECT_EQ(change(one, kPassword, kOther).status(), 204U);
  EXPECT_EQ(with(one, "GET", "/v1/sessies/huidige").status(), 200U);
  EXPECT_EQ(with(other, "GET", "/v1/sessies/huidige").status(), 401U);
}

TEST_F(SessionsTest, LoggingOutEndsTheSessionAndItsCookie) {
  const Session session = session_of("m17");
  EXPECT_EQ(with({session.cookie, ""}, "DELETE", "/v1/sessies/huidige").status(), 403U);
  const auto ended = with(session, "DELETE", "/v1/sessies/huidige");
  EXPECT_EQ(ended.status(), 204U) << ended.body;
  EXPECT_TRUE(ended.header("Set-Cookie").starts_with("trede_sessie=;"))
      << ended.header("Set-Cookie");
  EXPECT_NE(ended.header("Set-Cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(with(session, "GET", "/v1/sessies/huidige").status(), 401U);
  EXPECT_EQ(with(session, "DELETE", "/v1/sessies/huidige").status(), 401U);
}

// With sessions that fail as they are told to.
using FailingSessionsTest = ApiFixture;

TEST_F(FailingSessionsTest, EachErrorHasItsStatus) {
  struct Case {
    ErrorCode code;
    unsigned log_in, log_out, change;
  };
  const std::string login = R"({"actor": "w1", "wachtwoord": "x"})";
  const std::string passwords = R"({"oud": "x", "nieuw": "y"})";
  for (const Case& one :
       {Case{ErrorCode::kNotFound, 401, 401, 401}, Case{ErrorCode::kRefused, 401, 403, 403},
        Case{ErrorCode::kInvalid, 503, 503, 400}, Case{ErrorCode::kLocked, 429, 503, 429},
        Case{ErrorCode::kIo, 503, 503, 503}, Case{ErrorCode::kCorrupt, 503, 503, 503}}) {
    sessions_.outcome_ = Error{one.code, "so"};
    EXPECT_EQ(ask({.method = "POST", .target = "/v1/sessies", .body = login}).status(), one.log_in);
    EXPECT_EQ(ask({.method = "DELETE", .target = "/v1/sessies/huidige"}).status(), one.log_out);
    EXPECT_EQ(ask({.method = "PUT", .target = "/v1/sessies/huidige/wachtwoord", .body = passwords})
                  .status(),
              one.change);
  }
  sessions_.outcome_ = Error{ErrorCode::kLocked, "so"};
  const Asked again{.method = "POST", .target = "/v1/sessies", .body = login};
  EXPECT_EQ(ask(again).header("Retry-After"), "1");
  sessions_.wait_ = std::chrono::seconds{9};
  EXPECT_EQ(ask(again).header("Retry-After"), "9");
}

TEST_F(FailingSessionsTest, WhereThereAreNoneTheyAreNotFound) {
  auto api = server::Api::open(
      {*folder_, *recorder_, *projections_, clock_, random_, pool_.get_executor(),
       [](const server::Credentials&) { return Result<server::Identity>(server::Identity{}); }});
  ASSERT_TRUE(api.has_value());
  api_->stop();
  api_ = std::move(*api);
  EXPECT_EQ(get("/v1/sessies/huidige").status(), 404U);
  EXPECT_EQ(ask({.method = "POST",
                 .target = "/v1/sessies",
                 .body = R"({"actor": "w1", "wachtwoord": "x"})"})
                .status(),
            404U);
}

}  // namespace
}  // namespace trede::test
