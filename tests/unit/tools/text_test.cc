#include "tools/trede/text.h"

#include <gtest/gtest.h>

#include "tools/trede/contributions.h"
#include "tools/trede/listing.h"

namespace trede::tool {
namespace {

TEST(Text, APartOfAUrlHasNothingThatAUrlReadsOtherwise) {
  EXPECT_EQ(url_escaped("kwartaal-2_a.b~"), "kwartaal-2_a.b~");
  EXPECT_EQ(url_escaped("a/b?c=d&e f+%"), "a%2Fb%3Fc%3Dd%26e%20f%2B%25");
  EXPECT_EQ(url_escaped("\xC3\xA9"), "%C3%A9");
}

TEST(CsvCell, IsQuotedOnlyWhereRfc4180NeedsIt) {
  EXPECT_EQ(csv_cell("Bergen op Zoom"), "Bergen op Zoom");
  EXPECT_EQ(csv_cell("a;b'c"), "a;b'c");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(csv_cell("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv_cell(""), "");
}

TEST(CsvLine, OneEmptyCellIsNotAnEmptyLine) {
  EXPECT_EQ(csv_line({""}), "\"\"\n");
  EXPECT_EQ(csv_line({"", ""}), ",\n");
}

TEST(JsonString, EscapesWhatJsonNeeds) {
  EXPECT_EQ(json_string("a\"b\\c\n"), "\"a\\\"b\\\\c\\n\"");
  EXPECT_EQ(json_string("Castricüm"), "\"Castricüm\"");
}

TEST(OneLine, LeavesNothingThatATerminalActsOn) {
  EXPECT_EQ(one_line("Súdwest-Fryslân — wc 3"), "Súdwest-Fryslân — wc 3");
  EXPECT_EQ(one_line("a\nb\x1b[31m\x7f"), "a b [31m ");
  EXPECT_EQ(one_line("a\u0080b\u009b31m\u009f\u00a0"), "a b 31m \u00a0");
  EXPECT_EQ(one_line("a\x9b\xc3"), "a??");
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), std::vector<std::string>{""});
}

TEST(ParseFormat, NamesTheAllowedOnes) {
  EXPECT_EQ(*parse_format("json"), Format::kJson);
  const auto bad = parse_format("xml");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().exit, Exit::kInput);
  EXPECT_EQ(bad.error().line, "--format: unknown format `xml`, expected table, csv or json");
}

TEST(Listing, IsTheSameInThreeForms) {
  const Listing listing{{{"gemeente", false}, {"waarde", true}},
                        {{"Castricüm", "7"}, {"Velsen, oost", "12.5"}, {"", ""}}};
  EXPECT_EQ(listing.text(Format::kTable),
            "gemeente      waarde\n"
            "------------  ------\n"
            "Castricüm          7\n"
            "Velsen, oost    12.5\n"
            "\n");
  EXPECT_EQ(listing.text(Format::kCsv), "gemeente,waarde\nCastricüm,7\n\"Velsen, oost\",12.5\n,\n");
  EXPECT_EQ(listing.text(Format::kJson),
            "[\n  {\"gemeente\":\"Castricüm\",\"waarde\":7},\n"
            "  {\"gemeente\":\"Velsen, oost\",\"waarde\":12.5},\n"
            "  {\"gemeente\":null,\"waarde\":null}\n]\n");
}

TEST(SplitWords, QuotesKeepSpacesTogether) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(*split_words("trajecten --op 2021-03-31"), (Words{"trajecten", "--op", "2021-03-31"}));
  EXPECT_EQ(*split_words("  a   b "), (Words{"a", "b"}));
  EXPECT_EQ(*split_words("--waar \"gemeente=Bergen op Zoom\" x"),
            (Words{"--waar", "gemeente=Bergen op Zoom", "x"}));
  EXPECT_EQ(*split_words("gemeente=\"Bergen op Zoom\",Velsen"),
            Words{"gemeente=Bergen op Zoom,Velsen"});
  EXPECT_EQ(*split_words("a \"\" b"), (Words{"a", "", "b"}));
  EXPECT_EQ(*split_words(""), Words{});
}

TEST(SplitWords, QuoteThatIsNotClosedIsWrongInput) {
  const auto words = split_words("trajecten --waar \"gemeente=Velsen");
  ASSERT_FALSE(words);
  EXPECT_EQ(words.error().exit, Exit::kInput);
}

Contribution part(std::vector<std::string> codes, Number waarde) {
  return {Position{1}, std::move(codes), waarde, {}, {}};
}

AnswerRow row(std::vector<std::string> codes, Number waarde) {
  return {std::move(codes), waarde, {}, {}};
}

TEST(AddUp, PartsOfOneRowAreSummedExactlyAndZeroRowsAreLeftOut) {
  const auto rows = add_up({part({"b"}, {5, 1}), part({"a"}, {1, 0}), part({"b"}, {25, 2}),
                            part({"c"}, {1, 0}), part({"c"}, {-1, 0})});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].codes, std::vector<std::string>{"a"});
  EXPECT_EQ(rows[1].waarde.text(), "0.75");
}

TEST(CheckRecount, SaysSoWhenThePartsAreNotTheFigure) {
  EXPECT_TRUE(check_recount({part({"a"}, {1, 0}), part({"a"}, {2, 0})}, {row({"a"}, {30, 1})}));
  EXPECT_TRUE(check_recount({}, {row({}, {0, 0})}));
  const auto wrong = check_recount({part({"a"}, {1, 0})}, {row({"a"}, {2, 0})});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().exit, Exit::kSystem);
  EXPECT_FALSE(check_recount({part({"a"}, {1, 0})}, {row({"b"}, {1, 0})}));
}

TEST(Subtract, RowsThatDidNotMoveAreLeftOut) {
  Answer before;
  before.rows = {row({"a"}, {3, 0}), row({"b"}, {4, 0}), row({"c"}, {1, 0})};
  Answer after;
  after.rows = {row({"a"}, {5, 0}), row({"b"}, {4, 0}), row({"d"}, {2, 0})};
  std::string moved;
  for (const auto& each : subtract(after, before)) {
    moved += each.codes[0] + each.waarde.text() + " ";
  }
  EXPECT_EQ(moved, "a2 c-1 d2 ");
}

}  // namespace
}  // namespace trede::tool
