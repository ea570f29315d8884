// Pieces of text that several formats need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/trede/failure.h"

namespace trede::tool {

// A CSV cell: quoted only where RFC 4180 needs it.
std::string csv_cell(std::string_view text);
// One CSV line, with its line feed.
std::string csv_line(const std::vector<std::string>& cells);
// A JSON string, with its quotes. Requires: UTF-8.
std::string json_string(std::string_view text);

// At most `characters` of a text of the caller, safe to print: control characters and what is not
// UTF-8 as `?`; what was cut off as `...`.
std::string printable(std::string_view text, std::size_t characters);
// A message on one line, whatever text of the caller stands in it: control characters as spaces,
// what is not UTF-8 as `?`.
std::string one_line(std::string_view text);
// A name that the caller gave to a column, as messages have it.
std::string shown_name(std::string_view name);

// As part of a URL, percent-encoded where it is not unreserved (RFC 3986).
std::string url_escaped(std::string_view text);

// `1 finding`, `2 findings`.
std::string counted(std::uint64_t count, const std::string& singular);

// How wide the text is on a terminal: UTF-8 characters, not bytes.
std::size_t text_width(std::string_view text);

// `a,b,c` in parts; an empty text has one empty part.
std::vector<std::string> split(std::string_view text, char separator);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);

// The words of a line: split at spaces; `"` keeps spaces together until the next one.
// Errors: a quote that is not closed.
Outcome<std::vector<std::string>> split_words(std::string_view line);

enum class Format { kTable, kCsv, kJson };
// `text` or, when absent, kTable. Errors: names the allowed ones.
Outcome<Format> parse_format(std::string_view text);

}  // namespace trede::tool
