#include "tools/server/http/trace.h"

#include <algorithm>
#include <array>
#include <span>

#include "engine/base/text.h"

namespace trede::server {
namespace {

bool is_lower_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

bool is_zero(std::string_view text) {
  return text.find_first_not_of('0') == std::string_view::npos;
}

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace

std::optional<std::string> parse_traceparent(std::string_view header) {
  constexpr std::size_t kSize = 2 + 1 + 32 + 1 + 16 + 1 + 2;  // version-trace-parent-flags
  if (header.size() < kSize || header[2] != '-' || header[35] != '-' || header[52] != '-') {
    return std::nullopt;
  }
  const auto version = header.substr(0, 2);
  const auto trace = header.substr(3, 32);
  const auto parent = header.substr(36, 16);
  if (!is_lower_hex(version) || version == "ff" || !is_lower_hex(trace) || is_zero(trace) ||
      !is_lower_hex(parent) || is_zero(parent) || !is_lower_hex(header.substr(53, 2))) {
    return std::nullopt;
  }
  // A later version may have more behind another dash; this one ends here.
  const auto rest = header.substr(kSize);
  if (!rest.empty() && (version == "00" || rest[0] != '-')) return std::nullopt;
  return std::string(trace);
}

Trace make_trace(std::optional<std::string_view> traceparent, RandomSource& random) {
  std::array<std::uint8_t, 24> bytes{};
  random.fill(bytes);
  bytes[15] |= 1;  // all zeros would not be valid
  bytes[23] |= 1;
  const std::span<const std::uint8_t> all(bytes);
  auto kept = traceparent ? parse_traceparent(*traceparent) : std::nullopt;
  return {kept ? std::move(*kept) : hex(all.first(16)), hex(all.last(8))};
}

}  // namespace trede::server
