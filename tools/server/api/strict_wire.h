// Bytes of protobuf that may be read into a message: checked before the library makes it, which
// takes up to two hundred times as much memory as they do.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string_view>

#include "tools/server/api/problem.h"

namespace trede::server {

// Whether `bytes` are a message of `type`, as far as what they would take goes; whether all of it
// can be read is for the library to say.
// Refused: a field that the message does not have, or of another wire type; more than kMostParts
// (strict_json.h) elements of lists and maps together.
OrProblem<> check_wire(std::string_view bytes, const google::protobuf::Descriptor& type);

}  // namespace trede::server
