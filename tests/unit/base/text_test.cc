#include "engine/base/text.h"

#include <gtest/gtest.h>

#include <clocale>

namespace trede {
namespace {

TEST(Utf8, KnowsItsCharacters) {
  struct Case {
    const char* text;
    char32_t point;
    std::size_t length;
  };
  const Case cases[] = {
      {"a", 'a', 1},
      {"\x7F", 0x7F, 1},
      {"\xC2\x80", 0x80, 2},
      {"\xC3\xA9", 0xE9, 2},
      {"\xDF\xBF", 0x7FF, 2},
      {"\xE0\xA0\x80", 0x800, 3},
      {"\xED\x9F\xBF", 0xD7FF, 3},
      {"\xEE\x80\x80", 0xE000, 3},
      {"\xEF\xBF\xBF", 0xFFFF, 3},
      {"\xF0\x90\x80\x80", 0x10000, 4},
      {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
  };
  for (const auto& [text, point, length] : cases) {
    const auto found = utf8_at(text, 0);
    ASSERT_TRUE(found) << text;
    EXPECT_EQ(found->point, point);
    EXPECT_EQ(found->length, length);
  }
}

TEST(Utf8, RefusesWhatIsNotAndNamesNoLength) {
  const std::string_view cases[] = {
      "\x80",              // a continuation alone
      "\xC3",              // cut short
      "\xE2\x82",          // cut short
      "\xF0\x9F\x99",      // cut short
      "\xC0\x80",          // overlong
      "\xC1\xBF",          // overlong
      "\xE0\x9F\xBF",      // overlong
      "\xF0\x8F\xBF\xBF",  // overlong
      "\xED\xA0\x80",      // a surrogate
      "\xF4\x90\x80\x80",  // beyond the last
      "\xF5\x80\x80\x80",  // never a start
      "\xFF",
      "\xC3\x28",  // not continued
  };
  for (const std::string_view text : cases) {
    EXPECT_FALSE(utf8_at(text, 0)) << in_quotes(text);
    EXPECT_FALSE(utf8_length(text)) << in_quotes(text);
    EXPECT_FALSE(utf8_length("ab" + std::string(text))) << in_quotes(text);
  }
}

TEST(Utf8, CountsCharactersNotBytes) {
  EXPECT_EQ(utf8_length(""), 0U);
  EXPECT_EQ(utf8_length("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x99\x82"), 4U);
}

TEST(IsLetter, KnowsLettersOfAnyScriptWhateverTheLocale) {
  ASSERT_NE(std::setlocale(LC_ALL, "C"), nullptr);
  for (const char32_t letter : {U'a', U'Z', U'é', U'ß', U'Ĳ', U'Ω', U'ж', U'中', U'ع'}) {
    EXPECT_TRUE(is_letter(letter)) << static_cast<unsigned>(letter);
  }
  const char32_t others[] = {U'1',   U' ',  U'-',   U'×',   U'÷',    U'€',   U'²', 0xA0,   0x200B,
                             0xFEFF, 0x301, 0xE000, 0xFFFD, 0x1F642, 0x3000, U'…', 0x202E, 0};
  for (const char32_t other : others) {
    EXPECT_FALSE(is_letter(other)) << static_cast<unsigned>(other);
  }
}

TEST(InQuotes, ShowsNothingThatHurtsATerminalAndNotTooMuch) {
  EXPECT_EQ(in_quotes("beschut_werk"), "`beschut_werk`");
  EXPECT_EQ(in_quotes(""), "``");
  EXPECT_EQ(in_quotes("a\x1B[31m\n\x7F"), "`a?[31m??`");
  EXPECT_EQ(in_quotes("\xC2\x9B"
                      "2J"),
            "`?2J`");
  EXPECT_EQ(in_quotes("caf\xC3\xA9 \xFF"), "`caf\xC3\xA9 ?`");
  EXPECT_EQ(in_quotes(std::string(40, 'a')), "`" + std::string(40, 'a') + "`");
  EXPECT_EQ(in_quotes(std::string(41, 'a')), "`" + std::string(40, 'a') + "...`");
}

}  // namespace
}  // namespace trede
