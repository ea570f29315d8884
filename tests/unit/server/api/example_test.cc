// The example organisation, loaded over the API.
#include "tests/unit/server/api/api_fixture.h"
#include "tests/unit/server/api/schema_check.h"

namespace trede::test {
namespace {

namespace json = boost::json;

class ExampleTest : public ApiFixture {
 protected:
  ExampleTest() : ApiFixture(Begin::kEmptyLog) {}
  Answered load(const std::string& as = "beheerder") {
    return ask({.method = "POST", .target = "/v1/voorbeelden", .as = as});
  }
};

TEST_F(ExampleTest, FillsAnEmptyLogUntilYesterday) {
  const auto answered = load();
  ASSERT_EQ(answered.status(), 201U) << answered.body;
  const auto says = answered.json();
  EXPECT_EQ(says.at("positie").as_string(), std::to_string(last()));
  EXPECT_EQ(says.at("gebeurtenissen"), says.at("positie"));
  EXPECT_EQ(find_misfit(says, {{"$ref", "#/components/schemas/Ingelezen"}},
                        json::parse(server::openapi_document({})).as_object()),
            "");
  EXPECT_GT(last(), 10'000U);
  const auto figure = get("/v1/cijfers/trajecten?op=2021-04-11").json();
  EXPECT_NE(json::serialize(figure).find("\"waarde\""), std::string::npos);
  const auto caseload = get("/v1/caseload?gemeente=Velsen").json();
  EXPECT_GT(caseload.at("dossiers").as_array().size(), 10U);
}

TEST_F(ExampleTest, IsNotedAndIsNotLoadedOverAnything) {
  const auto first = load();
  const std::uint64_t before = last();
  EXPECT_EQ(trail(), std::vector<std::string>{"log simuleren gelukt b1"});
  const auto again = load();
  EXPECT_EQ(again.status(), 409U);
  EXPECT_EQ(again.json().at("regel"), "niet_leeg");
  EXPECT_EQ(last(), before);
}

TEST_F(ExampleTest, IsForWhoMayImport) {
  for (const char* as : {"auditor", "controller", "werkcoach", "gemeente"}) {
    EXPECT_EQ(load(as).status(), 403U) << as;
  }
  EXPECT_EQ(last(), 0U);
}

TEST_F(ExampleTest, WhatIsRecordedAfterItStandsOnIt) {
  ASSERT_EQ(load().status(), 201U);
  const auto recorded =
      ask({.method = "POST",
           .target = "/v1/organisatie/gebeurtenissen",
           .as = "beheerder",
           .body = R"({"gebeurtenissen":[{"soort":"afdeling_ingesteld","geldigOp":"2021-04-01",
                       "attributen":{"afdeling":"Post"}}]})"});
  EXPECT_EQ(recorded.status(), 201U) << recorded.body;
}

}  // namespace
}  // namespace trede::test
