// Days, moments, periods, numbers, ids and texts, as cells and options have them. What is written
// by us can be read, and is the same.
#include "engine/base/ids.h"
#include "engine/base/text.h"
#include "engine/base/time.h"
#include "engine/event/forms.h"
#include "tests/fuzz/target.h"
#include "tools/trede/text.h"

using namespace trede;
using namespace trede::test;

namespace {

void read_times(std::string_view text) {
  for (const auto& day : {parse_day(text), parse_dutch_day(text)}) {
    if (!good(day)) continue;
    const auto again = parse_day(format_day(*day));
    must(good(again) && *again == *day, "a day comes back");
  }
  if (const auto moment = parse_moment(text); good(moment)) {
    const auto again = parse_moment(format_moment(*moment));
    must(good(again) && *again == *moment, "a moment comes back");
  }
  for (const auto& period : {parse_periode(text), parse_tijdvak(text)}) {
    if (good(period)) must(period->van <= period->tm, "a period has days");
  }
}

void read_number(const NumberForm& form, std::string_view text) {
  for (const TextStyle style : {TextStyle::kPlain, TextStyle::kDutch}) {
    const auto units = parse_number(form, text, style);
    if (!good(units)) continue;
    must(good(check_number(form, *units)), "a number that was read is in its range");
    const auto again = parse_number(form, number_text(form, *units), TextStyle::kPlain);
    must(good(again) && *again == *units, "a number comes back");
  }
}

void read_forms(std::string_view text) {
  for (int number = pb::Form_MIN; number <= pb::Form_MAX; ++number) {
    if (!pb::Form_IsValid(number)) continue;
    const auto form = static_cast<pb::Form>(number);
    if (const auto numbers = number_form(form)) {
      read_number(*numbers, text);
    } else if (const auto bytes = bytes_form(form)) {
      const auto read = parse_bytes(*bytes, text);
      if (!good(read)) continue;
      must(good(check_bytes(*bytes, *read)), "bytes that were read may be");
      const auto again = parse_bytes(*bytes, bytes_text(*bytes, *read));
      must(good(again) && *again == *read, "bytes come back");
    }
  }
  good(parse_seizoen(text));
  good(check_key(text));
  good(check_label(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  read_times(text);
  read_forms(text);
  if (const auto uuid = parse_uuid(text); good(uuid)) {
    const auto again = parse_uuid(uuid->text());
    must(good(again) && *again == *uuid, "an id comes back");
  }
  const bool is_utf8 = utf8_length(text).has_value();
  must(utf8_length(in_quotes(text)).has_value(), "what is quoted can be shown");
  must(tool::csv_cell(text).size() >= text.size(), "a cell holds its text");
  if (is_utf8) must(tool::json_string(text).size() >= text.size() + 2, "a string holds its text");
  return 0;
}
