#include "tools/server/http/coding.h"

#include <gtest/gtest.h>

#include "tests/unit/server/http/expand.h"

using namespace trede::server;
using trede::test::expand_gzip;
using trede::test::expand_zstd;

namespace {

TEST(ChooseCoding, TakesTheBestThatTheClientTakes) {
  struct Row {
    const char* header;
    Coding coding;
  };
  for (const Row& row : {
           Row{"gzip", Coding::kGzip},
           Row{"gzip, deflate, br, zstd", Coding::kZstd},
           Row{"GZIP", Coding::kGzip},
           Row{"x-gzip", Coding::kGzip},
           Row{"zstd;q=0.5, gzip;q=0.6", Coding::kGzip},
           Row{"zstd;q=0, gzip;q=0.001", Coding::kGzip},
           Row{"zstd ; q=1.0 ,gzip;q=1", Coding::kZstd},
           Row{"*", Coding::kZstd},
           Row{"*;q=0.1, zstd;q=0", Coding::kGzip},
           Row{"gzip;q=0, *;q=0", Coding::kIdentity},
           Row{"br", Coding::kIdentity},
           Row{"identity", Coding::kIdentity},
           Row{"", Coding::kIdentity},
           Row{",,;,", Coding::kIdentity},
           Row{"gzip;q=2", Coding::kIdentity},
           Row{"gzip;q=nan", Coding::kIdentity},
           Row{"gzip;q=-1", Coding::kIdentity},
           Row{"gzip;level=9", Coding::kIdentity},
       }) {
    EXPECT_EQ(choose_coding({row.header}), row.coding) << row.header;
  }
  EXPECT_EQ(choose_coding({}), Coding::kIdentity);
  EXPECT_EQ(choose_coding({"br", "gzip"}), Coding::kGzip);
}

TEST(IsCompressible, KnowsWhatBecomesSmaller) {
  for (const char* type :
       {"text/html; charset=utf-8", "application/json", "Application/JSON;charset=utf-8",
        "application/problem+json", "application/x-protobuf", "application/x-ndjson",
        "text/event-stream", "image/svg+xml", "text/csv"}) {
    EXPECT_TRUE(is_compressible(type)) << type;
  }
  for (const char* type : {"", "image/png", "application/zip", "application/octet-stream",
                           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}) {
    EXPECT_FALSE(is_compressible(type)) << type;
  }
}

std::string expand(Coding coding, std::string_view coded, bool is_whole = true) {
  return coding == Coding::kGzip ? expand_gzip(coded, is_whole) : expand_zstd(coded, is_whole);
}

std::string much_text() {
  std::string text;
  for (int i = 0; i < 30000; ++i) text += "regel " + std::to_string(i * 7919 % 30011) + "\n";
  return text;
}

TEST(Compressor, GivesBackWhatWentIn) {
  const std::string text = much_text();
  for (const Coding coding : {Coding::kGzip, Coding::kZstd}) {
    for (const bool is_endless : {false, true}) {
      const auto compressor = make_compressor(coding, is_endless);
      std::string coded;
      for (std::size_t i = 0; i < text.size(); i += 1000) {
        coded += *compressor->add(std::string_view(text).substr(i, 1000), Flush::kNone);
      }
      coded += *compressor->add("", Flush::kEnd);
      EXPECT_EQ(expand(coding, coded), text);
      EXPECT_LT(coded.size(), text.size() / 2);
    }
  }
}

TEST(Compressor, AfterAFlushEverythingSoFarCanBeRead) {
  for (const Coding coding : {Coding::kGzip, Coding::kZstd}) {
    const auto compressor = make_compressor(coding, true);
    std::string coded;
    std::string text;
    for (const char* piece : {"data: 1\n\n", "data: 2\n\n", "data: 3\n\n"}) {
      coded += *compressor->add(piece, Flush::kPiece);
      text += piece;
      EXPECT_EQ(expand(coding, coded, false), text);
    }
    coded += *compressor->add("", Flush::kEnd);
    EXPECT_EQ(expand(coding, coded), text);
  }
}

TEST(Compressor, NothingIsAWholeBodyToo) {
  for (const Coding coding : {Coding::kGzip, Coding::kZstd}) {
    EXPECT_EQ(expand(coding, *make_compressor(coding, false)->add("", Flush::kEnd)), "");
  }
}

TEST(Compressor, GzipGivesNoMoreAfterItsEnd) {
  const auto compressor = make_compressor(Coding::kGzip, false);
  ASSERT_TRUE(compressor->add("x", Flush::kEnd));
  const auto more = compressor->add("y", Flush::kPiece);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, trede::ErrorCode::kIo);
}

}  // namespace
