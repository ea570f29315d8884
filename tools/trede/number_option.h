// An option that is a whole number.
#pragma once

#include <charconv>
#include <optional>
#include <string>

#include "tools/trede/failure.h"

namespace trede::tool {

// Leaves `into` as it is when the option was not given. Errors: it is no number that fits.
template <typename Number>
Outcome<> take_number(const char* option, const std::optional<std::string>& text, Number& into) {
  if (!text) return {};
  const char* end = text->data() + text->size();
  const auto [stopped, error] = std::from_chars(text->data(), end, into);
  if (error == std::errc{} && stopped == end) return {};
  return wrong_input(std::string(option) + ": `" + *text + "` is not a whole number here, " +
                     "expected digits only");
}

}  // namespace trede::tool
