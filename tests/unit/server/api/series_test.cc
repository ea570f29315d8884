// A figure month by month is what asking for each month gives.
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

namespace json = boost::json;

class SeriesTest : public ApiFixture {
 protected:
  json::array points(const std::string& query, const std::string& as = "auditor") {
    const auto answered = get("/v1/cijfers/" + query, as);
    EXPECT_EQ(answered.status(), 200U) << answered.body;
    return answered.json().at("cijfers").as_array();
  }
};

TEST_F(SeriesTest, OfAStandHasTheEndsOfTheMonthsBeforeTheDay) {
  const json::array series = points("trajecten/reeks?op=2021-03-15&maanden=3&per=trede");
  ASSERT_EQ(series.size(), 3U);
  const char* days[] = {"2021-01-31", "2021-02-28", "2021-03-15"};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto alone = get(std::string("/v1/cijfers/trajecten?per=trede&op=") + days[i]).json();
    EXPECT_EQ(series[i], json::value(alone)) << days[i];
  }
}

TEST_F(SeriesTest, OfAFlowHasTheMonthsAsAWholeAndThenWhatWasAsked) {
  const json::array series = points("uitstroom/reeks?van=2021-03-01&tm=2021-03-27&maanden=2");
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(series[0].at("van"), "2021-02-01");
  EXPECT_EQ(series[0].at("tm"), "2021-02-28");
  EXPECT_EQ(series[1].at("tm"), "2021-03-27");
  EXPECT_EQ(series[1].at("rijen").at(0).at("waarde"), "1");
}

TEST_F(SeriesTest, IsNarrowedAndCheckedAsAnyFigure) {
  const json::array own =
      points("trajecten/reeks?op=2021-03-15&maanden=1&per=gemeente", "gemeente");
  EXPECT_EQ(json::serialize(own).find("Beverwijk"), std::string::npos);
  EXPECT_EQ(
      get("/v1/cijfers/trajecten/reeks?op=2021-03-15&waar=gemeente=Beverwijk", "gemeente").status(),
      403U);
  for (const char* wrong : {"maanden=0", "maanden=61"}) {
    EXPECT_EQ(get(std::string("/v1/cijfers/trajecten/reeks?op=2021-03-15&") + wrong).status(), 400U)
        << wrong;
  }
  EXPECT_EQ(get("/v1/cijfers/uitstroom/reeks?van=2021-02-15&tm=2021-03-15").status(), 400U);
  EXPECT_EQ(get("/v1/cijfers/nergens/reeks?op=2021-03-15").status(), 404U);
}

TEST_F(SeriesTest, IsNotCountedAgainForWhoHasIt) {
  const std::string target = "/v1/cijfers/trajecten/reeks?op=2021-03-15&maanden=";
  const std::string tag = get(target + "3").header("ETag");
  EXPECT_EQ(ask({.target = target + "3", .headers = {{"If-None-Match", tag}}}).status(), 304U);
  EXPECT_EQ(ask({.target = target + "4", .headers = {{"If-None-Match", tag}}}).status(), 200U);
}

}  // namespace
}  // namespace trede::test
