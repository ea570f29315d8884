// What every endpoint has in common: who is let in, what is refused before it is asked, and what
// stands in every answer.
#include "tools/server/api/endpoint.h"

#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

using server::endpoints;
using ApiTest = ApiFixture;

TEST(Endpoints, EachHasAHandlerAMediaTypeIfItSaysSomethingAndAnOperationOfItsOwn) {
  std::set<std::string> operations;
  for (const auto& one : endpoints()) {
    EXPECT_NE(one.answer == nullptr, one.answer_later == nullptr) << one.path;
    const bool says_nothing = one.method == "DELETE" || one.method == "PUT";
    EXPECT_EQ(one.produces.empty(), says_nothing) << one.path;
    EXPECT_TRUE(operations.insert(one.operation).second) << one.operation;
    EXPECT_TRUE(one.path.starts_with("/v1/") && !one.path.ends_with('/')) << one.path;
  }
}

TEST(Endpoints, OnlyTheseAskNoPermission) {
  std::set<std::string> open;
  std::set<std::string> known;
  std::set<std::string> of_session;
  for (const auto& one : endpoints()) {
    if (one.is_open) {
      open.insert(one.operation);
    } else if (one.of_session) {
      of_session.insert(one.operation);
    } else if (one.permissions.empty()) {
      known.insert(one.operation);
    }
  }
  EXPECT_EQ(open, (std::set<std::string>{"leesDocument", "openSessie"}));
  EXPECT_EQ(of_session, (std::set<std::string>{"leesSessie", "sluitSessie", "wijzigWachtwoord"}));
  EXPECT_EQ(known, (std::set<std::string>{"leesCodelijsten", "leesMaten"}));
}

TEST_F(ApiTest, WhatIsNotThereIsNotFound) {
  for (const char* path : {"/", "/v1", "/v1/", "/v1/maten/", "/v2/maten", "/v1/cijfers/",
                           "/v1/cijfers/a/b", "/v1/%6daten", "/v1/cijfers/%"}) {
    const auto answered = get(path);
    EXPECT_EQ(answered.status(), 404U) << path;
    EXPECT_EQ(answered.problem(), "niet-gevonden") << path;
  }
}

TEST_F(ApiTest, AnotherMethodIsToldWhichThereAre) {
  const auto answered = ask({.method = "DELETE", .target = "/v1/maten"});
  EXPECT_EQ(answered.status(), 405U);
  EXPECT_EQ(answered.header("Allow"), "GET, HEAD");
}

TEST_F(ApiTest, WhoIsNotLetInIsToldWhy) {
  const auto nobody = get("/v1/maten", "unknown");
  EXPECT_EQ(nobody.status(), 401U);
  EXPECT_EQ(nobody.header("WWW-Authenticate"), "Bearer");
  const std::pair<ErrorCode, unsigned> cases[] = {{ErrorCode::kNotFound, 401},
                                                  {ErrorCode::kRefused, 403},
                                                  {ErrorCode::kLocked, 503},
                                                  {ErrorCode::kIo, 503}};
  for (const auto& [code, status] : cases) {
    not_let_in_ = Error{code, "so"};
    EXPECT_EQ(get("/v1/maten").status(), status);
  }
}

TEST_F(ApiTest, WhoAsksTooOftenIsToldHowLongToWait) {
  must_wait_ = std::chrono::seconds{7};
  const auto answered = get("/v1/maten");
  EXPECT_EQ(answered.status(), 429U);
  EXPECT_EQ(answered.header("Retry-After"), "7");
}

TEST_F(ApiTest, WhatIsOpenIsCountedByAddress) {
  must_wait_at_ = std::chrono::seconds{3};
  const auto answered = get("/v1/openapi.json", "");
  EXPECT_EQ(answered.status(), 429U);
  EXPECT_EQ(answered.header("Retry-After"), "3");
  EXPECT_EQ(get("/v1/maten").status(), 200U);
}

TEST_F(ApiTest, ASessionCookieLetsInToo) {
  const auto answered = ask(
      {.target = "/v1/maten", .as = "", .headers = {{"Cookie", "andere=1; trede_sessie=auditor"}}});
  EXPECT_EQ(answered.status(), 200U);
}

TEST_F(ApiTest, WhoeverMayNotIsRefusedBeforeAnythingIsRead) {
  for (const auto& one : endpoints()) {
    if (one.is_open || one.permissions.empty()) continue;
    std::string path = one.path;
    for (auto at = path.find('{'); at != std::string::npos; at = path.find('{')) {
      path.replace(at, path.find('}') - at + 1, "x");
    }
    const auto answered = ask({.method = one.method, .target = path, .as = "niemand"});
    EXPECT_EQ(answered.status(), 403U) << one.path;
    EXPECT_EQ(answered.problem(), "geen-toegang") << one.path;
  }
}

TEST_F(ApiTest, OtherMediaTypesAreRefused) {
  const auto answered = ask({.target = "/v1/maten", .headers = {{"Accept", "text/html"}}});
  EXPECT_EQ(answered.status(), 406U);
}

TEST_F(ApiTest, EveryAnswerSaysVersionAndPositionAndKeepsToItself) {
  for (const char* path : {"/v1/maten", "/v1/nergens", "/v1/cijfers/trajecten?op=x"}) {
    const auto answered = get(path);
    EXPECT_EQ(answered.header("API-Version"), "1.0.0") << path;
    EXPECT_EQ(answered.header("Trede-Positie"), std::to_string(last())) << path;
    EXPECT_EQ(answered.header("Cache-Control"), "no-store") << path;
    EXPECT_EQ(answered.header("X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(answered.header("X-Frame-Options"), "DENY") << path;
    EXPECT_EQ(answered.header("Content-Security-Policy"), "frame-ancestors 'none'") << path;
    EXPECT_EQ(answered.header("Referrer-Policy"), "no-referrer") << path;
    EXPECT_EQ(answered.header("Strict-Transport-Security"), "") << path;
  }
}

TEST_F(ApiTest, WhatTheTransportRefusesIsAProblemToo) {
  const std::pair<unsigned, const char*> cases[] = {
      {400, "ongeldige-invoer"}, {408, "te-laat"},      {413, "te-groot"},
      {414, "ongeldige-invoer"}, {431, "kop-te-groot"}, {503, "niet-beschikbaar"}};
  for (const auto& [status, name] : cases) {
    const auto refused = api_->refuse(status, "so");
    EXPECT_EQ(refused.status, status);
    const auto says = boost::json::parse(std::get<std::string>(refused.body)).as_object();
    EXPECT_EQ(says.at("status").as_int64(), status);
    EXPECT_EQ(says.at("type").as_string(), "urn:trede:problem:" + std::string(name));
    EXPECT_EQ(refused.headers.find("Content-Type"), "application/problem+json");
    EXPECT_EQ(refused.headers.find("API-Version"), "1.0.0");
  }
}

}  // namespace
}  // namespace trede::test
