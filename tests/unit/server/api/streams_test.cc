// What programs ask that know streams by their KEYs: consulting one, recording rows, the stored
// bytes of the log.
#include "engine/event/bytes_text.h"
#include "tests/unit/server/api/api_fixture.h"
#include "tools/trede/rows/event_json.h"
#include "tools/trede/text.h"

namespace trede::test {
namespace {

using Lines = std::vector<std::string>;

class StreamsTest : public ApiFixture {
 protected:
  StreamsTest() {
    const std::vector<KeyEntry> keys = {{one(), "K1"}, {two(), "K2"}, {three(), "K3"}};
    if (!folder_->keys().assign(keys)) throw std::runtime_error("no keys");
  }

  using Fields = std::vector<std::pair<std::string, std::string>>;
  Answered consult(const std::string& name, const std::string& as, const std::string& query = "") {
    return ask({"POST", "/v1/raadplegingen" + query, as, R"({"naam":")" + name + R"("})"});
  }
  // The kinds of the events in the answer.
  static Lines kinds_in(const Answered& answered) {
    Lines out;
    const auto says = answered.json();
    for (const auto& text : says.at("opgeslagen").as_array()) {
      const auto event = decode_event(*parse_base64(std::string(text.as_string())));
      if (event) out.push_back(kind_of(event->body().soort_case()).code);
    }
    return out;
  }

  using Cells = std::vector<std::pair<std::string, std::string>>;
  static std::string rows(const std::vector<Cells>& all) {
    boost::json::array out;
    for (const Cells& cells : all) {
      boost::json::array row;
      for (const auto& [name, text] : cells) row.push_back({{"naam", name}, {"tekst", text}});
      out.push_back(boost::json::object{{"cellen", std::move(row)}});
    }
    return boost::json::serialize(boost::json::object{{"rijen", std::move(out)}});
  }
  Answered send(const std::vector<Cells>& all, const std::string& query = "", Fields headers = {},
                const std::string& as = "intaker") {
    return ask({"POST", "/v1/invoerrijen" + query, as, rows(all), std::move(headers)});
  }
  static Cells enrolment(const std::string& stream, const std::string& gemeente = "Velsen") {
    return {{"stream", stream},
            {"soort", "aanmelding"},
            {"geldig_op", "2021-04-01"},
            {"gemeente", gemeente},
            {"regeling", "participatiewet"}};
  }
  static Cells contact(const std::string& stream) {
    return {{"stream", stream},
            {"soort", "contactmoment"},
            {"geldig_op", "2021-04-01"},
            {"contact", "gesprek"}};
  }
  bool has_key(const std::string& key) {
    const auto found = folder_->keys().find_stream(StreamKind::kDossier, key);
    return found && found->has_value();
  }
  static std::string text(const boost::json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
  }
};

TEST_F(StreamsTest, ADossierIsConsultedByItsKey) {
  const auto answered = consult("dossier/K1", "werkcoach");
  ASSERT_EQ(answered.status(), 200U) << answered.body;
  EXPECT_EQ(text(answered.json(), "stream"), one().text());
  EXPECT_EQ(answered.json().at("versie"), 4);
  EXPECT_EQ(kinds_in(answered),
            (Lines{"aanmelding", "werkcoach_toegewezen", "intake", "traject_start"}));
  EXPECT_EQ(trail(), Lines{one().text() + " tonen gelukt w1"});
  EXPECT_EQ(kinds_in(consult("dossier/K1", "werkcoach", "?positie=5")).size(), 2U);
}

TEST_F(StreamsTest, ADossierOfOthersIsAnsweredAsOneThatIsNotThere) {
  const auto others = consult("dossier/K2", "werkcoach");
  const auto nobody = consult("dossier/K9", "werkcoach");
  EXPECT_EQ(others.status(), 404U);
  EXPECT_EQ(others.body, nobody.body);
  EXPECT_EQ(trail().front(), two().text() + " tonen geweigerd w1");
  EXPECT_EQ(consult("dossier/K1", "controller").status(), 403U);
  EXPECT_EQ(consult("K1", "werkcoach").status(), 400U);
}

TEST_F(StreamsTest, VerzuimIsLeftOutForWhoMayNotSeeIt) {
  EXPECT_EQ(kinds_in(consult("dossier/K3", "intaker")), Lines{"dienstverband_start"});
  EXPECT_EQ(kinds_in(consult("dossier/K3", "auditor")).size(), 2U);
  EXPECT_EQ(kinds_in(consult("dossier/K3", "verzuimadviseur")).size(), 2U);
}

TEST_F(StreamsTest, WhatIsNoDossierIsForWhoMayReadTheWholeLog) {
  EXPECT_EQ(kinds_in(consult("organisatie", "auditor")).size(), 3U);
  EXPECT_EQ(consult("werkgever/W1", "auditor").status(), 404U);
  for (const char* name : {"organisatie", "werkgever/W1"}) {
    EXPECT_EQ(consult(name, "werkcoach").status(), 403U) << name;
  }
}

TEST_F(StreamsTest, ARowOfANewKeyMakesADossierOfThatName) {
  const auto answered =
      send({enrolment("dossier/K9"), contact("dossier/K1"), contact("dossier/K9")});
  ASSERT_EQ(answered.status(), 201U) << answered.body;
  const auto events = answered.json().at("gebeurtenissen").as_array();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[1].at("naam"), "dossier/K9");
  EXPECT_EQ(events[1].at("versie"), 2);
  EXPECT_EQ(events[2].at("naam"), "dossier/K1");
  EXPECT_EQ(events[2].at("actor"), "i1");
  EXPECT_TRUE(has_key("K9"));
  EXPECT_EQ(consult("dossier/K9", "intaker").status(), 200U);
}

TEST_F(StreamsTest, WhatIsRefusedOrTriedGetsNoKey) {
  const auto before = last();
  EXPECT_EQ(send({contact("dossier/K9")}).status(), 403U);
  const Cells sick = {
      {"stream", "dossier/K9"}, {"soort", "ziekmelding"}, {"geldig_op", "2021-04-01"}};
  EXPECT_EQ(send({sick}, "", {}, "verzuimadviseur").status(), 409U);
  EXPECT_EQ(send({enrolment("dossier/K9", "Beverwijk")}).status(), 403U);
  const auto tried = send({enrolment("dossier/K9")}, "?proef=true");
  EXPECT_EQ(tried.status(), 200U) << tried.body;
  EXPECT_FALSE(has_key("K9"));
  EXPECT_EQ(last(), before);
}

TEST_F(StreamsTest, TheSameRowsUnderOneKeyAreRecordedOnce) {
  const Fields key = {{"Idempotency-Key", "rij-1"}};
  EXPECT_EQ(send({enrolment("dossier/K9")}, "", key).status(), 201U);
  const auto before = last();
  const auto again = send({enrolment("dossier/K9")}, "", key);
  EXPECT_EQ(again.status(), 200U) << again.body;
  EXPECT_EQ(again.json().at("wasErAl"), true);
  EXPECT_EQ(last(), before);
  EXPECT_EQ(send({contact("dossier/K9")}, "", key).status(), 409U);
}

TEST_F(StreamsTest, ARowThatIsWrongIsNamedWithItsColumn) {
  auto wrong = enrolment("dossier/K9");
  wrong[3].second = "";
  const auto place = [](const Answered& answered) {
    return text(answered.json().at("fouten").at(0).as_object(), "plaats");
  };
  EXPECT_EQ(place(send({contact("dossier/K1"), wrong})), "rijen[1].gemeente");
  EXPECT_EQ(place(send({{{"stream", "dossier/K1"}}})), "rijen[0].soort");
  auto signed_by = contact("dossier/K1");
  signed_by.emplace_back("actor", "w2");
  EXPECT_EQ(place(send({signed_by})), "rijen[0].actor");
  const auto refused =
      send({contact("dossier/K1"), enrolment("dossier/K9"), enrolment("dossier/K1")});
  EXPECT_EQ(refused.status(), 409U);
  EXPECT_EQ(refused.json().at("gebeurtenis"), 3);
  EXPECT_EQ(send({}).status(), 400U);
}

TEST_F(StreamsTest, RowsAreForWhoReachesTheirDossier) {
  EXPECT_EQ(send({contact("dossier/K2")}).status(), 403U);
  EXPECT_EQ(send({contact("dossier/K1")}, "", {}, "auditor").status(), 403U);
  EXPECT_EQ(send({contact("dossier/K1")}, "", {}, "werkcoach").status(), 201U);
}

TEST_F(StreamsTest, TheStoredBytesComeAsTheLinesOfAnExport) {
  const auto answered = get("/v1/gebeurtenissen?opgeslagen=true");
  std::string expected;
  const auto add = [&](Position, std::string_view stored) -> Status {
    const auto event = decode_any(stored);
    if (!event) return std::unexpected(event.error());
    const auto key = folder_->keys().find_key(stream_of(*event));
    expected += tool::event_json_line(stored, *event, key->value_or(""));
    return {};
  };
  ASSERT_TRUE(folder_->log().scan(Position{1}, Position{last()}, add));
  EXPECT_EQ(answered.body, expected);
  EXPECT_NE(expected.find(R"("key":"K1")"), std::string::npos);
}

TEST_F(StreamsTest, TheStoredBytesAreForWhoMayReadEverything) {
  using enum server::Permission;
  auto& auditor = identities_["auditor"];
  auditor.is_token = true;
  for (const std::vector<server::Permission>& scope :
       {std::vector{kLogVolgen, kDossierLezen}, std::vector{kLogVolgen, kVerzuimLezen}}) {
    auditor.scope = scope;
    EXPECT_EQ(get("/v1/gebeurtenissen?opgeslagen=true").status(), 403U);
    EXPECT_EQ(get("/v1/gebeurtenissen").status(), 200U);
  }
}

TEST_F(StreamsTest, AReportSaysWhenItIsKnownAndWhoseEventsDifferOnlyToWhoMayKnow) {
  const std::string quarter = "/v1/rapporten/kwartaal?van=2021-01-01&tm=2021-03-31";
  EXPECT_EQ(ask({.target = quarter, .headers = {{"Accept", "text/csv"}}}).header("Trede-Bekend-Op"),
            format_moment(clock_.now() - std::chrono::minutes{1}));
  const std::string differs =
      "/v1/rapporten/kwartaal/verschillen?van=2021-01-01&tm=2021-03-31&positie=4";
  EXPECT_NE(get(differs + "&sleutels=true").body.find("dossier/K1"), std::string::npos);
  EXPECT_EQ(get(differs).body.find("dossier/K1"), std::string::npos);
  EXPECT_EQ(get(differs + "&sleutels=true", "controller").status(), 403U);
  record({event(kOrganisatie, event_id(60), "2021-04-01", "toelichting_vastgelegd",
                {{"rapport", "kwartaal"},
                 {"periode", "2021-Q1"},
                 {"rij", "geen/rij"},
                 {"tekst", "Een zin."}})});
  EXPECT_EQ(get(quarter).header("Trede-Let-Op"), "geen/rij");
}

}  // namespace
}  // namespace trede::test
