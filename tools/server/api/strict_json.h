// JSON that is what it seems, read into a message in one go: the protobuf library lets much pass,
// says of the rest what nobody but its makers understands, and takes five times as long.
#pragma once

#include <google/protobuf/message.h>

#include <string_view>

#include "tools/server/api/problem.h"

namespace trede::server {

inline constexpr unsigned kMostDeep = 16;
// Of lists and maps together, in one body: as many events as go in at once, with their attributes.
// In memory an element takes up to some four hundred bytes, however few it takes in the body.
inline constexpr std::size_t kMostParts = 150'000;

// Whether fields like this one are read: texts, yes or no, whole numbers from 0, messages of ours,
// and maps and lists of those. What is sent to the server has no others; a test holds that.
bool is_read_from_json(const google::protobuf::FieldDescriptor& field);

// Reads `text` into `message`, which is empty, as the JSON mapping of protobuf has it.
// Requires: is_read_from_json of every field.
// Refused: what is not JSON (RFC 8259) in UTF-8 with one object, more than kMostDeep deep, more
// than kMostParts elements, a name twice in one object (also as `geldig_op` beside `geldigOp`), a
// name that the message does not have, a value of another kind than its field. Null stands for a
// field that is left out. Each is told with its place, what was found and what was expected; values
// are not repeated: one may be somebody's. What `message` holds then is of no use.
OrProblem<> read_strict_json(std::string_view text, google::protobuf::Message& message);

}  // namespace trede::server
