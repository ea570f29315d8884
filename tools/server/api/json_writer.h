// Messages of api.proto as JSON, by the protobuf mapping. The library's own printer gives the same,
// by way of a stream of types and names that it looks up anew for each message.
#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace trede::server {

// lowerCamelCase names; numbers of 64 bits as texts, moments as RFC 3339; fields without presence
// are always there, others when they are set; the keys of a map in order.
// Requires: fields of the types that api.proto has (text, bool, unsigned, message, map of texts).
std::string json_of(const google::protobuf::Message& message);

}  // namespace trede::server
