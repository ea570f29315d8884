// The audit trail over the API, and reading everything again.
#include "engine/trail/trail.h"

#include <fstream>

#include "engine/event/bytes_text.h"
#include "engine/sqlite/sqlite_file.h"
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

namespace json = boost::json;

class TrailEndpointTest : public ApiFixture {
 protected:
  // `number actie object actor` of each record of an answer.
  std::vector<std::string> records(const std::string& query = "") {
    std::vector<std::string> out;
    const json::object says = get("/v1/auditspoor" + query).json();
    for (const auto& one : says.at("regels").as_array()) {
      std::string line(one.at("nummer").as_string());
      for (const char* name : {"actie", "object", "actor"}) {
        line += " " + std::string(one.at(name).as_string());
      }
      out.push_back(std::move(line));
    }
    return out;
  }
  void read_dossiers(int count) {
    for (int i = 0; i < count; ++i) static_cast<void>(get(path_of(i % 2 == 0 ? one() : two())));
  }
};

TEST_F(TrailEndpointTest, TheLatestRecordComesFirst) {
  read_dossiers(1);
  static_cast<void>(get(path_of(one()), "werkcoach"));
  EXPECT_EQ(records(), (std::vector<std::string>{"2 tonen " + one().text() + " w1",
                                                 "1 tonen " + one().text() + " a1"}));
  EXPECT_EQ(records("?actor=w1"), (std::vector<std::string>{"2 tonen " + one().text() + " w1"}));
  EXPECT_TRUE(records("?actie=exporteren").empty());
  EXPECT_TRUE(records("?object=" + two().text()).empty());
  EXPECT_EQ(records("?van=2021-04-12&tm=2021-04-12").size(), 2U);
  EXPECT_TRUE(records("?van=2021-04-13").empty());
  EXPECT_TRUE(records("?onvoltooid=true").empty());
}

TEST_F(TrailEndpointTest, WhatIsReadOfItMakesNoRecord) {
  read_dossiers(1);
  static_cast<void>(get("/v1/auditspoor"));
  EXPECT_EQ(records().size(), 1U);
}

TEST_F(TrailEndpointTest, ALongTrailIsReadPageByPage) {
  read_dossiers(130);
  const json::object first = get("/v1/auditspoor").json();
  EXPECT_EQ(first.at("regels").as_array().size(), 100U);
  EXPECT_EQ(first.at("aantal"), "130");
  ASSERT_EQ(first.at("verder"), "31");
  const json::object second = get("/v1/auditspoor?voor=31").json();
  EXPECT_EQ(second.at("regels").as_array().size(), 30U);
  EXPECT_EQ(second.at("regels").at(0).at("nummer"), "30");
  EXPECT_FALSE(second.contains("verder"));
}

TEST_F(TrailEndpointTest, ItsChainIsCheckedAndHeldToAHeadThatWasKept) {
  read_dossiers(3);
  const json::object whole = get("/v1/auditspoor/controle").json();
  EXPECT_EQ(whole.at("heel"), true);
  EXPECT_EQ(whole.at("aantal"), "3");
  std::string print(whole.at("vingerafdruk").as_string());
  for (auto at = print.find('+'); at != std::string::npos; at = print.find('+', at + 3)) {
    print.replace(at, 1, "%2B");
  }
  read_dossiers(2);
  const std::string path = "/v1/auditspoor/controle?aantal=";
  EXPECT_EQ(get(path + "3&vingerafdruk=" + print).json().at("heel"), true);
  EXPECT_EQ(get(path + "4&vingerafdruk=" + print).json().at("heel"), false);
  EXPECT_EQ(get(path + "9&vingerafdruk=" + print).json().at("heel"), false);
  EXPECT_EQ(get(path + "4").status(), 400U);
}

TEST_F(TrailEndpointTest, EverythingIsReadAgainAPartAfterTheOther) {
  read_dossiers(1);
  const auto answered = get("/v1/logcontrole");
  EXPECT_EQ(answered.status(), 200U);
  std::vector<std::string> parts;
  std::istringstream lines(answered.body);
  for (std::string line; std::getline(lines, line);) {
    const json::object says = json::parse(line).as_object();
    EXPECT_TRUE(says.at("bevindingen").as_array().empty()) << line;
    parts.emplace_back(says.at("deel").as_string());
  }
  EXPECT_EQ(parts, (std::vector<std::string>{"log", "dossiers", "kluis", "cijfers", "rapporten",
                                             "auditspoor"}));
}

TEST_F(TrailEndpointTest, WhatWasAlteredIsNamed) {
  read_dossiers(2);
  api_->settle();
  auto file = SqliteFile::open(trail_file(folder_->path()), SqliteAccess::kWrite);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->execute("DROP TRIGGER spoor_blijft_gelijk"));
  ASSERT_TRUE(file->execute("UPDATE spoor SET actor='x9' WHERE nummer=1"));
  EXPECT_EQ(get("/v1/auditspoor/controle").json().at("heel"), false);
  const std::string said = get("/v1/logcontrole").body;
  EXPECT_NE(said.find("record 1 does not have the hash"), std::string::npos) << said;
}

TEST_F(TrailEndpointTest, ADamagedFileIsFoundAndIsNoFailure) {
  read_dossiers(2);
  api_->settle();
  {
    std::fstream file(trail_file(folder_->path()), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(8192, 'x');
  }
  const auto answered = get("/v1/auditspoor/controle");
  EXPECT_EQ(answered.status(), 200U) << answered.body;
  EXPECT_EQ(answered.json().at("heel"), false);
}

TEST_F(TrailEndpointTest, OneReadsAgainAtATime) {
  {
    const auto first = ask({.target = "/v1/logcontrole", .is_left_unread = true});
    EXPECT_EQ(first.status(), 200U);
    const auto second = get("/v1/logcontrole");
    EXPECT_EQ(second.status(), 503U);
    EXPECT_EQ(second.header("Retry-After"), "60");
  }
  EXPECT_EQ(get("/v1/logcontrole").status(), 200U);
}

}  // namespace
}  // namespace trede::test
