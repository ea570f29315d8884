// Reading a dossier: at which day, as known when, and by whom.
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

using Lines = std::vector<std::string>;
using DossierTest = ApiFixture;

std::string text(const boost::json::object& object, const char* name) {
  return std::string(object.at(name).as_string());
}

Lines kinds_of(const boost::json::object& timeline) {
  Lines out;
  for (const auto& event : timeline.at("gebeurtenissen").as_array()) {
    out.push_back(text(event.as_object(), "soort"));
  }
  return out;
}

Lines holds(const boost::json::object& dossier) {
  Lines out;
  for (const auto& one : dossier.at("toestand").as_array()) {
    out.push_back(text(one.as_object(), "wat"));
  }
  return out;
}

TEST_F(DossierTest, SaysWhatHoldsOnADayAsKnownThen) {
  const auto answered = get(path_of(two()) + "?op=2021-03-25");
  ASSERT_EQ(answered.status(), 200U) << answered.body;
  const auto says = answered.json();
  EXPECT_EQ(text(says, "gemeente"), "Beverwijk");
  EXPECT_EQ(text(says, "werkcoach"), "w2");
  EXPECT_EQ(text(says, "trede"), "4");
  EXPECT_EQ(text(says, "regeling"), "participatiewet");
  EXPECT_EQ(says.at("versie"), 5);
  EXPECT_FALSE(get(path_of(two())).json().contains("trede"));
  EXPECT_EQ(text(get(path_of(two()) + "?positie=" + std::to_string(last() - 3)).json(), "trede"),
            "4");
}

TEST_F(DossierTest, TheTimelineHasAllThatWasRecordedAndWhatBecameOfIt) {
  record({correctie(two(), event_id(60), event_id(20), "2021-03-20", "uitstroom",
                    {{"reden", "verhuizing"}})});
  auto says = get(path_of(two()) + "/tijdlijn").json();
  EXPECT_EQ(kinds_of(says), (Lines{"aanmelding", "werkcoach_toegewezen", "intake", "traject_start",
                                   "correctie", "uitstroom"}));
  EXPECT_EQ(text(says.at("gebeurtenissen").at(5).as_object(), "gecorrigeerdDoor"),
            std::to_string(last()));
  record({intrekking(two(), event_id(61), event_id(20))});
  says = get(path_of(two()) + "/tijdlijn").json();
  const auto& events = says.at("gebeurtenissen").as_array();
  EXPECT_TRUE(std::ranges::any_of(events, [](const auto& event) {
    return event.at("soort") == "uitstroom" && event.at("ingetrokken").as_bool();
  }));
  EXPECT_EQ(kinds_of(get(path_of(two()) + "/tijdlijn?op=2021-01-05").json()),
            (Lines{"aanmelding", "werkcoach_toegewezen"}));
}

TEST_F(DossierTest, EveryReadingIsInTheTrail) {
  get(path_of(one()), "werkcoach");
  get(path_of(one()) + "/tijdlijn", "auditor");
  get(path_of(two()), "werkcoach");
  get("/v1/dossiers/99999999-9999-4999-8999-999999999999", "auditor");
  EXPECT_EQ(trail(),
            (Lines{one().text() + " tonen gelukt w1", one().text() + " tonen gelukt a1",
                   two().text() + " tonen geweigerd w1", "dossier tonen niet_gevonden a1"}));
}

TEST_F(DossierTest, IsForWhoReachesItToday) {
  for (const char* path : {"", "/tijdlijn"}) {
    EXPECT_EQ(get(path_of(one()) + path, "werkcoach").status(), 200U);
    EXPECT_EQ(get(path_of(two()) + path, "werkcoach").status(), 403U);
    EXPECT_EQ(get(path_of(one()) + path, "intaker").status(), 200U);
    EXPECT_EQ(get(path_of(two()) + path, "intaker").status(), 403U);
    for (const char* role : {"klantmanager", "gemeente", "controller", "beheerder"}) {
      EXPECT_EQ(get(path_of(one()) + path, role).status(), 403U) << role;
    }
  }
  record({event(one(), event_id(62), "2021-04-01", "werkcoach_toegewezen", {{"werkcoach", "w9"}})});
  EXPECT_EQ(get(path_of(one()), "werkcoach").status(), 403U);
}

TEST_F(DossierTest, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(get("/v1/dossiers/99999999-9999-4999-8999-999999999999").status(), 404U);
  EXPECT_EQ(get("/v1/dossiers/x").status(), 404U);
  EXPECT_EQ(get(path_of(one()) + "?op=x").status(), 400U);
  EXPECT_EQ(get(path_of(one()) + "?positie=99999").status(), 400U);
}

TEST_F(DossierTest, VerzuimIsShownToTheVerzuimadviseurAlone) {
  record({intrekking(three(), event_id(63), event_id(22))});
  record({event(three(), event_id(64), "2021-03-01", "ziekmelding")});
  const auto seen = get(path_of(three()) + "/tijdlijn", "verzuimadviseur").json();
  EXPECT_EQ(kinds_of(seen),
            (Lines{"dienstverband_start", "ziekmelding", "intrekking", "ziekmelding"}));
  const auto hidden = get(path_of(three()) + "/tijdlijn", "intaker").json();
  EXPECT_EQ(kinds_of(hidden), Lines{"dienstverband_start"});
  const auto dossier = get(path_of(three()), "intaker");
  EXPECT_EQ(dossier.body.find("verzuim"), std::string::npos) << dossier.body;
  EXPECT_EQ(dossier.body.find("104"), std::string::npos) << dossier.body;
  const auto all = holds(get(path_of(three()), "auditor").json());
  EXPECT_NE(std::ranges::find(all, "verzuim"), all.end());
  EXPECT_NE(get(path_of(three()), "intaker").header("ETag"),
            get(path_of(three()), "auditor").header("ETag"));
}

TEST_F(DossierTest, ItsTagHoldsUntilItChanges) {
  const std::string etag = get(path_of(one())).header("ETag");
  EXPECT_TRUE(etag.starts_with("\"4.")) << etag;
  record({event(two(), event_id(65), "2021-04-01", "contactmoment", {{"contact", "bericht"}})});
  const auto same = ask({.target = path_of(one()), .headers = {{"If-None-Match", etag}}});
  EXPECT_EQ(same.status(), 304U);
  EXPECT_EQ(same.body, "");
  record({event(one(), event_id(66), "2021-04-01", "contactmoment", {{"contact", "bericht"}})});
  EXPECT_EQ(ask({.target = path_of(one()), .headers = {{"If-None-Match", etag}}}).status(), 200U);
}

}  // namespace
}  // namespace trede::test
