#include "tools/trede/text.h"

#include <algorithm>
#include <boost/json.hpp>

#include "engine/base/text.h"

namespace trede::tool {

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string out;
  for (const auto& cell : cells) {
    if (&cell != &cells.front()) out.push_back(',');
    out += csv_cell(cell);
  }
  // A line of one empty cell would read back as an empty line.
  if (cells.size() == 1 && out.empty()) out = "\"\"";
  out.push_back('\n');
  return out;
}

std::string json_string(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

namespace {

// What a terminal acts on instead of showing it: C0, DEL and C1.
bool is_control(char32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// Appends the character at `at`; of a control character `control`, of what is no UTF-8 `?`.
// Returns where the next one begins.
std::size_t append_shown(std::string& out, std::string_view text, std::size_t at, char control) {
  const auto found = utf8_at(text, at);
  if (!found) {
    out.push_back('?');
    return at + 1;
  }
  if (is_control(found->point)) {
    out.push_back(control);
  } else {
    out.append(text.substr(at, found->length));
  }
  return at + found->length;
}

}  // namespace

std::string printable(std::string_view text, std::size_t characters) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t shown = 0; at < text.size() && shown < characters; ++shown) {
    at = append_shown(out, text, at, '?');
  }
  return at < text.size() ? out + "..." : out;
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) at = append_shown(out, text, at, ' ');
  return out;
}

std::string shown_name(std::string_view name) { return printable(name, 60); }

std::string url_escaped(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  static constexpr std::string_view kPlain = "-._~";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || kPlain.contains(c);
    if (is_plain) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
  return out;
}

std::string counted(std::uint64_t count, const std::string& singular) {
  return std::to_string(count) + " " + singular + (count == 1 ? "" : "s");
}

std::size_t text_width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (true) {
    const auto at = text.find(separator);
    out.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const auto& part : parts) {
    if (&part != &parts.front()) out += separator;
    out += part;
  }
  return out;
}

Outcome<std::vector<std::string>> split_words(std::string_view line) {
  std::vector<std::string> words;
  bool in_word = false;
  bool in_quotes = false;
  for (const char c : line) {
    if (c == '"') {
      in_quotes = !in_quotes;
    } else if ((c == ' ' || c == '\t') && !in_quotes) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (c != '"') words.back().push_back(c);
  }
  if (in_quotes) return wrong_input("a quote that is not closed, expected another \"");
  return words;
}

Outcome<Format> parse_format(std::string_view text) {
  if (text == "table") return Format::kTable;
  if (text == "csv") return Format::kCsv;
  if (text == "json") return Format::kJson;
  return wrong_input("--format: unknown format `" + std::string(text) +
                     "`, expected table, csv or json");
}

}  // namespace trede::tool
