#include "tests/unit/proto/descriptor_lock.h"

#include <algorithm>
#include <fstream>

#include "proto/event.pb.h"
#include "proto/evidence.pb.h"
#include "proto/frozen.pb.h"
#include "proto/storage.pb.h"

namespace trede::test {

namespace {

namespace gp = google::protobuf;

std::string type_of(const gp::FieldDescriptor& field) {
  if (field.message_type() != nullptr) return field.message_type()->full_name();
  if (field.enum_type() != nullptr) return field.enum_type()->full_name();
  return field.type_name();
}

std::string line_of(const gp::FieldDescriptor& field) {
  std::string line = field.containing_type()->full_name() + " " + std::to_string(field.number()) +
                     " " + field.name() + ": ";
  if (field.is_repeated()) line += "repeated ";
  if (field.has_optional_keyword()) line += "optional ";
  line += type_of(field);
  if (const auto* oneof = field.real_containing_oneof()) line += " in " + oneof->name();
  // What a stored number means is part of what is stored.
  const pb::Form form = field.options().GetExtension(pb::form);
  if (form != pb::FORM_UNSPECIFIED) line += " as " + pb::Form_Name(form);
  return line;
}

void dump_message(const gp::Descriptor& message, Lines& out) {
  out.push_back(message.full_name());
  std::vector<const gp::FieldDescriptor*> fields;
  for (int i = 0; i < message.field_count(); ++i) fields.push_back(message.field(i));
  std::ranges::sort(fields, {}, &gp::FieldDescriptor::number);
  for (const auto* field : fields) out.push_back(line_of(*field));
  for (int i = 0; i < message.nested_type_count(); ++i) dump_message(*message.nested_type(i), out);
}

void dump_enum(const gp::EnumDescriptor& type, Lines& out) {
  std::vector<const gp::EnumValueDescriptor*> values;
  for (int i = 0; i < type.value_count(); ++i) values.push_back(type.value(i));
  std::ranges::sort(values, {}, &gp::EnumValueDescriptor::number);
  for (const auto* value : values) {
    out.push_back(type.full_name() + " " + std::to_string(value->number()) + " " + value->name());
  }
}

}  // namespace

Lines dump(const gp::FileDescriptor& file) {
  Lines out;
  for (int i = 0; i < file.message_type_count(); ++i) dump_message(*file.message_type(i), out);
  for (int i = 0; i < file.enum_type_count(); ++i) dump_enum(*file.enum_type(i), out);
  return out;
}

Lines dump_stored_schema() {
  Lines out;
  for (const auto* file :
       {pb::Event::descriptor()->file(), gp::GetEnumDescriptor<pb::Regeling>()->file(),
        pb::PublishedHead::descriptor()->file(), pb::FrozenReport::descriptor()->file(),
        pb::EvidenceBundle::descriptor()->file()}) {
    const Lines lines = dump(*file);
    out.insert(out.end(), lines.begin(), lines.end());
  }
  return out;
}

Lines find_broken(const Lines& lock, const Lines& schema) {
  Lines out;
  for (const std::string& line : lock) {
    if (std::ranges::find(schema, line) == schema.end()) out.push_back(line);
  }
  return out;
}

Lines read_lock(const std::string& path) {
  Lines out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && !line.starts_with('#')) out.push_back(line);
  }
  return out;
}

}  // namespace trede::test
