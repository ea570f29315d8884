// From where on an export is.
#pragma once

#include <charconv>
#include <optional>
#include <string>

#include "engine/base/ids.h"
#include "tools/trede/failure.h"

namespace trede::tool {

// What `--from` says of a log that ends at `last`. The position after the last is allowed: there is
// nothing to write then. Errors: exit status 2.
inline Outcome<Position> parse_export_from(const std::optional<std::string>& from, Position last) {
  if (!from) return Position{1};
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(from->data(), from->data() + from->size(), value);
  const bool whole = error == std::errc{} && end == from->data() + from->size();
  if (!whole || value < 1 || value > last.value + 1) {
    return wrong_input("--from: `" + *from + "` is not a position of this log, expected 1 to " +
                       std::to_string(last.value + 1));
  }
  return Position{value};
}

}  // namespace trede::tool
