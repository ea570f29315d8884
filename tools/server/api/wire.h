// What stands in a body, in and out: JSON or protobuf, read strictly.
#pragma once

#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/server/api/problem.h"

namespace trede::server {

inline constexpr std::string_view kJson = "application/json";
inline constexpr std::string_view kProtobuf = "application/x-protobuf";
inline constexpr std::string_view kNdjson = "application/x-ndjson";
inline constexpr std::string_view kEventStream = "text/event-stream";

// The type of `content_type` without parameters, in lower case; a charset must be UTF-8, other
// parameters are let go. Absent when it is not one.
std::optional<std::string> media_type_of(std::string_view content_type);

// Which of `produced`, best first, the header Accept (empty = anything) prefers; by quality, then
// by the order of `produced`. Absent: none of them. Source: RFC 9110, 12.5.1.
std::optional<std::string> choose_media_type(std::string_view accept,
                                             const std::vector<std::string>& produced);

// Reads `body`, of media type kJson or kProtobuf, into `message`. Refused: what is not UTF-8, more
// than 16 deep, a member twice, an unknown field, a number out of range, what must be there
// (`vereist`) and is not.
OrProblem<> read_message(std::string_view media_type, std::string_view body,
                         google::protobuf::Message& message);

// Requires: kJson or kProtobuf.
std::string write_message(std::string_view media_type, const google::protobuf::Message& message);

}  // namespace trede::server
