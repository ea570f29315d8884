#include "tools/server/http/message.h"

#include <gtest/gtest.h>

using namespace trede::server;

namespace {

std::string text_of(const Headers& headers) {
  std::string text;
  for (const auto& [name, value] : headers) text += name + "=" + value + " ";
  return text;
}

TEST(Headers, NamesCompareWithoutCaseAndKeepTheirOrder) {
  Headers headers;
  headers.add("Accept", "a");
  headers.add("X", "1");
  headers.add("ACCEPT", "b");
  EXPECT_EQ(headers.find("accept"), "a");
  EXPECT_EQ(headers.find_all("aCCept"), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_EQ(text_of(headers), "Accept=a X=1 ACCEPT=b ");
}

TEST(Headers, SetTakesTheOthersOfThatNameOut) {
  Headers headers;
  headers.add("A", "1");
  headers.add("B", "2");
  headers.add("a", "3");
  headers.set("A", "4");
  EXPECT_EQ(text_of(headers), "B=2 A=4 ");
}

TEST(Headers, WhatIsNotThereIsAbsentAndNotEmpty) {
  Headers headers;
  headers.add("Empty", "");
  EXPECT_EQ(headers.find("Empty"), "");
  EXPECT_EQ(headers.find("Emptyy"), std::nullopt);
  EXPECT_TRUE(headers.find_all("Other").empty());
}

}  // namespace
