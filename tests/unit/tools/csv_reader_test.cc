#include "tools/trede/rows/csv_reader.h"

#include <gtest/gtest.h>

#include "tests/unit/tools/text_file.h"
#include "tools/trede/rows/line_reader.h"

namespace trede::tool {
namespace {

using test::TextFile;

// Every row as `LINE[cell|cell]`, a bad one as `LINE!CELL problem`.
std::string rows_of(std::string_view text) {
  TextFile input(text);
  CsvReader reader(input.file());
  std::string out;
  while (true) {
    const auto next = reader.next();
    if (!next) return out + "error: " + next.error().message;
    if (*next == CsvReader::Next::kEnd) return out;
    if (!out.empty()) out += " ";
    out += std::to_string(reader.line());
    if (*next == CsvReader::Next::kBadRow) {
      out += "!" + std::to_string(reader.problem_cell()) + " " + reader.problem();
      continue;
    }
    out += "[";
    for (const auto& cell : reader.cells()) {
      out += (&cell == &reader.cells().front() ? "" : "|") + std::string(cell);
    }
    out += "]";
  }
}

struct CsvCase {
  const char* name;
  std::string text;
  const char* rows;
};

void PrintTo(const CsvCase& each, std::ostream* out) { *out << each.name; }

class CsvText : public testing::TestWithParam<CsvCase> {};

TEST_P(CsvText, ReadsAsRfc4180) { EXPECT_EQ(rows_of(GetParam().text), GetParam().rows); }

const CsvCase kCases[] = {
    {"Nothing", "", ""},
    {"OnlyByteOrderMark", "\xEF\xBB\xBF", ""},
    {"HeaderWithoutLineFeed", "a,b", "1[a|b]"},
    {"Lf", "a,b\n1,2\n", "1[a|b] 2[1|2]"},
    {"Crlf", "a,b\r\n1,2\r\n", "1[a|b] 2[1|2]"},
    {"LastLineWithoutEnd", "a,b\n1,2", "1[a|b] 2[1|2]"},
    {"ByteOrderMark",
     "\xEF\xBB\xBF"
     "a,b\n1,2\n",
     "1[a|b] 2[1|2]"},
    {"Semicolon", "a;b\n1,5;2\n", "1[a|b] 2[1,5|2]"},
    {"FirstSeparatorOfTheHeaderCounts", "a;b,c\n", "1[a|b,c]"},
    {"SeparatorInsideQuotesDoesNotCount", "\"x,y\";b\n1;2\n", "1[x,y|b] 2[1|2]"},
    {"OneColumn", "a\n1\n", "1[a] 2[1]"},
    {"EmptyCells", "a,b,c\n,,\n", "1[a|b|c] 2[||]"},
    {"EmptyLineIsARowOfOneCell", "a,b\n\n1,2\n", "1[a|b] 2[] 3[1|2]"},
    {"EmptyLastCellWithoutLineEnd", "a,b\n1,", "1[a|b] 2[1|]"},
    {"QuotedSeparator", "a,b\n\"1,1\",2\n", "1[a|b] 2[1,1|2]"},
    {"DoubledQuote", "a,b\n\"say \"\"ja\"\"\",2\n", "1[a|b] 2[say \"ja\"|2]"},
    {"OnlyDoubledQuote", "a,b\n\"\"\"\",2\n", "1[a|b] 2[\"|2]"},
    {"QuotedEmpty", "a,b\n\"\",2\n", "1[a|b] 2[|2]"},
    {"QuotedLineFeedCountsAsAPhysicalLine", "a,b\n\"x\ny\",2\n3,4\n", "1[a|b] 2[x\ny|2] 4[3|4]"},
    {"QuotedCrlf", "a,b\r\n\"x\r\ny\",2\r\n3,4\r\n", "1[a|b] 2[x\r\ny|2] 4[3|4]"},
    {"QuoteAtTheEndOfTheFile", "a,b\n1,\"2\"", "1[a|b] 2[1|2]"},
    {"QuoteInsideACell", "a,b\n1,x\"y\n3,4\n",
     "1[a|b] 2!1 a quote inside a cell, expected the whole cell in quotes 3[3|4]"},
    {"TextAfterAClosingQuote", "a,b\n\"1\"x,2\n3,4\n",
     "1[a|b] 2!0 text after a closing quote, expected a separator or the end of the line 3[3|4]"},
    {"QuoteThatIsNeverClosed", "a,b\n1,\"2\n3,4\n",
     "1[a|b] 2!1 a quote that is never closed, expected a closing quote"},
    {"LoneCarriageReturn", "a,b\n1,2\rx\n3,4\n",
     "1[a|b] 2!1 a carriage return without a line feed, expected both or a line feed 3[3|4]"},
    {"CarriageReturnAtTheEndOfTheFile", "a,b\n1,2\r",
     "1[a|b] 2!1 a carriage return without a line feed, expected both or a line feed"},
    {"Nul", std::string("a,b\n1,x\0y\n3,4\n", 14), "1[a|b] 2!1 a NUL, expected text 3[3|4]"},
    {"NulInQuotes", std::string("a,b\n1,\"\0\"\n3,4\n", 14),
     "1[a|b] 2!1 a NUL, expected text 3[3|4]"},
};

INSTANTIATE_TEST_SUITE_P(Table, CsvText, testing::ValuesIn(kCases),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(CsvReader, RowsAcrossChunksAreWhole) {
  std::string text = "a,b\n";
  std::string expected = "1[a|b]";
  for (int i = 0; i < 70'000; ++i) {
    const std::string number = std::to_string(i);
    text += number + ",\"regel \"\"" + number + "\"\" van, veel\"\n";
    expected += " " + std::to_string(i + 2) + "[" + number + "|regel \"" + number + "\" van, veel]";
  }
  ASSERT_GT(text.size(), 2U << 20);
  EXPECT_EQ(rows_of(text), expected);
}

TEST(CsvReader, TheLongestAttributeFitsInARow) {
  const std::string longest((4 << 20) / 3 * 4 + 4, 'A');
  const std::string text = "a,b\n1," + longest + "\n2,\"" + longest + "\"\n";
  EXPECT_EQ(rows_of(text), "1[a|b] 2[1|" + longest + "] 3[2|" + longest + "]");
}

TEST(CsvReader, RowBeyondTheLimitStopsTheReading) {
  const std::string text = "a,b\n1,\"" + std::string(CsvReader::kRowBytes, 'x');
  EXPECT_EQ(rows_of(text),
            "1[a|b] 2!1 a row of more than 8 MiB, expected a closing quote or a line feed before");
}

TEST(LineReader, LinesKeepTheirNumbersWhateverTheirEnds) {
  TextFile input("\xEF\xBB\xBF{1}\r\n\n{3}");
  LineReader reader(input.file());
  for (const std::string_view expected : {"{1}", "", "{3}"}) {
    const auto line = reader.next();
    ASSERT_TRUE(line && *line);
    EXPECT_EQ(**line, expected);
  }
  EXPECT_EQ(reader.number(), 3U);
  EXPECT_EQ(reader.next()->has_value(), false);
}

TEST(LineReader, LineBeyondTheLimitIsInvalid) {
  TextFile input(std::string(LineReader::kLineBytes + (2U << 20), 'x'));
  LineReader reader(input.file());
  const auto line = reader.next();
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().code, ErrorCode::kInvalid);
}

TEST(InputFile, PeekedBytesAreReadAgain) {
  TextFile input("{\"a\":1}\n");
  EXPECT_EQ(*input.file().peek(), "{\"a\":1}\n");
  std::string all;
  while (*input.file().read(all, 3) > 0) {
  }
  EXPECT_EQ(all, "{\"a\":1}\n");
  EXPECT_EQ(input.file().taken(), input.file().size());
}

TEST(InputFile, WhatCannotBeReadIsWrongInput) {
  for (const std::string path : {"/nowhere/at/all.csv", "/tmp"}) {
    const auto opened = InputFile::open(path);
    ASSERT_FALSE(opened) << path;
    EXPECT_EQ(opened.error().exit, Exit::kInput);
    EXPECT_TRUE(opened.error().line.starts_with(path)) << opened.error().line;
  }
}

}  // namespace
}  // namespace trede::tool
