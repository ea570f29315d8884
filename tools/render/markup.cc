#include "tools/render/markup.h"

#include <array>
#include <charconv>

namespace trede::render {

namespace {

bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x80U || c == ' ' || (c >= '0' && c <= '9') ||
         (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string css_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (is_plain(c)) {
      out.push_back(c);
      continue;
    }
    std::array<char, 8> code{};
    const auto end = std::to_chars(code.begin(), code.end(), static_cast<unsigned char>(c), 16).ptr;
    out += "\\" + std::string(code.begin(), end) + " ";
  }
  return out + "\"";
}

}  // namespace trede::render
