// JSON that is what it seems: checked before the protobuf library reads it, which lets much pass,
// and which says of the rest what nobody but its makers understands.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string_view>

#include "tools/server/api/problem.h"

namespace trede::server {

inline constexpr unsigned kMostDeep = 16;

// Whether `text` is a message of `type`.
// Refused: what is not JSON (RFC 8259) in UTF-8 with one object, more than kMostDeep deep, a name
// twice in one object (also as `geldig_op` beside `geldigOp`), a name that the message does not
// have, a value of another kind than its field. Null stands for a field that is left out.
// Each is told with its place, what was found and what was expected; values are not repeated: one
// may be somebody's.
OrProblem<> check_json(std::string_view text, const google::protobuf::Descriptor& type);

}  // namespace trede::server
