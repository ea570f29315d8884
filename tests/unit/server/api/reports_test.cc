// Reports over the API, in each of their forms.
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

using ReportsTest = ApiFixture;

constexpr const char* kQuarter = "/v1/rapporten/kwartaal?van=2021-01-01&tm=2021-03-31";

TEST_F(ReportsTest, EachFormIsAnswered) {
  const std::pair<const char*, const char*> cases[] = {
      {"application/json", "{"},
      {"text/csv", "sectie,"},
      {"text/plain", "Kwartaalrapportage"},
      {"text/html", "<!"},
      {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"}};
  for (const auto& [type, begin] : cases) {
    const auto answered = ask({.target = kQuarter, .headers = {{"Accept", type}}});
    ASSERT_EQ(answered.status(), 200U) << type << answered.body;
    EXPECT_TRUE(answered.header("Content-Type").starts_with(type)) << type;
    EXPECT_NE(answered.body.substr(0, 200).find(begin), std::string::npos)
        << answered.body.substr(0, 60);
  }
  EXPECT_EQ(ask({.target = kQuarter, .headers = {{"Accept", "image/png"}}}).status(), 406U);
}

TEST_F(ReportsTest, TheListNamesWhatToChoose) {
  const auto says = get("/v1/rapporten").json();
  bool found = false;
  for (const auto& one : says.at("rapporten").as_array()) {
    if (one.at("naam") != "gemeente") continue;
    found = true;
    EXPECT_EQ(boost::json::serialize(one.at("kies")), R"(["gemeente"])");
  }
  EXPECT_TRUE(found);
}

TEST_F(ReportsTest, AGemeenteReadsItsOwnReportAlone) {
  const std::string target = "/v1/rapporten/gemeente?van=2021-01-01&tm=2021-03-31";
  EXPECT_EQ(get(target, "gemeente").status(), 200U);
  EXPECT_EQ(get(target + "&waar=gemeente=Velsen", "gemeente").status(), 200U);
  EXPECT_EQ(get(target + "&waar=gemeente=Beverwijk", "gemeente").status(), 403U);
  EXPECT_EQ(get(target + "&waar=gemeente=Velsen,Beverwijk", "gemeente").status(), 403U);
  EXPECT_EQ(get(target + "&waar=gemeente=Velsen&waar=gemeente=Beverwijk", "gemeente").status(),
            400U);
  EXPECT_EQ(get(kQuarter, "gemeente").status(), 400U);
  EXPECT_EQ(get(kQuarter, "werkcoach").status(), 403U);
}

TEST_F(ReportsTest, WhatIsAskedWronglyIsNamed) {
  EXPECT_EQ(get("/v1/rapporten/kwartaal").status(), 400U);
  EXPECT_EQ(get("/v1/rapporten/kwartaal?van=2021-03-31&tm=2021-01-01").status(), 400U);
  EXPECT_EQ(get("/v1/rapporten/onbekend?van=2021-01-01&tm=2021-03-31").status(), 404U);
  EXPECT_EQ(get("/v1/rapporten/..%2Fx?van=2021-01-01&tm=2021-03-31").status(), 404U);
  EXPECT_EQ(get(std::string(kQuarter) + "&waar=x").status(), 400U);
}

TEST_F(ReportsTest, ItsTagHoldsUntilSomethingIsAppended) {
  const std::string etag = get(kQuarter).header("ETag");
  EXPECT_EQ(ask({.target = kQuarter, .headers = {{"If-None-Match", etag}}}).status(), 304U);
  record({event(one(), event_id(80), "2021-03-30", "uitstroom", {{"reden", "verhuizing"}})});
  EXPECT_EQ(ask({.target = kQuarter, .headers = {{"If-None-Match", etag}}}).status(), 200U);
}

TEST_F(ReportsTest, WhoHasAnyIsToldOnlyOfWhatIsThere) {
  const auto with_any = [this](const std::string& target) {
    return ask({.target = target, .headers = {{"If-None-Match", "*"}}});
  };
  const auto kept = with_any(kQuarter);
  EXPECT_EQ(kept.status(), 304U);
  EXPECT_EQ(kept.body, "");
  EXPECT_EQ(with_any("/v1/rapporten/onbekend?van=2021-01-01&tm=2021-03-31").status(), 404U);
  EXPECT_EQ(with_any("/v1/rapporten/gemeente?van=2021-01-01&tm=2021-03-31").status(), 400U);
  EXPECT_EQ(with_any("/v1/cijfers/trajecten?op=2021-03-31").status(), 304U);
  EXPECT_EQ(with_any("/v1/cijfers/onbekend?op=2021-03-31").status(), 404U);
  EXPECT_EQ(with_any(path_of(one())).status(), 304U);
  EXPECT_EQ(with_any("/v1/caseload?werkcoach=w1").status(), 304U);
}

}  // namespace
}  // namespace trede::test
