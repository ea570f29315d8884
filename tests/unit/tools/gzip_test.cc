#include "tools/trede/evidence/gzip.h"

#include <gtest/gtest.h>

#include <vector>

namespace trede::tool {
namespace {

using Lines = std::vector<std::string>;

std::string packed(const Lines& lines) {
  GzipText text;
  for (const std::string& line : lines) text.add(line + "\n");
  return text.finish();
}

Result<Lines> unpacked(std::string_view gzip, std::size_t longest = 1 << 20) {
  Lines lines;
  const Status read = read_gzip_lines(gzip, longest, [&](std::string_view line) -> Status {
    lines.emplace_back(line);
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return lines;
}

TEST(GzipText, ReadsBackLineByLine) {
  Lines many;
  for (int i = 0; i < 20'000; ++i) many.push_back("line " + std::to_string(i * 7919));
  for (const Lines& lines : {Lines{}, Lines{""}, Lines{"one", "", "three"}, many}) {
    const auto read = unpacked(packed(lines));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, lines);
  }
}

TEST(GzipText, IsTheSameEachTime) { EXPECT_EQ(packed({"a", "b"}), packed({"a", "b"})); }

TEST(ReadGzipLines, RefusesWhatIsCutOrGoesOnOrIsDamaged) {
  const std::string good = packed({"first", "second"});
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(unpacked(good.substr(0, size)));
  EXPECT_FALSE(unpacked(good + good));
  EXPECT_FALSE(unpacked(good + "x"));
  EXPECT_FALSE(unpacked("rubbish that is no gzip"));
  std::string damaged = good;
  damaged[damaged.size() - 6] ^= 1;  // its checksum
  EXPECT_FALSE(unpacked(damaged));
  GzipText open_line;
  open_line.add("no line feed");
  EXPECT_FALSE(unpacked(open_line.finish()));
}

TEST(ReadGzipLines, StopsAtALineThatIsTooLongBeforeItHasAllOfIt) {
  GzipText bomb;
  const std::string zeros(1 << 20, '0');
  for (int i = 0; i < 50; ++i) bomb.add(zeros);
  const auto read = unpacked(bomb.finish(), 1 << 20);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, "compressed text cannot be read: a line is too long");
}

TEST(ReadGzipLines, HandsBackTheErrorOfWhoTakesThem) {
  const Error mine{ErrorCode::kRefused, "enough"};
  const Status read =
      read_gzip_lines(packed({"a", "b"}), 10, [&](std::string_view) -> Status { return mine; });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, "enough");
}

}  // namespace
}  // namespace trede::tool
