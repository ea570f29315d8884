// Following: what is there, then what comes, without a gap; figures that tell what changed.
#include "tests/unit/server/api/api_fixture.h"
#include "tools/trede/text.h"

namespace trede::test {
namespace {

namespace json = boost::json;
using Lines = std::vector<std::string>;
using FollowTest = ApiFixture;

std::vector<json::object> events_of(const std::string& lines) {
  std::vector<json::object> out;
  for (const auto& line : tool::split(lines, '\n')) {
    if (!line.empty()) out.push_back(json::parse(line).as_object());
  }
  return out;
}

// The data of a server-sent event, and its name.
std::pair<std::string, json::object> sent(const std::string& text) {
  const auto lines = tool::split(text, '\n');
  if (lines.size() != 5 || !lines[0].starts_with("id: ")) throw std::runtime_error(text);
  return {lines[1].substr(7), json::parse(lines[2].substr(6)).as_object()};
}

TEST_F(FollowTest, TheWholeLogComesInOrder) {
  const auto answered = get("/v1/gebeurtenissen");
  EXPECT_EQ(answered.header("Content-Type"), "application/x-ndjson");
  const auto events = events_of(answered.body);
  ASSERT_EQ(events.size(), last());
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].at("positie").as_string(), std::to_string(i + 1));
  }
  EXPECT_EQ(trail(), std::vector<std::string>{"log exporteren gelukt a1"});
}

TEST_F(FollowTest, APositionIsWhereItBegins) {
  const auto after = std::to_string(last());
  EXPECT_EQ(events_of(get("/v1/gebeurtenissen?vanaf=" + after).body).size(), 1U);
  EXPECT_TRUE(get("/v1/gebeurtenissen?vanaf=" + std::to_string(last() + 1)).body.empty());
  EXPECT_EQ(get("/v1/gebeurtenissen?vanaf=0").status(), 400U);
  EXPECT_EQ(get("/v1/gebeurtenissen?vanaf=" + std::to_string(last() + 2)).status(), 400U);
  const auto resumed = ask(
      {.target = "/v1/gebeurtenissen", .headers = {{"Last-Event-ID", std::to_string(last() - 1)}}});
  EXPECT_EQ(events_of(resumed.body).size(), 1U);
  EXPECT_EQ(ask({.target = "/v1/gebeurtenissen", .headers = {{"Last-Event-ID", "x"}}}).status(),
            400U);
}

TEST_F(FollowTest, WhatComesIsToldWithoutAGapUntilItIsStopped) {
  const auto followed =
      ask({.target = "/v1/gebeurtenissen?volgen=true&vanaf=" + std::to_string(last()),
           .headers = {{"Accept", "text/event-stream"}}});
  ASSERT_TRUE(followed.response.is_endless);
  const auto& source = std::get<server::Source>(followed.response.body);
  EXPECT_EQ(sent(*next_piece(source)).second.at("positie").as_string(), std::to_string(last()));
  record({event(one(), event_id(70), "2021-04-01", "contactmoment", {{"contact", "bericht"}})});
  const auto [name, next] = sent(*next_piece(source));
  EXPECT_EQ(name, "gebeurtenis");
  EXPECT_EQ(next.at("positie").as_string(), std::to_string(last()));
  stop();
  EXPECT_EQ(next_piece(source), std::nullopt);
}

TEST_F(FollowTest, IsForWhoMaySeeEverything) {
  for (const char* role : {"werkcoach", "gemeente", "intaker", "klantmanager", "beheerder"}) {
    EXPECT_EQ(get("/v1/gebeurtenissen", role).status(), 403U) << role;
  }
}

TEST_F(FollowTest, ATokenThatMayNotReadVerzuimOrDossiersGetsNone) {
  auto& auditor = identities_["auditor"];
  auditor.is_token = true;
  auditor.scope = {server::Permission::kLogVolgen, server::Permission::kDossierLezen};
  for (const auto& event : events_of(get("/v1/gebeurtenissen").body)) {
    EXPECT_NE(event.at("soort"), "ziekmelding");
  }
  auditor.scope = {server::Permission::kLogVolgen};
  EXPECT_EQ(events_of(get("/v1/gebeurtenissen").body).size(), 3U);
}

TEST_F(FollowTest, ALiveFigureTellsOnlyWhatChanged) {
  const auto live = get("/v1/cijfers/trajecten/live?op=2021-04-10&per=trede", "auditor");
  ASSERT_TRUE(live.response.is_endless) << live.body;
  const auto& source = std::get<server::Source>(live.response.body);
  const auto [first_name, first] = sent(*next_piece(source));
  EXPECT_EQ(first_name, "cijfers");
  EXPECT_EQ(json::serialize(first.at("rijen")), R"([{"codes":["3"],"waarde":"1"}])");
  record({event(one(), event_id(71), "2021-04-01", "contactmoment", {{"contact", "bericht"}})});
  record({event(one(), event_id(72), "2021-04-01", "trede_doorstroom", {{"naar", "5"}})});
  const auto [name, change] = sent(*next_piece(source));
  EXPECT_EQ(name, "wijziging");
  EXPECT_EQ(json::serialize(change.at("rijen")), R"([{"codes":["5"],"waarde":"1"}])");
  EXPECT_EQ(json::serialize(change.at("vervallen")), R"([{"codes":["3"]}])");
  stop();
  EXPECT_EQ(next_piece(source), std::nullopt);
}

TEST_F(FollowTest, WhoIsNotLetInAnyMoreIsToldNothingOfWhatComes) {
  const Lines targets = {"/v1/gebeurtenissen?volgen=true&vanaf=" + std::to_string(last()),
                         "/v1/cijfers/trajecten/live?op=2021-04-10&per=trede"};
  std::uint64_t id = 100;
  const auto move_to = [&](const std::string& day, const std::string& trede) {
    record({event(one(), event_id(id++), day, "trede_doorstroom", {{"naar", trede}})});
    clock_.advance(std::chrono::seconds{2});
  };
  for (std::size_t i = 0; i < targets.size(); ++i) {
    identities_["passing"] = identities_["auditor"];
    const auto followed =
        ask({.target = targets[i], .as = "passing", .headers = {{"Accept", "text/event-stream"}}});
    const auto& source = std::get<server::Source>(followed.response.body);
    ASSERT_TRUE(next_piece(source).has_value());
    move_to(i == 0 ? "2021-04-01" : "2021-04-03", "4");
    ASSERT_TRUE(next_piece(source).has_value());
    identities_.erase("passing");
    move_to(i == 0 ? "2021-04-02" : "2021-04-04", "5");
    EXPECT_EQ(next_piece(source), std::nullopt) << targets[i];
  }
}

TEST_F(FollowTest, WhatWhoFollowsMayIsAskedAgain) {
  const auto followed =
      ask({.target = "/v1/gebeurtenissen?volgen=true&vanaf=" + std::to_string(last()),
           .headers = {{"Accept", "text/event-stream"}}});
  const auto& source = std::get<server::Source>(followed.response.body);
  ASSERT_TRUE(next_piece(source).has_value());
  identities_["auditor"].is_token = true;  // and may nothing
  clock_.advance(std::chrono::seconds{2});
  record({event(one(), event_id(90), "2021-04-01", "contactmoment", {{"contact", "bericht"}})});
  EXPECT_EQ(next_piece(source), std::nullopt);
}

TEST_F(FollowTest, ALiveFigureIsNarrowedAsAnyOther) {
  const auto live = get("/v1/cijfers/trajecten/live?op=2021-03-01", "gemeente");
  const auto& source = std::get<server::Source>(live.response.body);
  EXPECT_EQ(json::serialize(sent(*next_piece(source)).second.at("rijen")),
            R"([{"codes":[],"waarde":"1"}])");
  EXPECT_EQ(get("/v1/cijfers/trajecten/live?waar=gemeente=Beverwijk", "gemeente").status(), 403U);
}

TEST_F(FollowTest, APositionIsToldAtOnceAndAgainWhenSomethingCame) {
  const auto live = ask({.target = "/v1/posities/live", .as = "gemeente"});
  ASSERT_TRUE(live.response.is_endless) << live.body;
  const auto& source = std::get<server::Source>(live.response.body);
  EXPECT_EQ(sent(*next_piece(source)).second.at("positie").as_string(), std::to_string(last()));
  record({event(one(), event_id(70), "2021-03-30", "contactmoment", {{"contact", "telefoon"}})});
  const auto [name, next] = sent(*next_piece(source));
  EXPECT_EQ(name, "positie");
  EXPECT_EQ(next.at("positie").as_string(), std::to_string(last()));
  stop();
  EXPECT_EQ(next_piece(source), std::nullopt);
}

}  // namespace
}  // namespace trede::test
