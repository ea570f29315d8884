// Figures beside each other are what each of them is alone, all of one moment.
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

namespace json = boost::json;

class FiguresTogetherTest : public ApiFixture {
 protected:
  Answered together(const std::string& body, const std::string& as = "auditor",
                    const std::string& query = "") {
    return ask({"POST", "/v1/cijfervragen" + query, as, body});
  }
  json::array answers(const std::string& questions, const std::string& as = "auditor",
                      const std::string& query = "") {
    const auto answered = together(R"({"vragen":[)" + questions + "]}", as, query);
    EXPECT_EQ(answered.status(), 200U) << answered.body;
    return answered.json().at("antwoorden").as_array();
  }
  json::value alone(const std::string& path, const std::string& as = "auditor") {
    return get(path, as).json();
  }
};

const std::string kStanding =
    R"({"maat":"trajecten","op":"2021-03-15","per":["gemeente","trede"]})";
const std::string kFlow =
    R"({"maat":"uitstroom","van":"2021-03-01","tm":"2021-03-27","waar":["gemeente=Beverwijk"]})";
const std::string kMonths = R"({"maat":"trajecten","op":"2021-03-15","per":["trede"],"maanden":3})";

TEST_F(FiguresTogetherTest, AreWhatEachIsAlone) {
  const json::array all = answers(kStanding + "," + kFlow + "," + kMonths);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].at("cijfers"), alone("/v1/cijfers/trajecten?op=2021-03-15&per=gemeente,trede"));
  EXPECT_EQ(all[1].at("cijfers"), alone("/v1/cijfers/uitstroom?van=2021-03-01&tm=2021-03-27"
                                        "&waar=gemeente=Beverwijk"));
  EXPECT_EQ(all[2].at("reeks"),
            alone("/v1/cijfers/trajecten/reeks?op=2021-03-15&per=trede&maanden=3"));
}

TEST_F(FiguresTogetherTest, AreOfOneMoment) {
  const std::uint64_t before = last();
  const json::value then = answers(kStanding)[0];
  record({event(one(), event_id(90), "2021-03-01", "uitstroom", {{"reden", "werkaanvaarding"}})});
  const json::value now = answers(kStanding)[0];
  EXPECT_NE(now, then);
  const auto said = together(R"({"vragen":[)" + kStanding + R"(],"doelen":true})", "auditor",
                             "?positie=" + std::to_string(before));
  EXPECT_EQ(said.json().at("positie"), json::value(std::to_string(before)));
  EXPECT_EQ(said.header("Trede-Positie"), std::to_string(before));
  EXPECT_EQ(said.json().at("doelen").at("positie"), json::value(std::to_string(before)));
  EXPECT_EQ(said.json().at("antwoorden").at(0).at("cijfers").at("rijen"),
            then.at("cijfers").at("rijen"));
}

TEST_F(FiguresTogetherTest, HaveTheTargetsOfWhoAsksBesideThem) {
  record({event(kOrganisatie, event_id(91), "2021-01-01", "taakstelling_vastgesteld",
                {{"maat", "dienstverbanden"},
                 {"periode", "2021"},
                 {"waarde", "23"},
                 {"waar", "dienstverband=beschut_werk;gemeente=Beverwijk"}})});
  EXPECT_EQ(together(R"({"vragen":[)" + kStanding + "]}").json().if_contains("doelen"), nullptr);
  for (const char* who : {"auditor", "gemeente"}) {
    const json::object said =
        together(R"({"vragen":[)" + kFlow + R"(],"doelen":true})", who).json();
    EXPECT_EQ(said.at("doelen"), alone("/v1/doelen", who)) << who;
  }
}

// What lies beyond the reach of who asks, and what does not exist, spoils nothing of the others.
TEST_F(FiguresTogetherTest, ThatAreNotForWhoAsksAreSaidInTheirPlace) {
  const json::array all =
      answers(kStanding + "," + kFlow + R"(,{"maat":"nergens","op":"2021-03-15"})", "gemeente");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].at("cijfers"),
            alone("/v1/cijfers/trajecten?op=2021-03-15&per=gemeente,trede", "gemeente"));
  EXPECT_EQ(json::serialize(all[0]).find("Beverwijk"), std::string::npos);
  EXPECT_EQ(all[1].as_object().if_contains("cijfers"), nullptr);
  EXPECT_EQ(all[1].at("probleem").at("status").to_number<int>(), 403);
  EXPECT_EQ(all[2].at("probleem").at("status").to_number<int>(), 404);
  const std::string totals = R"({"maat":"trajecten","op":"2021-03-15","totaal":true})";
  EXPECT_EQ(answers(totals, "gemeente")[0].at("probleem").at("status").to_number<int>(), 403);
}

TEST_F(FiguresTogetherTest, ThatCannotBeUnderstoodAreRefusedAsAWhole) {
  for (const std::string wrong :
       {R"({"maat":"trajecten","op":"gisteren"})", R"({"maat":"uitstroom","op":"2021-03-15"})",
        R"({"maat":"trajecten","op":"2021-03-15","per":["nergens"]})",
        R"({"maat":"trajecten","op":"2021-03-15","waar":["trede"]})",
        R"({"maat":"trajecten","op":"2021-03-15","maanden":0})",
        R"({"maat":"trajecten","op":"2021-03-15","maanden":61})",
        R"({"maat":"trajecten","op":"2021-03-15","bekendOp":"2021-03-15T00:00:00Z"})",
        R"({"op":"2021-03-15"})"}) {
    const auto refused = together(R"({"vragen":[)" + kStanding + "," + wrong + "]}");
    EXPECT_EQ(refused.status(), 400U) << wrong;
    EXPECT_NE(refused.body.find("vragen[1]"), std::string::npos) << refused.body;
  }
  std::string many = kStanding;
  for (int i = 0; i < 50; ++i) many += "," + kStanding;
  EXPECT_EQ(together(R"({"vragen":[)" + many + "]}").status(), 400U);
}

}  // namespace
}  // namespace trede::test
