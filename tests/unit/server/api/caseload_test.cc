// The caseload: whose it is, at which day, as known when, and what of it is shown to whom.
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

using Lines = std::vector<std::string>;

class CaseloadEndpointTest : public ApiFixture {
 protected:
  static Lines ids_of(const Answered& answered) {
    Lines out;
    EXPECT_EQ(answered.status(), 200U) << answered.body;
    if (answered.status() != 200) return out;
    const auto says = answered.json();
    for (const auto& row : says.at("dossiers").as_array()) {
      out.emplace_back(row.at("id").as_string());
    }
    return out;
  }
  static boost::json::object row_of(const Answered& answered, std::size_t index = 0) {
    return answered.json().at("dossiers").as_array().at(index).as_object();
  }
  // `soort uiterlijk verstreken` of each term.
  static Lines terms_of(const boost::json::object& row) {
    Lines out;
    for (const auto& one : row.at("termijnen").as_array()) {
      out.push_back(std::string(one.at("soort").as_string()) + " " +
                    std::string(one.at("uiterlijk").as_string()) +
                    (one.at("verstreken").as_bool() ? " verstreken" : ""));
    }
    return out;
  }
  static std::string id(const StreamId& stream) { return stream.uuid.text(); }
};

TEST_F(CaseloadEndpointTest, SaysWhatRunsInADossierAndItsTerms) {
  record({event(one(), event_id(70), "2021-04-01", "contactmoment", {{"contact", "bericht"}})});
  const auto answered = get("/v1/caseload", "werkcoach");
  ASSERT_EQ(ids_of(answered), Lines{id(one())});
  const auto says = answered.json();
  EXPECT_EQ(says.at("geldigOp"), "2021-04-12");
  EXPECT_EQ(says.at("positie").as_string(), std::to_string(last()));
  EXPECT_EQ(answered.header("Trede-Positie"), std::to_string(last()));
  const auto row = row_of(answered);
  EXPECT_EQ(row.at("versie"), 5);
  EXPECT_EQ(row.at("gemeente"), "Velsen");
  EXPECT_EQ(row.at("werkcoach"), "w1");
  EXPECT_EQ(row.at("trede"), "3");
  EXPECT_EQ(row.at("traject"), "2021-01-18");
  EXPECT_EQ(row.at("inTrede"), "2021-01-18");
  EXPECT_EQ(row.at("laatsteContact"), "2021-04-01");
  EXPECT_FALSE(row.contains("aangemeld"));
  EXPECT_EQ(terms_of(row), Lines{"contact 2021-07-29"});
  EXPECT_EQ(row.at("termijnen").at(0).at("positie").as_string(), std::to_string(last()));
  EXPECT_EQ(terms_of(row_of(get("/v1/caseload?op=2021-08-01", "werkcoach"))),
            Lines{"contact 2021-07-29 verstreken"});
}

TEST_F(CaseloadEndpointTest, AWerkcoachSeesTheOwnAndThoseStoodInForWithinTheOwnGemeenten) {
  EXPECT_EQ(get("/v1/caseload?werkcoach=w2", "werkcoach").status(), 403U);
  EXPECT_EQ(get("/v1/caseload?gemeente=Beverwijk", "werkcoach").status(), 403U);
  identities_["werkcoach"].werkcoaches = {"w1", "w2"};
  EXPECT_EQ(ids_of(get("/v1/caseload?op=2021-03-01", "werkcoach")), Lines{id(one())});
  identities_["werkcoach"].gemeenten = {"Beverwijk", "Velsen"};
  EXPECT_EQ(ids_of(get("/v1/caseload?op=2021-03-01", "werkcoach")), (Lines{id(one()), id(two())}));
  EXPECT_EQ(ids_of(get("/v1/caseload?op=2021-03-01&werkcoach=w2", "werkcoach")), Lines{id(two())});
  EXPECT_EQ(ids_of(get("/v1/caseload?op=2021-03-01&gemeente=Velsen", "werkcoach")),
            Lines{id(one())});
}

TEST_F(CaseloadEndpointTest, WhatWasGivenAwayIsNoLongerSeenAtAnEarlierDay) {
  const std::string before = std::to_string(last());
  record({event(one(), event_id(71), "2021-04-01", "werkcoach_toegewezen", {{"werkcoach", "w9"}})});
  EXPECT_EQ(ids_of(get("/v1/caseload?op=2021-03-01", "werkcoach")), Lines());
  EXPECT_EQ(ids_of(get("/v1/caseload?positie=" + before, "werkcoach")), Lines());
  EXPECT_EQ(ids_of(get("/v1/caseload?op=2021-03-01&werkcoach=w1")), Lines{id(one())});
  EXPECT_EQ(ids_of(get("/v1/caseload?werkcoach=w1")), Lines());
  EXPECT_EQ(ids_of(get("/v1/caseload?werkcoach=w1&positie=" + before)), Lines{id(one())});
}

TEST_F(CaseloadEndpointTest, WhoReachesAllNamesOne) {
  const auto answered = get("/v1/caseload");
  EXPECT_EQ(answered.status(), 400U);
  EXPECT_EQ(answered.json().at("fouten").at(0).at("plaats"), "werkcoach");
  EXPECT_EQ(ids_of(get("/v1/caseload?gemeente=Velsen")), (Lines{id(one()), id(three())}));
  EXPECT_EQ(ids_of(get("/v1/caseload?gemeente=Velsen&werkcoach=w1")), Lines{id(one())});
  EXPECT_EQ(ids_of(get("/v1/caseload?werkcoach=nobody")), Lines());
  EXPECT_EQ(get("/v1/caseload?werkcoach=w1&op=x").status(), 400U);
  EXPECT_EQ(get("/v1/caseload?werkcoach=w1&positie=99999").status(), 400U);
}

TEST_F(CaseloadEndpointTest, VerzuimAndItsTermsAreForWhoReadsVerzuim) {
  record(
      {event(three(), event_id(72), "2021-02-02", "werkcoach_toegewezen", {{"werkcoach", "w1"}})});
  const auto seen = row_of(get("/v1/caseload?gemeente=Velsen"), 1);
  EXPECT_EQ(seen.at("verzuim"), "2021-02-01");
  EXPECT_EQ(seen.at("dienstverband"), "2020-01-01");
  EXPECT_EQ(terms_of(seen).size(), 2U);
  const auto answered = get("/v1/caseload", "werkcoach");
  ASSERT_EQ(ids_of(answered), (Lines{id(one()), id(three())}));
  EXPECT_EQ(answered.body.find("verzuim"), std::string::npos) << answered.body;
  EXPECT_EQ(terms_of(row_of(answered, 1)), Lines());
}

TEST_F(CaseloadEndpointTest, EachDossierThatIsShownIsInTheTrail) {
  get("/v1/caseload?gemeente=Velsen");
  get("/v1/caseload", "werkcoach");
  get("/v1/caseload?werkcoach=w2", "werkcoach");
  EXPECT_EQ(trail(), (Lines{one().text() + " tonen gelukt a1", three().text() + " tonen gelukt a1",
                            one().text() + " tonen gelukt w1"}));
}

TEST_F(CaseloadEndpointTest, ColleaguesAreWhoHasDossiersInTheOwnGemeenten) {
  record({event(one(), event_id(74), "2021-04-01", "werkcoach_toegewezen", {{"werkcoach", "w9"}})});
  EXPECT_EQ(get("/v1/werkcoaches", "werkcoach").body, R"({"werkcoaches":["w9"]})");
  EXPECT_EQ(get("/v1/caseload", "werkcoach").json().at("dossiers").as_array().size(), 0U);
  EXPECT_EQ(get("/v1/werkcoaches?gemeente=Beverwijk", "werkcoach").status(), 403U);
  EXPECT_EQ(get("/v1/werkcoaches?gemeente=Beverwijk", "auditor").body, R"({"werkcoaches":[]})");
  EXPECT_EQ(get("/v1/werkcoaches", "auditor").status(), 400U);
  EXPECT_EQ(trail(), Lines());
}

TEST_F(CaseloadEndpointTest, ItsTagHoldsUntilTheLogGoesOn) {
  const std::string etag = get("/v1/caseload", "werkcoach").header("ETag");
  EXPECT_NE(get("/v1/caseload?werkcoach=w1").header("ETag"), etag);
  const Asked again{
      .target = "/v1/caseload", .as = "werkcoach", .headers = {{"If-None-Match", etag}}};
  const auto same = ask(again);
  EXPECT_EQ(same.status(), 304U);
  EXPECT_EQ(same.body, "");
  record({event(one(), event_id(73), "2021-04-01", "contactmoment", {{"contact", "bericht"}})});
  EXPECT_EQ(ask(again).status(), 200U);
}

}  // namespace
}  // namespace trede::test
