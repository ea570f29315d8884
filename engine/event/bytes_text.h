// Bytes as text: hexadecimal for what a person compares, base64 for what is long. Each value has
// one written form; no other is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trede {

// RFC 4648 with padding, without line feeds. Requires: less than 1 GiB.
std::string base64_text(std::string_view bytes);
// Absent for what base64_text does not write; empty text is no bytes.
std::optional<std::string> parse_base64(std::string_view text);

// Two digits a byte, lower case.
std::string hex_text(std::string_view bytes);
// Absent for what hex_text does not write.
std::optional<std::string> parse_hex(std::string_view text);

}  // namespace trede
