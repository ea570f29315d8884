// Reports over the API: in each of their forms, at two moments, and laid down.
#include "engine/trail/entry.h"
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

constexpr const char* kLater = "/v1/rapporten/kwartaal/verschillen?van=2021-01-01&tm=2021-03-31";

class ReportHistoryTest : public ApiFixture {
 protected:
  Answered lay_down(const std::string& as, const std::string& query = "",
                    const std::string& body = R"({"van":"2021-01-01","tm":"2021-03-31"})") {
    return ask({.method = "POST",
                .target = "/v1/rapporten/kwartaal/vaststellingen" + query,
                .as = as,
                .body = body});
  }
  std::string text_of(const std::string& target, const std::string& as) {
    const auto answered = ask({.target = target, .as = as, .headers = {{"Accept", "text/plain"}}});
    EXPECT_EQ(answered.status(), 200U) << answered.body;
    return answered.body;
  }
  void record_late() {
    record({event(one(), event_id(80), "2021-03-30", "uitstroom", {{"reden", "verhuizing"}})});
  }
};

TEST_F(ReportHistoryTest, WhatCameSinceItWasLaidDownIsShownWithItsEvents) {
  EXPECT_EQ(get(kLater).status(), 404U);
  ASSERT_EQ(lay_down("controller").status(), 201U);
  EXPECT_NE(text_of(kLater, "auditor").find("Er is geen verschil."), std::string::npos);
  record_late();
  const std::string text = text_of(kLater, "auditor");
  EXPECT_NE(text.find("Totaal, 31-03-2021"), std::string::npos) << text;
  EXPECT_NE(text.find(std::to_string(last())), std::string::npos) << text;
  EXPECT_NE(text.find(one().text()), std::string::npos) << text;
  EXPECT_EQ(trail().back(), object_of(one()) + " vergelijken gelukt a1");
}

TEST_F(ReportHistoryTest, WhoDoesNotAnswerForFiguresSeesWhatDiffersAndNotTheEvents) {
  const std::string before = std::to_string(last());
  record_late();
  const std::string target =
      "/v1/rapporten/gemeente/verschillen?van=2021-01-01&tm=2021-03-31&positie=" + before;
  const std::string text = text_of(target, "gemeente");
  EXPECT_NE(text.find("cijfers verschillen."), std::string::npos) << text;
  EXPECT_EQ(text.find(one().text()), std::string::npos) << text;
  EXPECT_NE(text_of(target + "&waar=gemeente=Velsen", "auditor").find(one().text()),
            std::string::npos);
  EXPECT_EQ(get(target + "&waar=gemeente=Beverwijk", "gemeente").status(), 403U);
  EXPECT_EQ(get(target, "werkcoach").status(), 403U);
}

TEST_F(ReportHistoryTest, VerzuimIsNotNamedToWhoMayNotSeeIt) {
  const std::string target = std::string(kLater) + "&positie=" + std::to_string(last() - 1);
  EXPECT_NE(text_of(target, "auditor").find(three().text()), std::string::npos);
  EXPECT_EQ(text_of(target, "controller").find(three().text()), std::string::npos);
}

TEST_F(ReportHistoryTest, SmallNumbersAreLeftOutOfAComparisonForPublication) {
  const std::string target = std::string(kLater) + "&positie=" + std::to_string(last());
  record_late();
  EXPECT_NE(text_of(target + "&onderdruk=true", "auditor"), text_of(target, "auditor"));
}

TEST_F(ReportHistoryTest, WhatSetsVerzuimRightIsNotNamedEither) {
  const std::string target = std::string(kLater) + "&positie=" + std::to_string(last());
  record({intrekking(three(), event_id(81), event_id(22))});
  EXPECT_NE(text_of(target, "auditor").find(three().text()), std::string::npos);
  EXPECT_EQ(text_of(target, "controller").find(three().text()), std::string::npos);
}

TEST_F(ReportHistoryTest, AComparisonThatIsAskedWronglyIsNamed) {
  EXPECT_EQ(get("/v1/rapporten/kwartaal/verschillen").status(), 400U);
  EXPECT_EQ(get("/v1/rapporten/geen/verschillen?van=2021-01-01&tm=2021-03-31&positie=3").status(),
            404U);
  EXPECT_EQ(get(std::string(kLater) + "&positie=5&enPositie=4").status(), 400U);
  EXPECT_EQ(get(std::string(kLater) + "&positie=999").status(), 400U);
}

TEST_F(ReportHistoryTest, AReportIsLaidDownOnce) {
  const auto before = last();
  const auto trial = lay_down("controller", "?proef=true");
  EXPECT_EQ(trial.status(), 200U) << trial.body;
  EXPECT_EQ(trial.json().at("proef"), true);
  EXPECT_EQ(last(), before);
  const auto done = lay_down("controller");
  ASSERT_EQ(done.status(), 201U) << done.body;
  EXPECT_EQ(last(), before + 1);
  EXPECT_EQ(done.json().at("vastgesteldOpPositie").as_string(), std::to_string(last()));
  EXPECT_EQ(done.json().at("positie").as_string(), std::to_string(before));
  EXPECT_EQ(trail().back(), "organisatie vaststellen gelukt c1");
  const auto again = lay_down("controller");
  EXPECT_EQ(again.status(), 409U) << again.body;
  EXPECT_EQ(last(), before + 1);
  EXPECT_EQ(trail().back(), "organisatie vaststellen geweigerd c1");
  record_late();
  EXPECT_EQ(get(kQuarter).header("Trede-Positie"), std::to_string(before));
}

TEST_F(ReportHistoryTest, OnlyAControllerLaysDown) {
  for (const char* as : {"auditor", "gemeente", "klantmanager", "beheerder", "werkcoach"}) {
    EXPECT_EQ(lay_down(as).status(), 403U) << as;
  }
}

TEST_F(ReportHistoryTest, APeriodThatStillRunsIsRefused) {
  const auto answered = lay_down("controller", "", R"({"van":"2021-04-01","tm":"2021-06-30"})");
  EXPECT_EQ(answered.status(), 409U);
  EXPECT_EQ(answered.json().at("detail"),
            "Vaststellen kan niet: de periode loopt nog tot en met 2021-06-30.");
}

TEST_F(ReportHistoryTest, ALayingDownThatIsAskedWronglyIsNamed) {
  for (const char* body : {R"({})", R"({"van":"2021-01-01"})", R"({"van":"x","tm":"2021-03-31"})",
                           R"({"van":"2021-03-31","tm":"2021-01-01"})",
                           R"({"van":"2021-01-01","tm":"2021-03-31","waar":["x"]})",
                           R"({"van":"2021-01-01","tm":"2021-03-31","waar":["gemeente=Velsen"]})",
                           R"({"van":"2021-01-01","tm":"2021-03-31","anders":1})"}) {
    EXPECT_EQ(lay_down("controller", "", body).status(), 400U) << body;
  }
  EXPECT_EQ(ask({.method = "POST",
                 .target = "/v1/rapporten/geen/vaststellingen",
                 .as = "controller",
                 .body = R"({"van":"2021-01-01","tm":"2021-03-31"})"})
                .status(),
            404U);
}

}  // namespace
}  // namespace trede::test
