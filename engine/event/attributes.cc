#include "engine/event/attributes.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/base/time.h"
#include "engine/event/no_bsn.h"

namespace trede {

namespace {

namespace gp = google::protobuf;

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

Result<int> parse_code(const Attribute& attribute, std::string_view text) {
  const auto found = std::ranges::find(attribute.codes, text);
  if (found != attribute.codes.end()) {
    return attribute.numbers[static_cast<std::size_t>(found - attribute.codes.begin())];
  }
  return invalid("unknown code " + in_quotes(text) + ", expected one of " +
                 joined(attribute.codes));
}

Status set_list(gp::Message& message, const Attribute& attribute, std::string_view text) {
  std::vector<int> numbers;
  while (true) {
    const std::string_view part = text.substr(0, text.find('|'));
    if (part.empty()) return invalid("an empty element, expected codes separated by |");
    const auto number = parse_code(attribute, part);
    if (!number) return std::unexpected(number.error());
    if (std::ranges::find(numbers, *number) != numbers.end()) {
      return invalid("code " + in_quotes(part) + " stands twice, expected each code once");
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
    case gp::FieldDescriptor::CPPTYPE_UINT64:
      return reflection.SetUInt64(&message, &field, static_cast<std::uint64_t>(value));
    default: TREDE_CHECK(false, "a number attribute of a type that is no number");
  }
}

}  // namespace

std::string joined(const std::vector<std::string>& codes) {
  std::string out;
  for (const auto& code : codes) out += (out.empty() ? "" : ", ") + code;
  return out;
}

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
  const auto* field = body.GetDescriptor()->FindFieldByNumber(soort);
  TREDE_CHECK(field != nullptr, "a kind that does not exist");
  body.Clear();
  body.GetReflection()->MutableMessage(&body, field);
}

bool has_attribute(const gp::Message& message, const Attribute& attribute) {
  const auto& reflection = *message.GetReflection();
  if (attribute.list) return reflection.FieldSize(message, attribute.field) > 0;
  return reflection.HasField(message, attribute.field);
}

std::int64_t number_of(const gp::Message& message, const Attribute& attribute) {
  const auto& reflection = *message.GetReflection();
  const auto* field = attribute.field;
  switch (field->cpp_type()) {
    case gp::FieldDescriptor::CPPTYPE_UINT32: return reflection.GetUInt32(message, field);
    case gp::FieldDescriptor::CPPTYPE_INT32: return reflection.GetInt32(message, field);
    case gp::FieldDescriptor::CPPTYPE_INT64: return reflection.GetInt64(message, field);
    case gp::FieldDescriptor::CPPTYPE_UINT64:
      return static_cast<std::int64_t>(reflection.GetUInt64(message, field));
    default: TREDE_CHECK(false, "a number attribute of a type that is no number");
  }
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
    const auto value = parse_number(*form, text, style);
    if (!value) return std::unexpected(value.error());
    set_integer(message, *attribute.field, *value);
    return {};
  }
  if (const auto form = bytes_form(attribute.form)) {
    auto bytes = parse_bytes(*form, text);
    if (!bytes) return std::unexpected(bytes.error());
    reflection.SetString(&message, attribute.field, *std::move(bytes));
    return {};
  }
  TREDE_RETURN_IF_ERROR(check_text(attribute.form, text));
  if (names_somebody(attribute.name)) TREDE_RETURN_IF_ERROR(check_no_bsn(text));
  reflection.SetString(&message, attribute.field, std::string(text));
  return {};
}

std::string attribute_text(const gp::Message& message, const Attribute& attribute) {
  if (!has_attribute(message, attribute)) return "";
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
    return format_day(day_from_number(static_cast<int>(number_of(message, attribute))));
  }
  if (const auto form = number_form(attribute.form)) {
    return number_text(*form, number_of(message, attribute));
  }
  std::string scratch;
  const std::string& value = reflection.GetStringReference(message, attribute.field, &scratch);
  if (const auto form = bytes_form(attribute.form)) return bytes_text(*form, value);
  return value;
}

}  // namespace trede
