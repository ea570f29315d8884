#include "engine/event/catalogue.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <unordered_map>
#include <utility>

#include "engine/base/check.h"

namespace trede {

namespace {

namespace gp = google::protobuf;

// Codes of one enum, both ways.
struct EnumCodes {
  std::vector<std::string> codes;
  std::unordered_map<int, std::string> by_number;
  std::unordered_map<std::string, int> by_code;
};

// `IntakeUitkomst` to `INTAKE_UITKOMST_`.
std::string prefix_of(const std::string& enum_name) {
  std::string prefix;
  for (const char c : enum_name) {
    if (std::isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix.push_back('_');
    prefix.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  }
  return prefix + "_";
}

EnumCodes read_enum(const gp::EnumDescriptor& type) {
  EnumCodes out;
  const std::string prefix = prefix_of(type.name());
  for (int i = 0; i < type.value_count(); ++i) {
    const auto& value = *type.value(i);
    if (value.number() == 0) continue;
    TREDE_CHECK(value.name().starts_with(prefix), "an enum value without the name of its enum");
    std::string code = value.name().substr(prefix.size());
    std::ranges::transform(code, code.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    out.by_number[value.number()] = code;
    out.by_code[code] = value.number();
    out.codes.push_back(std::move(code));
  }
  return out;
}

const EnumCodes& enum_codes(const gp::EnumDescriptor& type) {
  static const auto all = [] {
    std::unordered_map<const gp::EnumDescriptor*, EnumCodes> codes;
    const auto& file = *gp::GetEnumDescriptor<pb::Regeling>()->file();
    for (int i = 0; i < file.enum_type_count(); ++i) {
      codes.emplace(file.enum_type(i), read_enum(*file.enum_type(i)));
    }
    return codes;
  }();
  const auto found = all.find(&type);
  TREDE_CHECK(found != all.end(), "an enum that is not in codes.proto");
  return found->second;
}

Attribute read_attribute(const gp::FieldDescriptor& field) {
  const auto& options = field.options();
  Attribute attribute{.name = field.name(),
                      .field = &field,
                      .form = options.GetExtension(pb::form),
                      .required = options.GetExtension(pb::verplicht),
                      .list = field.is_repeated(),
                      .standaard = options.GetExtension(pb::standaard),
                      .codes = {},
                      .numbers = {}};
  if (field.enum_type() != nullptr) {
    const EnumCodes& all = enum_codes(*field.enum_type());
    for (const std::string& code : all.codes) {
      if (code == options.GetExtension(pb::uitgezonderd)) continue;
      attribute.codes.push_back(code);
      attribute.numbers.push_back(all.by_code.at(code));
    }
  } else {
    TREDE_CHECK(attribute.form != pb::FORM_UNSPECIFIED, "an attribute without a form");
  }
  return attribute;
}

std::optional<StreamKind> stream_of_kind(Soort soort) {
  if (soort == Soort::kCorrectie || soort == Soort::kIntrekking) return std::nullopt;
  if (soort < Soort::kRelatieStart) return StreamKind::kDossier;
  if (soort < Soort::kGemeenteToegetreden) return StreamKind::kWerkgever;
  return StreamKind::kOrganisatie;
}

// What is agreed beforehand may be recorded up to a year ahead.
int days_ahead_of(std::string_view code) {
  for (const std::string_view agreed : {"dienstverband_", "plaatsing", "voorziening_", "verlof_"}) {
    if (code.starts_with(agreed)) return 366;
  }
  return 1;
}

std::vector<Kind> read_kinds() {
  std::vector<Kind> out;
  const auto& soort = *pb::Body::descriptor()->FindOneofByName("soort");
  for (int i = 0; i < soort.field_count(); ++i) {
    const auto& field = *soort.field(i);
    Kind kind{.soort = static_cast<Soort>(field.number()),
              .code = field.name(),
              .stream = stream_of_kind(static_cast<Soort>(field.number())),
              .days_ahead = days_ahead_of(field.name()),
              .attributes = {}};
    const auto& message = *field.message_type();
    for (int j = 0; j < message.field_count(); ++j) {
      const auto& attribute = *message.field(j);
      // `vervangt` and the event put in place belong to the envelope of a row, not to its kind.
      if (attribute.name() == "vervangt" || attribute.name() == "door") continue;
      kind.attributes.push_back(read_attribute(attribute));
    }
    out.push_back(std::move(kind));
  }
  return out;
}

}  // namespace

const Attribute* Kind::find_attribute(std::string_view name) const {
  const auto found = std::ranges::find(attributes, name, &Attribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = read_kinds();
  return all;
}

const Kind* find_kind(std::string_view code) {
  const auto found = std::ranges::find(kinds(), code, &Kind::code);
  return found == kinds().end() ? nullptr : &*found;
}

const Kind& kind_of(Soort soort) {
  static const auto by_number = [] {
    std::vector<const Kind*> out;
    for (const Kind& kind : kinds()) {
      const auto number = static_cast<std::size_t>(kind.soort);
      if (out.size() <= number) out.resize(number + 1, nullptr);
      out[number] = &kind;
    }
    return out;
  }();
  const auto number = static_cast<std::size_t>(soort);
  TREDE_CHECK(number < by_number.size() && by_number[number] != nullptr, "a kind without a name");
  return *by_number[number];
}

const std::vector<std::string>& attribute_names() {
  static const auto names = [] {
    std::vector<std::string> out;
    for (const Kind& kind : kinds()) {
      for (const Attribute& attribute : kind.attributes) {
        if (std::ranges::find(out, attribute.name) == out.end()) out.push_back(attribute.name);
      }
    }
    return out;
  }();
  return names;
}

const std::string& code_of_number(const gp::EnumDescriptor& type, int number) {
  const auto& codes = enum_codes(type).by_number;
  const auto found = codes.find(number);
  TREDE_CHECK(found != codes.end(), "a code without a name");
  return found->second;
}

int number_of_code(const gp::EnumDescriptor& type, std::string_view code) {
  const auto& codes = enum_codes(type).by_code;
  const auto found = codes.find(std::string(code));
  return found == codes.end() ? 0 : found->second;
}

const std::vector<std::string>& codes_of(const gp::EnumDescriptor& type) {
  return enum_codes(type).codes;
}

}  // namespace trede
