// Figures over the API: the same as the program's, narrowed to who asks.
#include "proto/api.pb.h"
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

using FiguresTest = ApiFixture;

// `codes waarde` of each row.
std::vector<std::string> rows_of(const boost::json::object& figures) {
  std::vector<std::string> out;
  for (const auto& row : figures.at("rijen").as_array()) {
    std::string text;
    for (const auto& code : row.at("codes").as_array()) {
      text += std::string(code.as_string()) + " ";
    }
    const auto* value = row.as_object().if_contains("waarde");
    out.push_back(text + (value == nullptr ? "-" : std::string(value->as_string())));
  }
  return out;
}
using Rows = std::vector<std::string>;

TEST_F(FiguresTest, AStandIsCountedPerGemeenteAsKnownNow) {
  const auto answered = get("/v1/cijfers/trajecten?op=2021-03-31&per=gemeente,trede");
  ASSERT_EQ(answered.status(), 200U) << answered.body;
  EXPECT_EQ(rows_of(answered.json()), (Rows{"Velsen 3 1"}));
  EXPECT_EQ(answered.json().at("geldigOp"), "2021-03-31");
  EXPECT_EQ(answered.json().at("positie").as_string(), std::to_string(last()));
  EXPECT_EQ(answered.header("Trede-Positie"), std::to_string(last()));
  EXPECT_EQ(rows_of(get("/v1/cijfers/trajecten?op=2021-03-01&per=gemeente").json()),
            (Rows{"Beverwijk 1", "Velsen 1"}));
}

TEST_F(FiguresTest, WhatWasKnownThenIsAnsweredThen) {
  const auto empty = get("/v1/cijfers/trajecten?op=2021-03-31&positie=0");
  EXPECT_EQ(rows_of(empty.json()), (Rows{"0"}));
  EXPECT_FALSE(empty.json().contains("bekendOp"));
  EXPECT_EQ(empty.header("Trede-Positie"), "0");
  EXPECT_EQ(rows_of(get("/v1/cijfers/trajecten?op=2021-03-31&positie=7").json()), (Rows{"1"}));
}

TEST_F(FiguresTest, ARatioHasItsTwoSums) {
  const auto answered =
      get("/v1/cijfers/intakes_binnen_4_weken?van=2021-01-01&tm=2021-03-31").json();
  const auto& row = answered.at("rijen").at(0).as_object();
  EXPECT_EQ(row.at("teller"), "2");
  EXPECT_EQ(row.at("noemer"), "2");
  EXPECT_EQ(row.at("waarde"), "100.0000");
  const auto none = get("/v1/cijfers/intakes_binnen_4_weken?van=2020-01-01&tm=2020-03-31").json();
  EXPECT_FALSE(none.at("rijen").at(0).as_object().contains("waarde"));
}

TEST_F(FiguresTest, WhatIsAskedWronglyIsNamed) {
  const std::pair<const char*, const char*> cases[] = {
      {"/v1/cijfers/trajecten?van=2021-01-01&tm=2021-03-31", "van"},
      {"/v1/cijfers/uitstroom?van=2021-01-01", "tm"},
      {"/v1/cijfers/uitstroom?op=2021-01-01", "op"},
      {"/v1/cijfers/trajecten?per=kleur", "kleur"},
      {"/v1/cijfers/trajecten?waar=trede", "waar"},
      {"/v1/cijfers/trajecten?positie=99999", "positie"},
      {"/v1/cijfers/trajecten?positie=1&bekendOp=2021-01-01T00:00:00Z", "positie"},
  };
  for (const auto& [target, place] : cases) {
    const auto answered = get(target);
    EXPECT_EQ(answered.status(), 400U) << target;
    EXPECT_NE(answered.json().at("detail").as_string().find(place), std::string::npos)
        << answered.body;
  }
  EXPECT_EQ(get("/v1/cijfers/onbekend").status(), 404U);
}

TEST_F(FiguresTest, ProtobufSaysTheSame) {
  const auto answered = ask({.target = "/v1/cijfers/trajecten?op=2021-03-31",
                             .headers = {{"Accept", "application/x-protobuf"}}});
  EXPECT_EQ(answered.header("Content-Type"), "application/x-protobuf");
  api::Cijfers figures;
  ASSERT_TRUE(figures.ParseFromString(answered.body));
  EXPECT_EQ(figures.rijen(0).waarde(), "1");
}

TEST_F(FiguresTest, AnETagHoldsUntilSomethingIsAppended) {
  const std::string target = "/v1/cijfers/trajecten?op=2021-03-31";
  const std::string etag = get(target).header("ETag");
  EXPECT_NE(etag, "");
  const auto again = ask({.target = target, .headers = {{"If-None-Match", etag}}});
  EXPECT_EQ(again.status(), 304U);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.header("ETag"), etag);
  EXPECT_NE(get(target + "&per=trede").header("ETag"), etag);
  EXPECT_NE(get(target, "gemeente").header("ETag"), etag);
  record({event(one(), event_id(50), "2021-03-30", "uitstroom", {{"reden", "verhuizing"}})});
  EXPECT_EQ(ask({.target = target, .headers = {{"If-None-Match", etag}}}).status(), 200U);
}

TEST_F(FiguresTest, AGemeenteSeesItselfAlone) {
  const std::string target = "/v1/cijfers/trajecten?op=2021-03-01";
  EXPECT_EQ(rows_of(get(target, "gemeente").json()), (Rows{"1"}));
  EXPECT_EQ(rows_of(get(target + "&per=gemeente", "gemeente").json()), (Rows{"Velsen 1"}));
  EXPECT_EQ(get(target + "&waar=gemeente=Beverwijk", "gemeente").status(), 403U);
  EXPECT_EQ(get(target + "&waar=gemeente=Velsen,Beverwijk", "gemeente").status(), 403U);
  EXPECT_EQ(get(target + "&waar=gemeente=Velsen&waar=gemeente=Beverwijk", "gemeente").status(),
            400U);
  EXPECT_EQ(get(target + "&waar=gemeente=Velsen", "gemeente").status(), 200U);
  EXPECT_EQ(get("/v1/cijfers/verzuimgevallen?op=2021-03-01", "gemeente").status(), 403U);
  identities_["gemeente"].gemeenten.clear();
  EXPECT_EQ(get(target, "gemeente").status(), 403U);
}

TEST_F(FiguresTest, TotalsAreForWhoMaySeeThem) {
  const std::string target = "/v1/cijfers/trajecten?op=2021-03-01&totaal=true";
  EXPECT_EQ(get(target, "gemeente").status(), 403U);
  identities_["gemeente"].sees_totals = true;
  EXPECT_EQ(rows_of(get(target, "gemeente").json()), (Rows{"2"}));
  EXPECT_EQ(get(target + "&per=gemeente", "gemeente").status(), 400U);
  EXPECT_EQ(get(target + "&waar=werkcoach=w2", "gemeente").status(), 400U);
  EXPECT_EQ(get("/v1/cijfers/trajecten?op=2021-03-01&per=gemeente", "gemeente").status(), 200U);
  EXPECT_EQ(get(target, "werkcoach").status(), 403U);
}

TEST_F(FiguresTest, AWerkcoachSeesTheOwnGemeente) {
  EXPECT_EQ(rows_of(get("/v1/cijfers/trajecten?op=2021-03-01", "werkcoach").json()), (Rows{"1"}));
  EXPECT_EQ(get("/v1/cijfers/trajecten?waar=gemeente=Beverwijk", "werkcoach").status(), 403U);
  EXPECT_EQ(
      get("/v1/cijfers/uitstroom/verklaring?van=2021-01-01&tm=2021-03-31", "werkcoach").status(),
      403U);
}

TEST_F(FiguresTest, AnExplanationAddsUpAndIsInTheTrail) {
  const auto answered =
      get("/v1/cijfers/uitstroom/verklaring?van=2021-01-01&tm=2021-03-31&per=reden");
  ASSERT_EQ(answered.status(), 200U) << answered.body;
  const auto says = answered.json();
  EXPECT_EQ(rows_of(says.at("cijfers").as_object()), (Rows{"werkaanvaarding 1"}));
  ASSERT_EQ(says.at("bijdragen").as_array().size(), 1U);
  const auto& part = says.at("bijdragen").at(0).as_object();
  EXPECT_EQ(part.at("stream").as_string(), two().text());
  EXPECT_EQ(part.at("soort"), "uitstroom");
  EXPECT_EQ(part.at("waarde"), "1");
  EXPECT_EQ(trail(), (Rows{two().text() + " verklaren gelukt a1"}));
}

TEST_F(FiguresTest, AnExplanationInProtobufIsOneMessage) {
  const auto answered = ask({.target = "/v1/cijfers/trajecten/verklaring?op=2021-03-01",
                             .headers = {{"Accept", "application/x-protobuf"}}});
  api::Verklaring says;
  ASSERT_TRUE(says.ParseFromString(answered.body));
  EXPECT_EQ(says.cijfers().rijen(0).waarde(), "2");
  EXPECT_EQ(says.bijdragen_size(), 2);
}

TEST_F(FiguresTest, NothingBehindAFigureIsAnEmptyList) {
  const auto says = get("/v1/cijfers/trajecten/verklaring?op=2020-03-01").json();
  EXPECT_TRUE(says.at("bijdragen").as_array().empty());
}

TEST_F(FiguresTest, DifferencesAreTheEventsInBetween) {
  const std::string target =
      "/v1/cijfers/trajecten/verschillen?op=2021-03-31&positie=" + std::to_string(last() - 3);
  const auto says = get(target).json();
  EXPECT_EQ(rows_of(says.at("eerst").as_object()), (Rows{"2"}));
  EXPECT_EQ(rows_of(says.at("daarna").as_object()), (Rows{"1"}));
  ASSERT_EQ(says.at("bijdragen").as_array().size(), 1U);
  EXPECT_EQ(says.at("bijdragen").at(0).at("waarde"), "-1");
  EXPECT_EQ(get("/v1/cijfers/trajecten/verschillen?enPositie=1").status(), 400U);
}

TEST_F(FiguresTest, WhoVerzuimtIsNotForWhoMayOnlyExplain) {
  const std::string target = "/v1/cijfers/verzuimgevallen/verklaring?op=2021-03-01";
  EXPECT_EQ(get(target, "auditor").status(), 200U);
  EXPECT_EQ(get(target, "controller").status(), 403U);
  EXPECT_EQ(
      get("/v1/cijfers/verzuimpercentage/verklaring?van=2021-01-01&tm=2021-03-31", "controller")
          .status(),
      403U);
  EXPECT_EQ(get("/v1/cijfers/verzuimgevallen?op=2021-03-01", "controller").status(), 200U);
}

TEST_F(FiguresTest, KeysAreForWhoMayReadEveryDossierAndOnlyWhenAsked) {
  for (const std::string target : {"/v1/cijfers/trajecten/verklaring?op=2021-03-31",
                                   "/v1/cijfers/trajecten/verschillen?op=2021-03-31&positie=1"}) {
    EXPECT_EQ(get(target + "&sleutels=true", "controller").status(), 403U) << target;
    EXPECT_EQ(get(target, "controller").status(), 200U) << target;
    EXPECT_EQ(get(target).body.find("\"naam\""), std::string::npos) << target;
    EXPECT_NE(get(target + "&sleutels=true").body.find("\"naam\""), std::string::npos) << target;
  }
}

TEST_F(FiguresTest, AKlantmanagerGetsTheResidentsOfTheOwnGemeente) {
  const auto says = get("/v1/cijfers/trajecten/bewoners?op=2021-03-01", "klantmanager").json();
  ASSERT_EQ(says.at("bewoners").as_array().size(), 1U);
  EXPECT_EQ(says.at("bewoners").at(0).at("stream").as_string(), one().text());
  EXPECT_EQ(trail(), (Rows{one().text() + " verklaren gelukt k1"}));
  EXPECT_EQ(get("/v1/cijfers/trajecten/bewoners?op=2021-03-01", "gemeente").status(), 403U);
}

TEST_F(FiguresTest, WhoWaitsForAPositionGetsItOrIsToldThatItIsNotThere) {
  const std::string target = "/v1/cijfers/trajecten?op=2021-03-01&wachtOp=";
  EXPECT_EQ(get(target + std::to_string(last())).status(), 200U);
  const auto late = get(target + std::to_string(last() + 1));
  EXPECT_EQ(late.status(), 503U);
  EXPECT_EQ(late.header("Retry-After"), "1");
}

TEST_F(FiguresTest, TheCatalogueNamesMeasuresAndCodes) {
  const auto maten = get("/v1/maten", "gemeente").json().at("maten").as_array();
  EXPECT_GT(maten.size(), 40U);
  const auto codes = get("/v1/codelijsten", "werkcoach").json();
  EXPECT_EQ(boost::json::serialize(codes.at("gemeenten")), R"(["Beverwijk","Velsen"])");
  EXPECT_EQ(boost::json::serialize(codes.at("afdelingen")), R"(["Groen"])");
}

}  // namespace
}  // namespace trede::test
