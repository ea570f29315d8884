// Text from outside: is it UTF-8, what is a letter, and how it is shown in a message.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace trede {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_alnum(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Character {
  char32_t point;
  std::size_t length;  // in bytes
};

// The character at `at`; absent when no valid UTF-8 begins there (cut short, overlong, a
// surrogate, beyond U+10FFFF).
// Requires: at < text.size().
std::optional<Character> utf8_at(std::string_view text, std::size_t at);

// How many characters `text` has; absent when it is not valid UTF-8.
std::optional<std::size_t> utf8_length(std::string_view text);

// Whether `point` is a letter of any script (Unicode as the C library knows it, whatever the
// locale). Combining marks are none: a letter is written in its composed form.
bool is_letter(char32_t point);

// `text` between backticks, safe to print: control characters and what is not UTF-8 as `?`, cut
// after 40 characters.
std::string in_quotes(std::string_view text);

}  // namespace trede
