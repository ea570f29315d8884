// The catalogue of event kinds: names, order, attributes and codes, read once from the descriptors
// of proto/event.proto. Everything that speaks about kinds by name (files, options, help, checks)
// asks here, so a kind or a code is added in one place.
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "proto/event.pb.h"

namespace trede {

// A kind of event. Its number is that of `Body.soort`; numbers rise in the order of kinds in a day.
using Soort = pb::Body::SoortCase;

struct Attribute {
  std::string name;  // of the column, the option and the protobuf field
  const google::protobuf::FieldDescriptor* field;
  pb::Form form;  // FORM_UNSPECIFIED for codes
  bool required;
  bool list;                       // several codes, separated by `|` in text
  std::string standaard;           // what holds when left out; empty = nothing
  std::vector<std::string> codes;  // allowed codes in the order of the enum; empty = not a code
  std::vector<int> numbers;        // the stored numbers of `codes`, in the same order
};

struct Kind {
  Soort soort;
  std::string code;  // `trede_doorstroom`
  // Absent for correctie and intrekking: they go to the stream of the event they replace.
  std::optional<StreamKind> stream;
  // May lie at most so many days after the civil day of recording: 1 or 366.
  int days_ahead;
  // In the order of the fields. For a correctie: none; its attributes are those of its kind.
  std::vector<Attribute> attributes;

  const Attribute* find_attribute(std::string_view name) const;
};

// All kinds, in the order of the table. Lives for ever.
const std::vector<Kind>& kinds();
const Kind* find_kind(std::string_view code);
// Requires: a kind that exists (not SOORT_NOT_SET).
const Kind& kind_of(Soort soort);
// The names of all attributes of all kinds, each once, in the order of first appearance.
const std::vector<std::string>& attribute_names();

// The code of an enum value: its name in lower case without that of its enum.
// Requires: a value of the enum other than zero.
template <typename Enum>
const std::string& code_of(Enum value);
const std::string& code_of_number(const google::protobuf::EnumDescriptor& type, int number);
// Zero when the enum has no such code.
int number_of_code(const google::protobuf::EnumDescriptor& type, std::string_view code);
// All codes of an enum in its order, zero left out.
const std::vector<std::string>& codes_of(const google::protobuf::EnumDescriptor& type);

template <typename Enum>
const std::string& code_of(Enum value) {
  return code_of_number(*google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value));
}

}  // namespace trede
