// Messages of api.proto as schemas of OpenAPI 3.0.
#pragma once

#include <google/protobuf/descriptor.h>

#include <boost/json/object.hpp>
#include <set>

namespace trede::server {

// Collects the schemas of messages and of all they hold. Threads: one.
class SchemaSet {
 public:
  // `is_sent`: to the server: only what is `vereist` must be there, and nothing unknown may.
  void add(const google::protobuf::Descriptor& type, bool is_sent);
  boost::json::object take() { return std::move(schemas_); }

 private:
  boost::json::object schema_of(const google::protobuf::FieldDescriptor& field, bool is_sent);
  boost::json::object value_schema(const google::protobuf::FieldDescriptor& field, bool is_sent);

  boost::json::object schemas_;
};

// `{"$ref": "#/components/schemas/Cijfers"}`
boost::json::object reference_to(const google::protobuf::Descriptor& type);

}  // namespace trede::server
