#include "tools/trede/json_events.h"

#include <gtest/gtest.h>

#include "engine/log/event_store.h"

namespace trede::tool {
namespace {

std::string failure_of(const std::string& json) {
  const auto events = parse_json_events(json);
  if (events) return "";
  EXPECT_EQ(events.error().exit, Exit::kInput);
  return events.error().line;
}

// The texts of the one event in `json`.
NamedTexts texts_of(const std::string& json) {
  const auto events = parse_json_events(json);
  if (!events || events->size() != 1) {
    ADD_FAILURE() << (events ? "not one event" : events.error().line);
    return {};
  }
  return events->front();
}

TEST(JsonEvents, NumberIsWhatIsWritten) {
  for (const std::string number :
       {"5", "-500", "0.8889", "1990.0", "99999999999999999.0", "123456789012345677.0",
        "18446744073709551616", "0.2999999999999999999", "1.9999999999999999", "0.30", "1e2", "-0",
        "100000000000000000000000000000.5"}) {
    EXPECT_EQ(texts_of("{\"n\":" + number + "}"), (NamedTexts{{"n", number}}));
    EXPECT_EQ(texts_of("[{\"n\": " + number + " }]"), (NamedTexts{{"n", number}}));
  }
}

TEST(JsonEvents, MembersComeInTheirOrderAndEmptyOnesAreAbsent) {
  EXPECT_EQ(
      texts_of(" {\"soort\":\"a\\u00e9\\\"\", \"bron\":\"\", \"doelgroepen\":[], \"uren\":3}\n"),
      (NamedTexts{{"soort", "aé\""}, {"uren", "3"}}));
  EXPECT_EQ(texts_of("{}"), NamedTexts{});
  EXPECT_EQ(texts_of("\xEF\xBB\xBF{\"a\":\"b\"}"), (NamedTexts{{"a", "b"}}));
}

TEST(JsonEvents, ListOfCodesIsOneText) {
  EXPECT_EQ(texts_of("{\"doelgroepen\":[\"jongere\",\"statushouder\"],\"uren\":3}"),
            (NamedTexts{{"doelgroepen", "jongere|statushouder"}, {"uren", "3"}}));
}

TEST(JsonEvents, ListWithAnythingElseIsRefusedWhole) {
  for (const std::string list :
       {"[\"jongere\",5,\"statushouder\"]", "[5]", "[\"jongere\",null]", "[\"jongere\",{\"x\":1}]",
        "[\"\",\"jongere\"]", "[\"jongere\",\"\"]", "[\"\"]", "[\"jongere\",[]]", "[true]",
        "[\"jongere\",1.5]", "[\"jongere|pro_vso\"]"}) {
    EXPECT_TRUE(failure_of("{\"doelgroepen\":" + list + "}").starts_with("doelgroepen: ")) << list;
    EXPECT_TRUE(
        failure_of("[{},{\"doelgroepen\":" + list + "}]").starts_with("event 2: doelgroepen: "))
        << list;
  }
}

TEST(JsonEvents, ValueThatNoCellCouldHoldIsRefused) {
  for (const std::string value : {"true", "false", "null", "{}", "{\"a\":1}", "[\"Velsen\"]"}) {
    EXPECT_TRUE(failure_of("{\"gemeente\":" + value + "}").starts_with("gemeente: ")) << value;
  }
}

TEST(JsonEvents, NameTwiceIsRefused) {
  EXPECT_EQ(failure_of("{\"uren\":1,\"soort\":\"a\",\"uren\":1}"),
            "uren: stands twice, expected each name once");
  EXPECT_TRUE(failure_of("{\"a\":\"\",\"\\u0061\":\"x\"}").starts_with("a: stands twice"));
  EXPECT_TRUE(failure_of("[{\"a\":1},{\"a\":1,\"a\":2}]").starts_with("event 2: a: stands twice"));
  EXPECT_EQ(failure_of("[{\"a\":1},{\"a\":1}]"), "");
}

TEST(JsonEvents, TextThatIsNotEventsIsRefused) {
  for (const std::string text :
       {"", " ", "{\"a\":", "{\"a\":1}x", "{\"a\":1}{}", "{\"a\":01}", "{\"a\":.5}", "{\"a\":1.}",
        "{\"a\":NaN}", "{'a':1}", "[{}", "{\"a\":\"\xFF\"}", "{\"a\":1,}", "// x\n{}"}) {
    EXPECT_TRUE(failure_of(text).starts_with("--json: not JSON")) << text;
  }
  EXPECT_TRUE(failure_of("5").starts_with("--json: not an object"));
  EXPECT_TRUE(failure_of("\"a\"").starts_with("--json: not an object"));
  EXPECT_TRUE(failure_of("[{},[]]").starts_with("event 2: --json: not an object"));
  EXPECT_EQ(failure_of("[]"), "--json: an array of 0 events, expected 1 to 10000");
}

TEST(JsonEvents, ArrayHasAsManyAsOneAppend) {
  std::string array = "[{}";
  for (std::size_t i = 1; i < kAppendMax; ++i) array += ",{}";
  EXPECT_EQ(failure_of(array + "]"), "");
  EXPECT_EQ(failure_of(array + ",{}]"),
            "--json: an array of more than 10000 events, expected fewer");
}

TEST(JsonEvents, OfPersonsAreCalledPersons) {
  const auto failure = [](const std::string& json) {
    const auto persons = parse_json_events(json, JsonOf::kPersons);
    return persons ? "" : persons.error().line;
  };
  EXPECT_EQ(failure("[]"), "--json: an array of 0 persons, expected 1 to 10000");
  EXPECT_EQ(failure("5"), "--json: not an object, expected a person as {\"naam\":...}");
  EXPECT_EQ(failure("[{},{\"bsn\":null}]"),
            "person 2: bsn: null, expected a text or a number; leave out what the person does not "
            "have");
  EXPECT_TRUE(failure("{\"doelgroepen\":[\"jongere\"]}").starts_with("doelgroepen: an array,"));
}

TEST(JsonEvents, NameOfTheCallerIsShownShort) {
  const std::string line = failure_of("{\"" + std::string(500, 'x') + "\\u0007\":true}");
  EXPECT_TRUE(line.starts_with(std::string(60, 'x') + "...: true"));
}

}  // namespace
}  // namespace trede::tool
