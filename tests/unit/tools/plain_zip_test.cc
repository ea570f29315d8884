#include "tools/trede/evidence/plain_zip.h"

#include <gtest/gtest.h>

namespace trede::tool {
namespace {

const std::vector<ZipEntry> kSome = {{"INHOUD.txt", "what is in it\n"},
                                     {"empty", ""},
                                     {"rapport.pb", std::string("\0PK\3\4\xff", 6)}};

std::string refused(std::string_view zip) {
  const auto entries = read_zip(zip);
  return entries ? "read" : entries.error().message;
}

TEST(PlainZip, ReadsBackWhatItWrote) {
  for (const auto& entries : {kSome, std::vector<ZipEntry>{}}) {
    const auto zip = write_zip(entries);
    ASSERT_TRUE(zip);
    const auto read = read_zip(*zip);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, entries);
  }
}

TEST(PlainZip, IsNotItselfWithAnyBitOfItAltered) {
  const std::string zip = *write_zip(kSome);
  for (std::size_t at = 0; at < zip.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string altered = zip;
      altered[at] = static_cast<char>(altered[at] ^ (1 << bit));
      const auto read = read_zip(altered);
      EXPECT_FALSE(read && *read == kSome) << "byte " << at << ", bit " << bit;
    }
  }
}

TEST(PlainZip, IsRefusedWhereItIsCutOrGoesOn) {
  const std::string zip = *write_zip(kSome);
  for (std::size_t size = 0; size < zip.size(); ++size) {
    EXPECT_FALSE(read_zip(std::string_view(zip).substr(0, size))) << size;
  }
  EXPECT_FALSE(read_zip(zip + '\0'));
  EXPECT_FALSE(read_zip("x" + zip));
}

TEST(PlainZip, HoldsNoNameThatLeadsElsewhereAndNoneTwice) {
  for (const char* name : {"../x", "/x", "a/b", "..", ".x", "", "a\\b", "a b"}) {
    EXPECT_EQ(refused(*write_zip({{name, "data"}})),
              "this is no bundle as it was written: a file in it has a name that none has")
        << name;
  }
  EXPECT_FALSE(read_zip(*write_zip({{"a", "1"}, {"a", "2"}})));
  EXPECT_FALSE(read_zip(*write_zip({{std::string(65, 'a'), "1"}})));
  EXPECT_TRUE(read_zip(*write_zip({{std::string(64, 'a'), "1"}})));
}

TEST(PlainZip, HoldsNoMoreFilesThanItMay) {
  std::vector<ZipEntry> many;
  for (int i = 0; i < 64; ++i) many.push_back({"f" + std::to_string(i), "x"});
  EXPECT_TRUE(read_zip(*write_zip(many)));
  many.push_back({"one-more", "x"});
  EXPECT_EQ(refused(*write_zip(many)), "this is no bundle as it was written: too many files");
}

}  // namespace
}  // namespace trede::tool
