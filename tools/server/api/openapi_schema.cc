#include "tools/server/api/openapi_schema.h"

#include <google/protobuf/timestamp.pb.h>

#include "engine/base/check.h"
#include "proto/api.pb.h"

namespace trede::server {

namespace {

namespace gp = google::protobuf;
namespace json = boost::json;

bool is_required(const gp::FieldDescriptor& field, bool is_sent) {
  if (is_sent) return field.options().GetExtension(api::vereist);
  return !field.has_presence();
}

}  // namespace

json::object reference_to(const gp::Descriptor& type) {
  return {{"$ref", "#/components/schemas/" + type.name()}};
}

void SchemaSet::add(const gp::Descriptor& type, bool is_sent) {
  if (schemas_.contains(type.name())) return;
  schemas_[type.name()] = json::object();  // a message may hold itself
  json::object properties;
  json::array required;
  for (int i = 0; i < type.field_count(); ++i) {
    const gp::FieldDescriptor& field = *type.field(i);
    properties[field.json_name()] = schema_of(field, is_sent);
    if (is_required(field, is_sent)) required.emplace_back(field.json_name());
  }
  json::object schema{{"type", "object"}};
  if (const auto& what = type.options().GetExtension(api::wat); !what.empty()) {
    schema["description"] = what;
  }
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;
  schemas_[type.name()] = std::move(schema);
}

json::object SchemaSet::schema_of(const gp::FieldDescriptor& field, bool is_sent) {
  json::object schema;
  if (field.is_map()) {
    schema = {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
  } else if (field.is_repeated()) {
    schema = {{"type", "array"}, {"items", value_schema(field, is_sent)}};
    if (is_sent && is_required(field, is_sent)) schema["minItems"] = 1;
  } else {
    schema = value_schema(field, is_sent);
  }
  const auto& says = field.options().GetExtension(api::uitleg);
  if (!says.empty() && !schema.contains("$ref")) schema["description"] = says;
  return schema;
}

json::object SchemaSet::value_schema(const gp::FieldDescriptor& field, bool is_sent) {
  switch (field.cpp_type()) {
    case gp::FieldDescriptor::CPPTYPE_STRING: {
      json::object schema{{"type", "string"}};
      const auto& format = field.options().GetExtension(api::formaat);
      if (!format.empty()) schema["format"] = format;
      return schema;
    }
    case gp::FieldDescriptor::CPPTYPE_BOOL: return {{"type", "boolean"}};
    case gp::FieldDescriptor::CPPTYPE_UINT32:
      return {{"type", "integer"}, {"format", "int64"}, {"minimum", 0}, {"maximum", 4294967295}};
    case gp::FieldDescriptor::CPPTYPE_UINT64:
      return {{"type", "string"}, {"format", "uint64"}, {"pattern", "^[0-9]{1,20}$"}};
    case gp::FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type() == gp::Timestamp::descriptor()) {
        return {{"type", "string"}, {"format", "date-time"}};
      }
      add(*field.message_type(), is_sent);
      return reference_to(*field.message_type());
    case gp::FieldDescriptor::CPPTYPE_INT32:
    case gp::FieldDescriptor::CPPTYPE_INT64:
    case gp::FieldDescriptor::CPPTYPE_DOUBLE:
    case gp::FieldDescriptor::CPPTYPE_FLOAT:
    case gp::FieldDescriptor::CPPTYPE_ENUM: break;
  }
  TREDE_CHECK(false, "api.proto has a field of another type");
  return {};
}

}  // namespace trede::server
