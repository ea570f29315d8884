#include "engine/base/text.h"

#include <locale.h>

#include <cwctype>

#include "engine/base/check.h"

namespace trede {

namespace {

// Bytes of a sequence that starts with `first`; 0 = nothing starts so.
std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

// Built into the C library, so that no installed locale or environment can change the answer.
locale_t unicode() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  TREDE_CHECK(locale != nullptr, "the C library has no C.UTF-8");
  return locale;
}

}  // namespace

std::optional<Character> utf8_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = sequence_length(byte(at));
  if (length == 0 || at + length > text.size()) return std::nullopt;
  char32_t point = length == 1 ? byte(at) : byte(at) & (0xFFU >> (length + 1));
  for (std::size_t i = at + 1; i < at + length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return std::nullopt;
    point = (point << 6) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return std::nullopt;
  return Character{point, length};
}

std::optional<std::size_t> utf8_length(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    const auto found = utf8_at(text, at);
    if (!found) return std::nullopt;
    at += found->length;
  }
  return characters;
}

bool is_letter(char32_t point) { return iswalpha_l(static_cast<wint_t>(point), unicode()) != 0; }

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kShown = 40;
  std::string out = "`";
  std::size_t at = 0;
  for (std::size_t shown = 0; at < text.size() && shown < kShown; ++shown) {
    const auto found = utf8_at(text, at);
    const bool control =
        !found || found->point < 0x20 || (found->point >= 0x7F && found->point < 0xA0);
    const std::size_t length = found ? found->length : 1;
    out.append(control ? "?" : text.substr(at, length));
    at += length;
  }
  return out + (at < text.size() ? "...`" : "`");
}

}  // namespace trede
