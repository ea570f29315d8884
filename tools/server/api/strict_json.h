// JSON that is what it seems: checked before the protobuf library reads it, which lets much pass.
#pragma once

#include <string_view>

#include "tools/server/api/problem.h"

namespace trede::server {

inline constexpr unsigned kMostDeep = 16;

// Refused: what is not JSON (RFC 8259) in UTF-8 with one object, more than kMostDeep deep, a name
// twice in one object (also as `geldig_op` beside `geldigOp`).
OrProblem<> check_json(std::string_view text);

}  // namespace trede::server
