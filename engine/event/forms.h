// The forms of attributes (`pb::Form`): how a value is written as text, and which are valid.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "proto/event.pb.h"

namespace trede {

// How days and decimals may be written.
enum class TextStyle {
  kPlain,  // YYYY-MM-DD, decimal point
  kDutch,  // also DD-MM-YYYY, and a decimal comma
};

// A form that is a number: stored as units of its last decimal, within a range.
struct NumberForm {
  int decimals;  // 0 = whole: no decimal point may be written
  std::int64_t least;
  std::int64_t most;
  const char* expected;  // for messages
};

// Absent for forms that are texts or days.
std::optional<NumberForm> number_form(pb::Form form);

// A number written with at most `form.decimals` decimals, within its range, in units of its last
// decimal. Errors: kInvalid, "what is wrong, what was expected".
Result<std::int64_t> parse_number(const NumberForm& form, std::string_view text, TextStyle style);
// Without trailing zeros: `12`, `0.8`, `-3.25`.
std::string number_text(const NumberForm& form, std::int64_t units);
Status check_number(const NumberForm& form, std::int64_t units);

// Whether `text` has `form`, one of those that are texts.
// Errors: kInvalid, "what is wrong, what was expected".
Status check_text(pb::Form form, std::string_view text);

// The parts of the months of a year, of which at least one is not 0. Errors: kInvalid.
using Seizoen = std::array<std::uint32_t, 12>;
Result<Seizoen> parse_seizoen(std::string_view text);

// A form that is bytes: at least and at most so many, and how they are written.
struct BytesForm {
  std::size_t least;
  std::size_t most;
  bool hex;              // else base64
  const char* expected;  // for messages
};

// Absent for forms that are no bytes.
std::optional<BytesForm> bytes_form(pb::Form form);
// Errors: kInvalid, "what is wrong, what was expected"; the message does not repeat the text.
Result<std::string> parse_bytes(const BytesForm& form, std::string_view text);
std::string bytes_text(const BytesForm& form, std::string_view bytes);
Status check_bytes(const BytesForm& form, std::string_view bytes);

// [A-Za-z0-9._-]{1,64} and not an 8- or 9-digit number that passes the BSN check.
// Errors: kInvalid; the message does not repeat the KEY, which may be a person's.
Status check_key(std::string_view key);
// [A-Za-z0-9._@-]{1,64}, for actor and groep. Errors: kInvalid; the message does not repeat it.
Status check_label(std::string_view label);

}  // namespace trede
