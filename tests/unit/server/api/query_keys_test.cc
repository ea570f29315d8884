#include "tools/server/api/query_keys.h"

#include <gtest/gtest.h>

namespace trede::server {
namespace {

std::vector<Parameter> parameters() {
  return {{"op", ValueKind::kDay, ""},
          {"bekendOp", ValueKind::kMoment, ""},
          {"positie", ValueKind::kPosition, ""},
          {"totaal", ValueKind::kYesNo, ""},
          {"id", ValueKind::kUuid, ""},
          {.name = "waar", .kind = ValueKind::kFilter, .summary = "", .repeated = true},
          {.name = "If-Match", .summary = "", .place = Place::kHeader}};
}

std::string flaw_of(std::string_view query) {
  const auto read = QueryKeys::parse(query, parameters());
  return read ? "" : read.error().says.fouten(0).plaats();
}

TEST(QueryKeys, ValuesAreDecodedAndFoundByName) {
  const auto read = QueryKeys::parse(
      "op=2021-03-31&waar=gemeente%3DDijk%20en%20Waard&waar=trede=3&positie=7&totaal=true",
      parameters());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->find("op"), "2021-03-31");
  EXPECT_EQ(read->all("waar"), (std::vector<std::string>{"gemeente=Dijk en Waard", "trede=3"}));
  EXPECT_EQ(read->find_number("positie"), 7U);
  EXPECT_TRUE(read->is_set("totaal"));
  EXPECT_EQ(read->find("bekendOp"), std::nullopt);
}

TEST(QueryKeys, EachFlawIsNamedByItsKey) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"onbekend=1", "onbekend"},
      {"If-Match=1", "If-Match"},
      {"op=2021-03-31&op=2021-03-31", "op"},
      {"op=", "op"},
      {"op", "op"},
      {"op=2021-02-30", "op"},
      {"bekendOp=2021-02-03", "bekendOp"},
      {"positie=-1", "positie"},
      {"positie=1e3", "positie"},
      {"positie=18446744073709551616", "positie"},
      {"totaal=ja", "totaal"},
      {"id=x", "id"},
      {"op=%2", "query"},
      {"op=%zz", "query"},
      {"waar=%ff", "query"},
      {"waar=a%00b", "query"},
      {"op=2021-03-31&", ""},
  };
  for (const auto& [query, place] : cases) EXPECT_EQ(flaw_of(query), place) << query;
}

TEST(QueryKeys, WhatIsRequiredMustBeThere) {
  const std::vector<Parameter> one = {{.name = "van", .summary = "", .required = true}};
  EXPECT_FALSE(QueryKeys::parse("", one).has_value());
  EXPECT_TRUE(QueryKeys::parse("van=x", one).has_value());
}

TEST(QueryKeys, TheOrderOfTheKeysDoesNotMatter) {
  const auto read = [](std::string_view query) {
    return QueryKeys::parse(query, parameters())->canonical();
  };
  EXPECT_EQ(read("op=2021-03-31&positie=7"), read("positie=7&op=2021-03-31"));
  EXPECT_NE(read("positie=7"), read("positie=8"));
}

}  // namespace
}  // namespace trede::server
