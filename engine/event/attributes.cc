#include "engine/event/attributes.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/time.h"

namespace trede {

namespace {

namespace gp = google::protobuf;

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

std::string joined(const std::vector<std::string>& codes) {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : ", ") + code;
  return out;
}

// Text from outside, made safe to print in a message: cut at 40 characters, no control characters.
std::string quoted(std::string_view text) {
  std::string out = "`";
  for (const char c : text.substr(0, 40)) {
    out.push_back(static_cast<unsigned char>(c) < 0x20 ? '?' : c);
  }
  return out + (text.size() > 40 ? "...`" : "`");
}

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// How many characters a UTF-8 sequence that starts with `first` has in bytes; 0 = not a start.
std::size_t utf8_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

// The code point of the character at `at` and its length; nothing when it is not valid UTF-8.
std::optional<std::pair<char32_t, std::size_t>> utf8_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = utf8_length(byte(at));
  if (length == 0 || at + length > text.size()) return std::nullopt;
  char32_t point = length == 1 ? byte(at) : byte(at) & (0xFFU >> (length + 1));
  for (std::size_t i = at + 1; i < at + length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return std::nullopt;
    point = (point << 6) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return std::nullopt;
  return std::pair{point, length};
}

// Letters beyond ASCII: everything from U+00C0 that is not a sign, a space or punctuation of the
// blocks in which those stand together.
bool is_wide_letter(char32_t point) {
  if (point < 0xC0) return point == 0xAA || point == 0xB5 || point == 0xBA;
  if (point == 0xD7 || point == 0xF7) return false;
  if (point >= 0x2000 && point <= 0x2BFF) return false;  // punctuation, currency, arrows, signs
  if (point >= 0x3000 && point <= 0x303F) return false;
  if (point >= 0xE000 && point <= 0xF8FF) return false;  // private use
  if (point >= 0xFE00 && point <= 0xFE0F) return false;
  if (point >= 0xFFF0 && point <= 0xFFFF) return false;
  return point < 0x1F000;  // pictures
}

Status check_naam(std::string_view text) {
  const Error bad =
      invalid("not a name: " + quoted(text) + ", expected 1 to 64 letters, digits or  ._&'()/-");
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    const auto found = utf8_at(text, at);
    if (!found) return invalid("not valid UTF-8");
    const auto [point, length] = *found;
    const bool good = point < 0x80
                          ? is_alnum(text[at]) || std::string_view(" ._&'()/-").contains(text[at])
                          : is_wide_letter(point);
    if (!good) return bad;
    at += length;
  }
  if (characters < 1 || characters > 64) return bad;
  return {};
}

Status check_ascii(std::string_view text, std::string_view also, const char* what) {
  const bool good = !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [&](char c) {
    return is_alnum(c) || also.contains(c);
  });
  if (good) return {};
  return invalid(std::string("not a ") + what + ": " + quoted(text) +
                 ", expected 1 to 64 of A-Z a-z 0-9 " + std::string(also));
}

// A decimal with at most `decimals` decimals as units of its last place.
std::optional<std::int64_t> decimal_units(std::string_view text, int decimals, TextStyle style) {
  std::string plain{text};
  if (style == TextStyle::kDutch && !plain.contains('.')) {
    std::ranges::replace(plain, ',', '.');
  }
  const bool negative = plain.starts_with('-');
  std::string_view rest = plain;
  if (negative) rest.remove_prefix(1);
  const auto point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? "" : rest.substr(point + 1);
  const auto all_digits = [](std::string_view s) {
    return std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (whole.empty() || !all_digits(whole) || !all_digits(part)) return std::nullopt;
  if (point != std::string_view::npos && part.empty()) return std::nullopt;
  std::string_view significant = part;
  while (significant.ends_with('0')) significant.remove_suffix(1);
  if (significant.size() > static_cast<std::size_t>(decimals)) return std::nullopt;
  std::string units{whole};
  units.append(significant);
  units.append(static_cast<std::size_t>(decimals) - significant.size(), '0');
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(units.data(), units.data() + units.size(), value);
  if (error != std::errc{} || end != units.data() + units.size()) return std::nullopt;
  return negative ? -value : value;
}

std::string decimal_text(std::int64_t units, int decimals) {
  std::string digits = std::to_string(units < 0 ? -units : units);
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  std::string out = digits.substr(0, digits.size() - places);
  std::string part = digits.substr(digits.size() - places);
  while (part.ends_with('0')) part.pop_back();
  if (!part.empty()) out += "." + part;
  return (units < 0 ? "-" : "") + out;
}

// A form that is a number: how many decimals it is stored with, and its range.
struct NumberForm {
  int decimals;
  std::int64_t least;
  std::int64_t most;
  const char* expected;
};

std::optional<NumberForm> number_form(pb::Form form) {
  constexpr std::int64_t kMost = 999'999'999'999'999'999;
  switch (form) {
    case pb::FORM_DEELTIJDFACTOR:
      return NumberForm{4, 1, 20'000, "a decimal above 0 and at most 2, at most 4 decimals"};
    case pb::FORM_UREN: return NumberForm{3, 0, 168'000, "hours from 0 to 168, at most 3 decimals"};
    case pb::FORM_DECIMAAL: return NumberForm{6, -kMost, kMost, "a decimal, at most 6 decimals"};
    case pb::FORM_PERCENTAGE: return NumberForm{0, 1, 100, "a whole number from 1 to 100"};
    case pb::FORM_GEBOORTEJAAR: return NumberForm{0, 1900, 2100, "a year from 1900 to 2100"};
    case pb::FORM_AANTAL:
      return NumberForm{0, 1, 1'000'000'000, "a whole number from 1 to 1000000000"};
    case pb::FORM_EUROCENT: return NumberForm{0, -kMost, kMost, "a whole number of eurocents"};
    case pb::FORM_UNSPECIFIED:
    case pb::FORM_NAAM:
    case pb::FORM_KENMERK:
    case pb::FORM_DAG:
    case pb::FORM_PERIODE:
    case pb::FORM_WAAR:
    case pb::FORM_MAAT:
    case pb::FORM_TEKST:
    default: return std::nullopt;  // not numbers; the sentinels of an open enum
  }
}

Status check_maat(std::string_view text) {
  const bool good = !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (good) return {};
  return invalid("not a code: " + quoted(text) + ", expected 1 to 64 of a-z 0-9 _");
}

// `dim=code;dim=code`, each dimension once.
Status check_waar(std::string_view text) {
  const Error bad = invalid("not a condition: " + quoted(text) + ", expected dim=code;dim=code");
  std::vector<std::string_view> seen;
  while (true) {
    const std::string_view part = text.substr(0, text.find(';'));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) return bad;
    const std::string_view dimension = part.substr(0, equals);
    if (!check_maat(dimension) || !check_naam(part.substr(equals + 1))) return bad;
    if (std::ranges::find(seen, dimension) != seen.end()) {
      return invalid("dimension " + quoted(dimension) + " stands twice, expected each once");
    }
    seen.push_back(dimension);
    if (part.size() == text.size()) return {};
    text.remove_prefix(part.size() + 1);
  }
}

Status check_tekst(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++characters) {
    const auto found = utf8_at(text, at);
    if (!found) return invalid("not valid UTF-8");
    const bool control = found->first < 0x20 && found->first != '\n';
    if (control) return invalid("a control character, expected text");
    at += found->second;
  }
  if (characters < 1 || characters > 4000) return invalid("expected 1 to 4000 characters");
  return {};
}

Status check_text_form(pb::Form form, std::string_view text) {
  switch (form) {
    case pb::FORM_NAAM: return check_naam(text);
    case pb::FORM_KENMERK: return check_ascii(text, "._-", "kenmerk");
    case pb::FORM_MAAT: return check_maat(text);
    case pb::FORM_WAAR: return check_waar(text);
    case pb::FORM_TEKST: return check_tekst(text);
    case pb::FORM_PERIODE: {
      const auto period = parse_periode(text);
      if (!period) return std::unexpected(period.error());
      return {};
    }
    default: break;  // numbers, days and codes are no text
  }
  TREDE_CHECK(false, "a text attribute with a form that is no text");
}

Result<int> parse_code(const Attribute& attribute, std::string_view text) {
  if (std::ranges::find(attribute.codes, text) == attribute.codes.end()) {
    return invalid("unknown code " + quoted(text) + ", expected one of " + joined(attribute.codes));
  }
  return number_of_code(*attribute.field->enum_type(), text);
}

Status set_list(gp::Message& message, const Attribute& attribute, std::string_view text) {
  std::vector<int> numbers;
  while (true) {
    const std::string_view part = text.substr(0, text.find('|'));
    if (part.empty()) return invalid("an empty element, expected codes separated by |");
    const auto number = parse_code(attribute, part);
    if (!number) return std::unexpected(number.error());
    if (std::ranges::find(numbers, *number) != numbers.end()) {
      return invalid("code " + quoted(part) + " stands twice, expected each code once");
    }
    numbers.push_back(*number);
    if (part.size() == text.size()) break;
    text.remove_prefix(part.size() + 1);
  }
  std::ranges::sort(numbers);
  const auto& reflection = *message.GetReflection();
  reflection.ClearField(&message, attribute.field);
  for (const int number : numbers) {
    reflection.AddEnumValue(&message, attribute.field, number);
  }
  return {};
}

void set_integer(gp::Message& message, const gp::FieldDescriptor& field, std::int64_t value) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case gp::FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(&message, &field, static_cast<std::uint32_t>(value));
    case gp::FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&message, &field, static_cast<std::int32_t>(value));
    case gp::FieldDescriptor::CPPTYPE_INT64: return reflection.SetInt64(&message, &field, value);
    default: TREDE_CHECK(false, "a number attribute of a type that is no number");
  }
}

std::int64_t integer_of(const gp::Message& message, const gp::FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case gp::FieldDescriptor::CPPTYPE_UINT32: return reflection.GetUInt32(message, &field);
    case gp::FieldDescriptor::CPPTYPE_INT32: return reflection.GetInt32(message, &field);
    case gp::FieldDescriptor::CPPTYPE_INT64: return reflection.GetInt64(message, &field);
    default: TREDE_CHECK(false, "a number attribute of a type that is no number");
  }
}

bool is_present(const gp::Message& message, const Attribute& attribute) {
  const auto& reflection = *message.GetReflection();
  if (attribute.list) return reflection.FieldSize(message, attribute.field) > 0;
  return reflection.HasField(message, attribute.field);
}

// What is wrong with a value that is present.
Status check_value(const gp::Message& message, const Attribute& attribute) {
  const auto& reflection = *message.GetReflection();
  if (!attribute.codes.empty()) {
    int before = 0;
    const int count = attribute.list ? reflection.FieldSize(message, attribute.field) : 1;
    for (int i = 0; i < count; ++i) {
      const int number = attribute.list
                             ? reflection.GetRepeatedEnumValue(message, attribute.field, i)
                             : reflection.GetEnumValue(message, attribute.field);
      const auto* value = attribute.field->enum_type()->FindValueByNumber(number);
      const bool known = number != 0 && value != nullptr &&
                         std::ranges::find(attribute.codes,
                                           code_of_number(*attribute.field->enum_type(), number)) !=
                             attribute.codes.end();
      if (!known) {
        return invalid("unknown code number " + std::to_string(number) + ", expected one of " +
                       joined(attribute.codes));
      }
      if (number <= before) return invalid("codes not ascending, expected each once, in order");
      before = number;
    }
    return {};
  }
  if (const auto form = number_form(attribute.form)) {
    const std::int64_t value = integer_of(message, *attribute.field);
    if (value >= form->least && value <= form->most) return {};
    return invalid("out of range: " + decimal_text(value, form->decimals) + ", expected " +
                   form->expected);
  }
  if (attribute.form == pb::FORM_DAG) return {};
  return check_text_form(attribute.form, reflection.GetString(message, attribute.field));
}

// Combinations that a kind does not allow, whatever the history.
std::optional<Flaw> find_combination_flaw(const pb::Body& body) {
  switch (body.soort_case()) {
    case Soort::kZiekmelding:
      if (body.ziekmelding().has_percentage() && body.ziekmelding().percentage() < 100 &&
          !body.ziekmelding().has_vastgesteld_door()) {
        return Flaw{"vastgesteld_door",
                    "missing, expected bedrijfsarts or arbodienst for a percentage below 100"};
      }
      return std::nullopt;
    case Soort::kDienstverbandStart: {
      const auto& start = body.dienstverband_start();
      const bool needs_gemeente = start.dienstverband() == pb::DIENSTVERBAND_SOORT_WSW ||
                                  start.dienstverband() == pb::DIENSTVERBAND_SOORT_BESCHUT_WERK;
      if (needs_gemeente && !start.has_gemeente()) {
        return Flaw{"gemeente",
                    "missing, expected a gemeente for a wsw or beschut_werk "
                    "dienstverband"};
      }
      return std::nullopt;
    }
    case Soort::kDienstverbandGewijzigd:
      if (!body.dienstverband_gewijzigd().has_afdeling() &&
          !body.dienstverband_gewijzigd().has_deeltijdfactor()) {
        return Flaw{"afdeling", "missing, expected an afdeling, a deeltijdfactor or both"};
      }
      return std::nullopt;
    default: return std::nullopt;  // the other kinds have no such combinations
  }
}

}  // namespace

gp::Message& kind_message(pb::Body& body) {
  const auto& reflection = *body.GetReflection();
  const auto* field = body.GetDescriptor()->FindFieldByNumber(body.soort_case());
  TREDE_CHECK(field != nullptr, "a body without a kind");
  return *reflection.MutableMessage(&body, field);
}

const gp::Message& kind_message(const pb::Body& body) {
  const auto* field = body.GetDescriptor()->FindFieldByNumber(body.soort_case());
  TREDE_CHECK(field != nullptr, "a body without a kind");
  return body.GetReflection()->GetMessage(body, field);
}

void set_kind(pb::Body& body, Soort soort) {
  body.Clear();
  body.GetReflection()->MutableMessage(&body, body.GetDescriptor()->FindFieldByNumber(soort));
}

Status set_attribute(gp::Message& message, const Attribute& attribute, std::string_view text,
                     TextStyle style) {
  if (attribute.list) return set_list(message, attribute, text);
  const auto& reflection = *message.GetReflection();
  if (!attribute.codes.empty()) {
    const auto number = parse_code(attribute, text);
    if (!number) return std::unexpected(number.error());
    reflection.SetEnumValue(&message, attribute.field, *number);
    return {};
  }
  if (attribute.form == pb::FORM_DAG) {
    auto day = parse_day(text);
    if (!day && style == TextStyle::kDutch) day = parse_dutch_day(text);
    if (!day) return std::unexpected(day.error());
    set_integer(message, *attribute.field, day_number(*day));
    return {};
  }
  if (const auto form = number_form(attribute.form)) {
    const auto value = decimal_units(text, form->decimals, style);
    if (!value || *value < form->least || *value > form->most) {
      return invalid("not valid: " + quoted(text) + ", expected " + form->expected);
    }
    set_integer(message, *attribute.field, *value);
    return {};
  }
  TREDE_RETURN_IF_ERROR(check_text_form(attribute.form, text));
  reflection.SetString(&message, attribute.field, std::string(text));
  return {};
}

std::string attribute_text(const gp::Message& message, const Attribute& attribute) {
  if (!is_present(message, attribute)) return "";
  const auto& reflection = *message.GetReflection();
  if (attribute.list) {
    std::string out;
    for (int i = 0; i < reflection.FieldSize(message, attribute.field); ++i) {
      if (i > 0) out.push_back('|');
      out += code_of_number(*attribute.field->enum_type(),
                            reflection.GetRepeatedEnumValue(message, attribute.field, i));
    }
    return out;
  }
  if (!attribute.codes.empty()) {
    return code_of_number(*attribute.field->enum_type(),
                          reflection.GetEnumValue(message, attribute.field));
  }
  if (attribute.form == pb::FORM_DAG) {
    return format_day(day_from_number(static_cast<int>(integer_of(message, *attribute.field))));
  }
  if (const auto form = number_form(attribute.form)) {
    return decimal_text(integer_of(message, *attribute.field), form->decimals);
  }
  return reflection.GetString(message, attribute.field);
}

std::optional<Flaw> find_flaw(const pb::Body& body) {
  if (body.soort_case() == Soort::SOORT_NOT_SET) return Flaw{"soort", "missing, expected a kind"};
  if (body.soort_case() == Soort::kCorrectie) {
    const pb::Body& door = body.correctie().door();
    if (body.correctie().vervangt().size() != 16) return Flaw{"vervangt", "missing"};
    if (door.soort_case() == Soort::kCorrectie || door.soort_case() == Soort::kIntrekking) {
      return Flaw{"soort", "a correctie cannot put a correctie or intrekking in place"};
    }
    return find_flaw(door);
  }
  if (body.soort_case() == Soort::kIntrekking && body.intrekking().vervangt().size() != 16) {
    return Flaw{"vervangt", "missing, expected the event_id of the event that is withdrawn"};
  }
  const gp::Message& message = kind_message(body);
  for (const Attribute& attribute : kind_of(body.soort_case()).attributes) {
    if (!is_present(message, attribute)) {
      if (!attribute.required) continue;
      return Flaw{
          attribute.name,
          "missing, expected " + (attribute.codes.empty() ? std::string("a value")
                                                          : "one of " + joined(attribute.codes))};
    }
    const Status checked = check_value(message, attribute);
    if (!checked) return Flaw{attribute.name, checked.error().message};
  }
  return find_combination_flaw(body);
}

Status check_key(std::string_view key) {
  TREDE_RETURN_IF_ERROR(check_ascii(key, "._-", "KEY"));
  const bool digits = std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || key.size() < 8 || key.size() > 9) return {};
  // The BSN check (elfproef): weights 9 .. 2 and -1; eight digits have a leading zero.
  int sum = 0;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const int place = static_cast<int>(key.size() - i);  // 1 = the last digit
    sum += (place == 1 ? -1 : place) * (key[i] - '0');
  }
  if (sum % 11 == 0) {
    return invalid("a KEY that may be a BSN, expected a number or name of your own");
  }
  return {};
}

Status check_label(std::string_view label) { return check_ascii(label, "._@-", "label"); }

}  // namespace trede
