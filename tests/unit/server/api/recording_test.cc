// Recording over the API: what is accepted, what is refused and why, and who may.
#include "proto/api.pb.h"
#include "tests/unit/server/api/api_fixture.h"
#include "tools/server/api/proposal.h"

namespace trede::test {
namespace {

using Lines = std::vector<std::string>;

class RecordingTest : public ApiFixture {
 protected:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  static std::string contact(const std::string& more = "") {
    return R"({"gebeurtenissen":[{"soort":"contactmoment","geldigOp":"2021-04-01",)" + more +
           R"("attributen":{"contact":"gesprek"}}]})";
  }
  Answered post(const std::string& target, const std::string& body, const std::string& as,
                Fields headers = {}) {
    return ask({"POST", target, as, body, std::move(headers)});
  }
  Answered to_dossier(const std::string& body, Fields headers = {},
                      const std::string& as = "werkcoach") {
    return post(path_of(one()) + "/gebeurtenissen", body, as, std::move(headers));
  }
  static std::string text(const boost::json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
  }
};

TEST_F(RecordingTest, AnEventIsRecordedUnderTheNameOfWhoSentIt) {
  const auto before = last();
  const auto answered = to_dossier(contact());
  ASSERT_EQ(answered.status(), 201U) << answered.body;
  const auto says = answered.json();
  EXPECT_EQ(text(says, "eerstePositie"), std::to_string(before + 1));
  EXPECT_EQ(says.at("wasErAl"), false);
  EXPECT_EQ(answered.header("ETag"), "\"5\"");
  EXPECT_EQ(answered.header("Trede-Positie"), std::to_string(before + 1));
  const auto& event = says.at("gebeurtenissen").at(0).as_object();
  EXPECT_EQ(event.at("actor"), "w1");
  EXPECT_EQ(event.at("versie"), 5);
  EXPECT_EQ(event.at("attributen").at("contact"), "gesprek");
  EXPECT_EQ(trail(), Lines{one().text() + " vastleggen gelukt w1"});
}

TEST_F(RecordingTest, ARefusalDoesNotNameWhatItsReaderMayNotSee) {
  identities_["werkcoach"].gemeenten = {"Beverwijk", "Velsen"};
  record(
      {event(three(), event_id(90), "2020-01-02", "werkcoach_toegewezen", {{"werkcoach", "w1"}})});
  const std::string ends = R"({"gebeurtenissen":[{"soort":"dienstverband_einde",
      "geldigOp":"2021-01-15","attributen":{"reden":"eigen_verzoek"}}]})";
  const std::string where = path_of(three()) + "/gebeurtenissen?proef=true";
  const auto refused = post(where, ends, "werkcoach");
  ASSERT_EQ(refused.status(), 409U) << refused.body;
  EXPECT_EQ(text(refused.json(), "regel"), "past_niet");
  EXPECT_FALSE(refused.json().contains("botstMet"));
  for (const char* word : {"ziek", "2021-02-01", "01-02-2021"}) {
    EXPECT_EQ(refused.body.find(word), std::string::npos) << refused.body;
  }
  identities_["werkcoach"].roles = {server::Role::kWerkcoach, server::Role::kVerzuimadviseur};
  const auto known = post(where, ends, "werkcoach");
  EXPECT_EQ(known.status(), 409U);
  EXPECT_NE(known.body.find("iekmelding van 01-02-2021"), std::string::npos) << known.body;
  EXPECT_TRUE(known.json().contains("botstMet"));
}

TEST_F(RecordingTest, ADossierOfWhichAllWasWithdrawnIsNotThereToBeTaken) {
  const StreamId stream = dossier(9);
  record({event(stream, event_id(91), "2021-03-01", "aanmelding",
                {{"gemeente", "Beverwijk"}, {"regeling", "participatiewet"}})});
  record({intrekking(stream, event_id(92), event_id(91))});
  const std::string anew = R"({"gebeurtenissen":[{"soort":"aanmelding","geldigOp":"2021-03-02",
      "attributen":{"gemeente":"Velsen","regeling":"participatiewet"}}]})";
  const auto refused = post(path_of(stream) + "/gebeurtenissen", anew, "intaker");
  EXPECT_EQ(refused.status(), 403U) << refused.body;
}

TEST_F(RecordingTest, WhoMayIsAskedOfTheDossierAsItIsAndNotAsItWasKept) {
  identities_["other"] = identities_["werkcoach"];
  identities_["other"].actor = "w9";
  identities_["other"].werkcoaches = {"w9"};
  ASSERT_EQ(to_dossier(contact()).status(), 201U);  // version 5 is kept
  EXPECT_EQ(to_dossier(contact(), {}, "other").status(), 403U);
  record({event(one(), event_id(93), "2021-03-01", "werkcoach_toegewezen", {{"werkcoach", "w9"}})});
  EXPECT_EQ(to_dossier(contact()).status(), 403U);
  EXPECT_EQ(to_dossier(contact(), {}, "other").status(), 201U);
  record({event(one(), event_id(94), "2021-03-02", "werkcoach_toegewezen", {{"werkcoach", "w1"}})});
  EXPECT_EQ(to_dossier(contact(), {{"If-Match", "\"8\""}}, "other").status(), 403U);
  EXPECT_EQ(to_dossier(contact(), {{"If-Match", "\"7\""}}).status(), 412U);
  EXPECT_EQ(to_dossier(contact(), {{"If-Match", "\"8\""}}).status(), 201U);
}

TEST_F(RecordingTest, TheVersionMustBeTheOneThatIsExpected) {
  EXPECT_EQ(to_dossier(contact(), {{"If-Match", "\"4\""}}).status(), 201U);
  const auto late = to_dossier(contact(), {{"If-Match", "\"4\""}});
  EXPECT_EQ(late.status(), 412U);
  EXPECT_EQ(late.problem(), "versie-verouderd");
  EXPECT_EQ(late.json().at("versie"), 5);
  EXPECT_EQ(late.header("ETag"), "\"5\"");
  EXPECT_EQ(to_dossier(contact(), {{"If-None-Match", "*"}}).status(), 412U);
  for (const char* wrong : {"5", "\"x\"", "*", "\"\"", "W/\"5\""}) {
    EXPECT_EQ(to_dossier(contact(), {{"If-Match", wrong}}).status(), 400U) << wrong;
  }
  EXPECT_EQ(to_dossier(contact(), {{"If-None-Match", "\"5\""}}).status(), 400U);
}

TEST_F(RecordingTest, TheTagOfADossierThatWasReadIsItsVersion) {
  const std::string etag = get(path_of(one()), "werkcoach").header("ETag");
  EXPECT_EQ(to_dossier(contact(), {{"If-Match", etag}}).status(), 201U);
  EXPECT_EQ(to_dossier(contact(), {{"If-Match", etag}}).status(), 412U);
}

TEST_F(RecordingTest, TheSameKeyRecordsOnceAlsoWithTheVersionOfThen) {
  const Fields headers = {{"Idempotency-Key", "k-1"}, {"If-Match", "\"4\""}};
  const auto first = to_dossier(contact(), headers);
  const auto again = to_dossier(contact(), headers);
  EXPECT_EQ(first.status(), 201U);
  EXPECT_EQ(again.status(), 200U) << again.body;
  EXPECT_EQ(again.json().at("wasErAl"), true);
  EXPECT_EQ(again.json().at("eerstePositie"), first.json().at("eerstePositie"));
  const auto other = to_dossier(contact(R"("naAfsluiting":"overig",)"), headers);
  EXPECT_EQ(other.status(), 409U);
  EXPECT_EQ(other.problem(), "andere-inhoud");
  EXPECT_EQ(to_dossier(contact(), {{"Idempotency-Key", "a b"}}).status(), 400U);
  EXPECT_EQ(to_dossier(contact(), {{"Idempotency-Key", std::string(129, 'k')}}).status(), 400U);
}

TEST_F(RecordingTest, TheSameKeyWithTheFirstOfItsEventsAloneIsAnother) {
  const std::string one_event =
      R"({"soort":"contactmoment","geldigOp":"2021-04-01","attributen":{"contact":"gesprek"}})";
  const auto sent = [](const std::string& events) {
    return R"({"gebeurtenissen":[)" + events + "]}";
  };
  const Fields key = {{"Idempotency-Key", "k-2"}};
  ASSERT_EQ(to_dossier(sent(one_event + "," + one_event), key).status(), 201U);
  const auto before = last();
  for (const std::string& other : {one_event, one_event + "," + one_event + "," + one_event}) {
    const auto answered = to_dossier(sent(other), key);
    EXPECT_EQ(answered.status(), 409U) << answered.body;
    EXPECT_EQ(answered.problem(), "andere-inhoud");
  }
  EXPECT_EQ(to_dossier(sent(one_event + "," + one_event), key).status(), 200U);
  EXPECT_EQ(last(), before);
}

TEST_F(RecordingTest, TheSameKeyOfSomebodyElseIsAnother) {
  EXPECT_NE(server::idempotent_id("a", "k", 0), server::idempotent_id("b", "k", 0));
  EXPECT_NE(server::idempotent_id("a", "k", 0), server::idempotent_id("a", "k", 1));
  EXPECT_EQ(server::idempotent_id("a", "k", 1), server::idempotent_id("a", "k", 1));
}

TEST_F(RecordingTest, ARuleSaysWhyNotInDutchAndWithWhat) {
  const auto answered = to_dossier(
      R"({"gebeurtenissen":[{"soort":"traject_start","geldigOp":"2021-04-01",
          "attributen":{"trede":"3"}}]})");
  EXPECT_EQ(answered.status(), 409U);
  EXPECT_EQ(answered.problem(), "regel");
  const auto says = answered.json();
  EXPECT_FALSE(text(says, "regel").empty());
  EXPECT_NE(text(says, "detail").find("Traject start op 01-04-2021 kan niet"), std::string::npos);
  EXPECT_EQ(says.at("gebeurtenis"), 1);
  EXPECT_EQ(trail(), Lines{one().text() + " vastleggen geweigerd w1"});
}

TEST_F(RecordingTest, WhatIsWrongIsNamedWhereItStands) {
  const std::string begin = R"({"gebeurtenissen":[{"soort":"contactmoment","geldigOp":)";
  const std::pair<std::string, std::string> cases[] = {
      {R"({"gebeurtenissen":[{"soort":"onbekend"}]})", "gebeurtenissen[0].soort"},
      {R"({"gebeurtenissen":[{"soort":"boeking","geldigOp":"2021-04-01"}]})",
       "gebeurtenissen[0].soort"},
      {begin + R"("2021-02-30"}]})", "gebeurtenissen[0].geldigOp"},
      {R"({"gebeurtenissen":[{"soort":"contactmoment"}]})", "gebeurtenissen[0].geldigOp"},
      {begin + R"("2021-04-01"}]})", "gebeurtenissen[0].attributen.contact"},
      {begin + R"("2021-04-01","attributen":{"contact":"x"}}]})",
       "gebeurtenissen[0].attributen.contact"},
      {begin + R"("2021-04-01","attributen":{"reden":"x"}}]})",
       "gebeurtenissen[0].attributen.reden"},
      {begin + R"("2021-04-01","attributen":{"contact":""}}]})",
       "gebeurtenissen[0].attributen.contact"},
      {contact(R"("eventId":"x",)"), "gebeurtenissen[0].eventId"},
      {contact(R"("oorzaak":"x",)"), "gebeurtenissen[0].oorzaak"},
      {contact(R"("naAfsluiting":"x",)"), "gebeurtenissen[0].naAfsluiting"},
      {contact(R"("vervangt":"x",)"), "gebeurtenissen[0].vervangt"},
      {R"({"gebeurtenissen":[{"soort":"intrekking","geldigOp":"2021-04-01"}]})",
       "gebeurtenissen[0].geldigOp"},
      {R"({"gebeurtenissen":[{"soort":"correctie","geldigOp":"2021-04-01"}]})",
       "gebeurtenissen[0].vervangt"},
  };
  for (const auto& [body, place] : cases) {
    const auto answered = to_dossier(body);
    ASSERT_EQ(answered.status(), 400U) << body << answered.body;
    EXPECT_EQ(answered.json().at("fouten").at(0).at("plaats").as_string(), place) << body;
  }
}

TEST_F(RecordingTest, ABodyThatWasCodedIsRefused) {
  const auto answered = to_dossier(contact(), {{"Content-Encoding", "gzip"}});
  EXPECT_EQ(answered.status(), 415U);
  EXPECT_EQ(answered.header("Accept-Encoding"), "identity");
  EXPECT_EQ(to_dossier(contact(), {{"Content-Encoding", "identity"}}).status(), 201U);
}

TEST_F(RecordingTest, OtherContentTypesAreRefused) {
  EXPECT_EQ(to_dossier(contact(), {{"Content-Type", "text/plain"}}).status(), 415U);
  EXPECT_EQ(ask({"POST", path_of(one()) + "/gebeurtenissen", "werkcoach", ""}).status(), 415U);
}

TEST_F(RecordingTest, ProtobufRecordsTheSame) {
  api::Vastlegging message;
  auto& event = *message.add_gebeurtenissen();
  event.set_soort("contactmoment");
  event.set_geldig_op("2021-04-01");
  (*event.mutable_attributen())["contact"] = "gesprek";
  const auto answered = to_dossier(
      message.SerializeAsString(),
      {{"Content-Type", "application/x-protobuf"}, {"Accept", "application/x-protobuf"}});
  ASSERT_EQ(answered.status(), 201U);
  api::Vastgelegd says;
  ASSERT_TRUE(says.ParseFromString(answered.body));
  EXPECT_EQ(says.gebeurtenissen(0).attributen().at("contact"), "gesprek");
}

TEST_F(RecordingTest, ACorrectieAndAnIntrekkingSetRight) {
  const std::string id = event_id(20).uuid.text();
  const std::string target = path_of(two()) + "/gebeurtenissen";
  identities_["werkcoach"].gemeenten = {"Beverwijk"};
  identities_["werkcoach"].werkcoaches = {"w2"};
  const auto corrected = post(
      target,
      R"({"gebeurtenissen":[{"soort":"correctie","vervangt":")" + id + R"(","geldigOp":"2021-03-27",
      "attributen":{"reden":"verhuizing"}}]})",
      "werkcoach");
  ASSERT_EQ(corrected.status(), 201U) << corrected.body;
  EXPECT_EQ(corrected.json().at("gebeurtenissen").at(0).at("door"), "uitstroom");
  const auto withdrawn = post(target,
                              R"({"gebeurtenissen":[{"soort":"intrekking","vervangt":")" + id +
                                  R"(","attributen":{"reden":"foutief"}}]})",
                              "werkcoach");
  ASSERT_EQ(withdrawn.status(), 201U) << withdrawn.body;
  const auto unknown = post(target, R"({"gebeurtenissen":[{"soort":"correctie","vervangt":
      "99999999-9999-4999-8999-999999999999","geldigOp":"2021-03-27"}]})",
                            "werkcoach");
  EXPECT_EQ(unknown.status(), 409U);
}

TEST_F(RecordingTest, AProefSaysWhetherItMayAndRecordsNothing) {
  const auto before = last();
  const auto target = path_of(one()) + "/gebeurtenissen?proef=true";
  const auto good = post(target, contact(), "werkcoach");
  EXPECT_EQ(good.status(), 200U) << good.body;
  EXPECT_EQ(good.json().at("proef"), true);
  const auto refused = post(target, R"({"gebeurtenissen":[{"soort":"herstelmelding",
      "geldigOp":"2021-04-01"}]})",
                            "verzuimadviseur");
  EXPECT_EQ(refused.status(), 409U);
  EXPECT_EQ(last(), before);
}

TEST_F(RecordingTest, ANewDossierIsRecordedUnderAUuidOfTheSender) {
  const std::string target = "/v1/dossiers/44444444-4444-4444-8444-444444444444/gebeurtenissen";
  const std::string body = R"({"gebeurtenissen":[{"soort":"aanmelding","geldigOp":"2021-04-01",
      "attributen":{"gemeente":"Velsen","regeling":"nug"}}]})";
  EXPECT_EQ(post(target, body, "werkcoach", {{"If-None-Match", "*"}}).status(), 403U);
  const auto made = post(target, body, "intaker", {{"If-None-Match", "*"}});
  EXPECT_EQ(made.status(), 201U) << made.body;
  EXPECT_EQ(post(target, body, "intaker", {{"If-Match", "\"0\""}}).status(), 412U);
  EXPECT_EQ(post("/v1/dossiers/x/gebeurtenissen", body, "intaker").status(), 404U);
  std::string elsewhere = body;
  elsewhere.replace(elsewhere.find("Velsen"), 6, "Beverwijk");
  EXPECT_EQ(
      post("/v1/dossiers/44444444-4444-4444-8444-444444444445/gebeurtenissen", elsewhere, "intaker")
          .status(),
      403U);
}

TEST_F(RecordingTest, AnotherDossierIsForNobodyElse) {
  const auto answered = post(path_of(two()) + "/gebeurtenissen", contact(), "werkcoach");
  EXPECT_EQ(answered.status(), 403U);
  EXPECT_EQ(trail(), Lines{two().text() + " vastleggen geweigerd w1"});
  identities_["werkcoach"].werkcoaches = {"w1", "w2"};  // stands in, in another gemeente
  EXPECT_EQ(post(path_of(two()) + "/gebeurtenissen", contact(), "werkcoach").status(), 403U);
}

TEST_F(RecordingTest, NobodyTakesADossierButItMayBeHandedOver) {
  const auto assign = [](const char* coach) {
    return R"({"gebeurtenissen":[{"soort":"werkcoach_toegewezen","geldigOp":"2021-04-02",
        "attributen":{"werkcoach":")" +
           std::string(coach) + R"("}}]})";
  };
  EXPECT_EQ(to_dossier(assign("w9")).status(), 201U);
  EXPECT_EQ(to_dossier(assign("w1")).status(), 403U);
  const auto away = to_dossier(R"({"gebeurtenissen":[{"soort":"gemeente_gewijzigd",
      "geldigOp":"2021-03-01","attributen":{"gemeente":"Beverwijk"}}]})");
  EXPECT_EQ(away.status(), 403U);
}

TEST_F(RecordingTest, VerzuimIsForTheVerzuimadviseurAlone) {
  const std::string body =
      R"({"gebeurtenissen":[{"soort":"herstelmelding","geldigOp":"2021-04-01"}]})";
  const std::string withdrawing = R"({"gebeurtenissen":[{"soort":"intrekking","vervangt":")" +
                                  event_id(22).uuid.text() +
                                  R"(","attributen":{"reden":"foutief"}}]})";
  const std::string target = path_of(three()) + "/gebeurtenissen";
  identities_["werkcoach"].roles = {server::Role::kIntaker};
  EXPECT_EQ(post(target, body, "werkcoach").status(), 403U);
  EXPECT_EQ(post(target, withdrawing, "werkcoach").status(), 403U);
  EXPECT_EQ(post(target, contact(), "verzuimadviseur").status(), 403U);
  EXPECT_EQ(post(target, body, "verzuimadviseur").status(), 201U);
}

TEST_F(RecordingTest, TheOrganisationIsForBeheerAndControl) {
  const std::string target = "/v1/organisatie/gebeurtenissen";
  const std::string afdeling = R"({"gebeurtenissen":[{"soort":"afdeling_ingesteld",
      "geldigOp":"2021-04-01","attributen":{"afdeling":"Post"}}]})";
  const std::string boeking = R"({"gebeurtenissen":[{"soort":"boeking","geldigOp":"2021-04-01",
      "attributen":{"programma":"P","soort_bedrag":"lasten","bedrag_eurocent":"100",
      "periode":"2021"}}]})";
  EXPECT_EQ(post(target, afdeling, "werkcoach").status(), 403U);
  EXPECT_EQ(post(target, afdeling, "auditor").status(), 403U);
  EXPECT_EQ(post(target, afdeling, "beheerder").status(), 201U);
  EXPECT_EQ(post(target, boeking, "beheerder").status(), 403U);
  EXPECT_EQ(post(target, boeking, "controller").status(), 201U);
  const auto frozen = post(target, R"({"gebeurtenissen":[{"soort":"rapport_vastgesteld",
      "geldigOp":"2021-04-01","attributen":{"rapport":"r","periode":"2021","definitie":"1",
      "catalogus":"1","bekend_positie":"1","cijfers":"AA==","boomkop":
      "0000000000000000000000000000000000000000000000000000000000000000"}}]})",
                           "controller");
  EXPECT_EQ(frozen.status(), 403U) << frozen.body;
}

TEST_F(RecordingTest, AGroupOverTwoDossiersIsInOrNot) {
  identities_["werkcoach"].gemeenten = {"Beverwijk", "Velsen"};
  identities_["werkcoach"].werkcoaches = {"w1", "w2"};
  const auto group = [](const std::string& reason) {
    return R"({"delen":[{"stream":")" + two().text() +
           R"(","versie":5,"gebeurtenissen":[{"soort":"intrekking","vervangt":")" +
           event_id(20).uuid.text() + R"(","attributen":{"reden":"verkeerd_dossier"}}]},
           {"stream":")" +
           one().text() +
           R"(","gebeurtenissen":[{"soort":"uitstroom","geldigOp":"2021-03-26",
           "attributen":{"reden":")" +
           reason + R"("}}]}]})";
  };
  const auto before = last();
  EXPECT_EQ(post("/v1/gebeurtenissen", group("geen"), "werkcoach").status(), 400U);
  EXPECT_EQ(last(), before);
  const auto good = post("/v1/gebeurtenissen", group("werkaanvaarding"), "werkcoach");
  ASSERT_EQ(good.status(), 201U) << good.body;
  EXPECT_EQ(good.json().at("versies").as_array().size(), 2U);
  EXPECT_EQ(post("/v1/gebeurtenissen", group("verhuizing"), "werkcoach").status(), 412U);
  EXPECT_EQ(last(), before + 2);
  const std::string twice =
      R"({"delen":[{"stream":"organisatie","gebeurtenissen":[{"soort":"x"}]}]})";
  EXPECT_EQ(post("/v1/gebeurtenissen", twice, "beheerder").status(), 400U);
  EXPECT_EQ(post("/v1/gebeurtenissen", R"({"delen":[{"stream":"x","gebeurtenissen":[{"soort":
      "boeking"}]}]})",
                 "beheerder")
                .status(),
            400U);
}

TEST_F(RecordingTest, AStreamThatStandsTwiceInAGroupIsRefused) {
  const std::string part = R"({"stream":"organisatie","gebeurtenissen":[{"soort":
      "afdeling_ingesteld","geldigOp":"2021-04-01","attributen":{"afdeling":"A"}}]})";
  const auto answered =
      post("/v1/gebeurtenissen", R"({"delen":[)" + part + "," + part + "]}", "beheerder");
  EXPECT_EQ(answered.status(), 400U);
  EXPECT_EQ(answered.json().at("fouten").at(0).at("plaats"), "delen[1].stream");
}

TEST_F(RecordingTest, AnIntakerRecordsUpToTheIntakeAndNoFurther) {
  const std::string body = R"({"gebeurtenissen":[{"soort":"uitstroom","geldigOp":"2021-04-01",
      "attributen":{"reden":"verhuizing"}}]})";
  EXPECT_EQ(to_dossier(body, {}, "intaker").status(), 403U);
  EXPECT_EQ(to_dossier(contact(), {}, "intaker").status(), 201U);
}

TEST_F(RecordingTest, AWerkgeverIsRecordedByWerkcoaches) {
  const std::string target = "/v1/werkgevers/55555555-5555-4555-8555-555555555555/gebeurtenissen";
  const std::string body =
      R"({"gebeurtenissen":[{"soort":"relatie_start","geldigOp":"2021-04-01"}]})";
  EXPECT_EQ(post(target, body, "werkcoach").status(), 201U);
  EXPECT_EQ(post(target, body, "beheerder").status(), 403U);
}

// Who gave a dossier away and did not hear so asks again, of a dossier that is theirs no longer.
TEST_F(RecordingTest, WhatWasGivenAwayIsThereForWhoSendsItAgain) {
  const std::string given = R"({"gebeurtenissen":[{"soort":"werkcoach_toegewezen",
      "geldigOp":"2021-04-12","attributen":{"werkcoach":"w9"}}]})";
  const Asked asked{.method = "POST",
                    .target = path_of(one()) + "/gebeurtenissen",
                    .as = "werkcoach",
                    .body = given,
                    .headers = {{"Idempotency-Key", "k-9"}, {"If-Match", "\"4\""}}};
  ASSERT_EQ(ask(asked).status(), 201U);
  const std::uint64_t recorded = last();
  const auto again = ask(asked);
  EXPECT_EQ(again.status(), 200U) << again.body;
  EXPECT_EQ(again.json().at("wasErAl"), true);
  EXPECT_EQ(last(), recorded);
  // Under that key nothing else goes in, and without it nothing.
  Asked other = asked;
  other.body.replace(other.body.find("w9"), 2, "w8");
  EXPECT_EQ(ask(other).status(), 409U);
  Asked without = asked;
  without.headers = {};
  EXPECT_EQ(ask(without).status(), 403U);
  Asked of_another = asked;
  identities_["ander"] = identities_["werkcoach"];
  identities_["ander"].actor = "w7";
  of_another.as = "ander";
  EXPECT_EQ(ask(of_another).status(), 403U);
  EXPECT_EQ(last(), recorded);
}

}  // namespace
}  // namespace trede::test
