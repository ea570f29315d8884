// What could be recorded in a dossier: told before anybody tries.
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

namespace json = boost::json;

class PossibilitiesTest : public ApiFixture {
 protected:
  // By their codes.
  std::map<std::string, json::object> kinds_of(const StreamId& stream, const std::string& as,
                                               const std::string& more = "") {
    const auto answered = get(path_of(stream) + "/mogelijkheden" + more, as);
    EXPECT_EQ(answered.status(), 200U) << answered.body;
    std::map<std::string, json::object> out;
    const json::object says = answered.json();
    for (const auto& one : says.at("soorten").as_array()) {
      out.emplace(one.at("soort").as_string(), one.as_object());
    }
    return out;
  }
  static json::value values_of(const json::object& kind, std::string_view attribute) {
    for (const auto& one : kind.at("keuzes").as_array()) {
      if (one.at("attribuut").as_string() == attribute) return one.at("waarden");
    }
    return nullptr;
  }
};

TEST_F(PossibilitiesTest, ARunningTrajectMovesAndEndsAndDoesNotBegin) {
  const auto kinds = kinds_of(one(), "werkcoach");
  EXPECT_EQ(kinds.at("trede_doorstroom").at("mogelijk"), true);
  EXPECT_EQ(values_of(kinds.at("trede_doorstroom"), "naar"),
            json::parse(R"(["nader_te_bepalen", "4", "5", "6"])"));
  EXPECT_EQ(kinds.at("uitstroom").at("mogelijk"), true);
  EXPECT_EQ(kinds.at("voorziening_start").at("mogelijk"), true);
  const auto& start = kinds.at("traject_start");
  EXPECT_EQ(start.at("mogelijk"), false);
  EXPECT_FALSE(start.at("regel").as_string().empty());
  EXPECT_TRUE(start.at("melding").as_string().ends_with(".")) << start;
  EXPECT_EQ(kinds.at("voorziening_einde").at("mogelijk"), false);
  EXPECT_FALSE(kinds.contains("ziekmelding"));  // not for a werkcoach to record
  EXPECT_FALSE(kinds.contains("boeking"));
}

TEST_F(PossibilitiesTest, WhatRunsCanBeEndedAndSomethingNewGetsANumberOfItsOwn) {
  record({event(one(), event_id(90), "2021-03-01", "voorziening_start",
                {{"voorziening", "training"}})});
  const auto kinds = kinds_of(one(), "werkcoach");
  EXPECT_EQ(values_of(kinds.at("voorziening_einde"), "kenmerk"), json::parse(R"(["1"])"));
  EXPECT_EQ(values_of(kinds.at("voorziening_start"), "kenmerk"), json::parse(R"(["2"])"));
}

TEST_F(PossibilitiesTest, AreThoseOfTheDay) {
  const auto kinds = kinds_of(one(), "werkcoach", "?op=2030-01-01");
  for (const auto& [code, kind] : kinds) EXPECT_EQ(kind.at("mogelijk"), false) << code;
}

TEST_F(PossibilitiesTest, ANewDossierBeginsWithWhatMayBeFirst) {
  const StreamId fresh{StreamKind::kDossier, *parse_uuid("99999999-1111-4111-8111-111111111111")};
  const auto kinds = kinds_of(fresh, "intaker");
  EXPECT_EQ(kinds.at("aanmelding").at("mogelijk"), true);
  EXPECT_EQ(values_of(kinds.at("aanmelding"), "gemeente"), json::parse(R"(["Velsen"])"));
  EXPECT_EQ(kinds.at("intake").at("mogelijk"), false);
  EXPECT_EQ(trail(), std::vector<std::string>{});  // nobody's dossier was looked at
}

TEST_F(PossibilitiesTest, OfAnotherAreNotTold) {
  EXPECT_EQ(get(path_of(two()) + "/mogelijkheden", "werkcoach").status(), 403U);
  EXPECT_EQ(get(path_of(one()) + "/mogelijkheden", "auditor").status(), 403U);
}

// Why not is no way to learn who is ill.
TEST_F(PossibilitiesTest, NeverNameVerzuimToWhoMayNotSeeIt) {
  for (const StreamId& stream : {one(), three()}) {
    const auto answered = get(path_of(stream) + "/mogelijkheden", "intaker");
    EXPECT_EQ(answered.status(), 200U);
    EXPECT_EQ(answered.body.find("ziek"), std::string::npos) << answered.body;
    EXPECT_EQ(answered.body.find("verzuim"), std::string::npos) << answered.body;
  }
}

}  // namespace
}  // namespace trede::test
