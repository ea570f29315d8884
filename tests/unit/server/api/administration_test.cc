// What who runs a server asks of it: files to import, how it stands, its backup, definitions.
#include <set>

#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) { return std::string(value.as_string()); }

class AdministrationTest : public ApiFixture {
 protected:
  Answered send(const std::string& target, const std::string& body, const char* type = "text/csv",
                const std::string& as = "beheerder") {
    return ask({.method = "POST",
                .target = target,
                .as = as,
                .body = body,
                .headers = {{"Content-Type", type}}});
  }
};

constexpr const char* kGood =
    "event_id,stream,soort,geldig_op,afdeling\n"
    "00000000-0000-4000-8000-00000000e001,organisatie,afdeling_ingesteld,2021-04-01,Textiel\n"
    "00000000-0000-4000-8000-00000000e002,organisatie,afdeling_ingesteld,2021-04-01,Hout\n";
constexpr const char* kBad =
    "event_id,stream,soort,geldig_op,afdeling\n"
    "00000000-0000-4000-8000-00000000e001,organisatie,afdeling_ingesteld,2021-04-01,Textiel\n"
    "00000000-0000-4000-8000-00000000e002,organisatie,afdeling_ingesteld,gisteren,Hout\n"
    "00000000-0000-4000-8000-00000000e003,organisatie,onbekend,2021-04-01,\n";

TEST_F(AdministrationTest, AFileIsCheckedAndThenRecordedAsAWhole) {
  const std::uint64_t before = last();
  const json::object trial = send("/v1/invoerbestanden?proef=true", kGood).json();
  EXPECT_EQ(trial.at("proef"), true);
  EXPECT_EQ(trial.at("gebeurtenissen"), "2");
  EXPECT_EQ(last(), before);
  const auto done = send("/v1/invoerbestanden", kGood);
  EXPECT_EQ(done.status(), 201U) << done.body;
  EXPECT_EQ(text_of(done.json().at("positie")), std::to_string(last()));
  EXPECT_EQ(last(), before + 2);
  EXPECT_EQ(trail(),
            (std::vector<std::string>{"log importeren begonnen b1", "log importeren gelukt b1",
                                      "log importeren begonnen b1", "log importeren gelukt b1"}));
}

TEST_F(AdministrationTest, OfAFileWithBadRowsNothingIsRecordedAndEachIsNamed) {
  const std::uint64_t before = last();
  const auto answered = send("/v1/invoerbestanden", kBad);
  EXPECT_EQ(answered.status(), 200U);
  const json::object says = answered.json();
  EXPECT_EQ(says.at("foutenAantal"), "2");
  EXPECT_EQ(says.at("gebeurtenissen"), "0");
  const json::array& bad = says.at("fouten").as_array();
  ASSERT_EQ(bad.size(), 2U);
  EXPECT_EQ(bad.at(0).at("regel"), "3");
  EXPECT_EQ(bad.at(0).at("kolom"), "geldig_op");
  EXPECT_EQ(bad.at(1).at("regel"), "4");
  EXPECT_EQ(last(), before);
  EXPECT_EQ(trail(), (std::vector<std::string>{"log importeren begonnen b1",
                                               "log importeren geweigerd b1"}));
}

TEST_F(AdministrationTest, WhatIsNoFileIsRefused) {
  EXPECT_EQ(send("/v1/invoerbestanden", "{}", "application/json").status(), 415U);
  EXPECT_NE(send("/v1/invoerbestanden", "\x01\x02").json().at("foutenAantal"), "0");
  EXPECT_EQ(ask({.method = "POST",
                 .target = "/v1/invoerbestanden",
                 .as = "beheerder",
                 .headers = {{"Content-Type", "text/csv"}}})
                .status(),
            400U);
}

TEST_F(AdministrationTest, HowTheServerStandsIsTold) {
  const json::object says = get("/v1/serverstand", "beheerder").json();
  EXPECT_EQ(text_of(says.at("gebeurtenissen")), std::to_string(last()));
  EXPECT_EQ(says.at("kluis"), false);
  EXPECT_EQ(says.at("kluissleutel"), false);
  EXPECT_EQ(says.at("auditspoor"), true);
  EXPECT_NE(says.at("schijfTotaal"), "0");
  EXPECT_EQ(says.at("reservekopie").at("ingesteld"), true);
  EXPECT_FALSE(says.at("reservekopie").as_object().contains("gemaakt"));
  make_vault();
  EXPECT_EQ(get("/v1/serverstand", "auditor").json().at("kluissleutel"), true);
}

TEST_F(AdministrationTest, ABackupIsMadeBesideWhoRecords) {
  const auto made = ask({.method = "POST", .target = "/v1/reservekopieen", .as = "beheerder"});
  EXPECT_EQ(made.status(), 201U) << made.body;
  EXPECT_EQ(text_of(made.json().at("positie")), std::to_string(last()));
  const json::object says = get("/v1/serverstand", "beheerder").json();
  EXPECT_EQ(text_of(says.at("reservekopie").at("positie")), std::to_string(last()));
  record({event(one(), event_id(90), "2021-03-30", "uitstroom", {{"reden", "verhuizing"}})});
  const auto again = ask({.method = "POST", .target = "/v1/reservekopieen", .as = "beheerder"});
  EXPECT_EQ(text_of(again.json().at("positie")), std::to_string(last()));
}

TEST_F(AdministrationTest, ADefinitionIsJudgedAndTriedOut) {
  const auto judged = send("/v1/rapportcontroles", "name: 'x'\nsoort: 3\n", "text/plain");
  EXPECT_EQ(judged.status(), 200U);
  const json::object says = judged.json();
  const json::array& flaws = says.at("gebreken").as_array();
  ASSERT_FALSE(flaws.empty());
  EXPECT_EQ(flaws.at(0).at("regel"), "2");
  const std::string path = "/v1/rapportproeven?van=2021-01-01&tm=2021-03-31";
  EXPECT_EQ(send(path, "name: 'x'", "text/plain", "controller").status(), 400U);
  EXPECT_EQ(send(path, "name: 'x'", "text/plain").status(), 403U);
  EXPECT_EQ(send("/v1/rapportcontroles", "name: 'x'", "text/plain", "gemeente").status(), 403U);
}

TEST_F(AdministrationTest, ADefinitionThatIsTooMuchIsRefusedBeforeItIsWorkedOut) {
  const auto flaw_of = [&](const std::string& text) {
    const json::object says = send("/v1/rapportcontroles", text, "text/plain").json();
    return text_of(says.at("gebreken").at(0).at("melding"));
  };
  const std::string head = "name: 'eigen' title: 'x' version: '1'\n";
  EXPECT_EQ(flaw_of(head + std::string(300'000, ' ')), "longer than 256 KiB, expected a report");
  std::string sections = head;
  for (int i = 0; i < 201; ++i) sections += "section { id: 'trajecten' uit: 'kwartaal' }\n";
  EXPECT_EQ(flaw_of(sections), "more sections than 200");
  std::string table =
      head + "section { id: 's' title: 'S' table { id: 't' title: 'T' heading: 'W'\n";
  for (int i = 0; i < 400; ++i) table += "row{id:'r'}column{id:'c'}\n";
  EXPECT_EQ(flaw_of(table + "} }"), "more cells than 100000, up to and with this");
}

TEST_F(AdministrationTest, TheOrganisationIsReadWithAmountsForWhoMaySeeThem) {
  record({event(kOrganisatie, event_id(91), "2021-01-01", "boeking",
                {{"programma", "6.3 610"},
                 {"soort_bedrag", "lasten"},
                 {"bedrag_eurocent", "100"},
                 {"periode", "2021-01"}})});
  const auto kinds = [&](const char* as) {
    const json::object says = get("/v1/organisatie/tijdlijn", as).json();
    std::set<std::string> out;
    for (const auto& one : says.at("gebeurtenissen").as_array())
      out.insert(text_of(one.at("soort")));
    return out;
  };
  EXPECT_EQ(kinds("beheerder"),
            (std::set<std::string>{"afdeling_ingesteld", "gemeente_toegetreden"}));
  EXPECT_TRUE(kinds("controller").contains("boeking"));
  EXPECT_TRUE(kinds("auditor").contains("boeking"));
}

}  // namespace
}  // namespace trede::test
