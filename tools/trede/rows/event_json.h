// One event as one line of JSON: readable, and with its stored bytes, so that nothing is lost.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/event/event.h"
#include "tools/trede/rows/columns.h"

namespace trede::tool {

// The line for `stored`, of which `event` is what decode_any gives, with its line feed. `key` is
// empty when the stream has none. What this program does not know of an event (a newer kind or
// code) stands in `bytes` alone.
std::string event_json_line(std::string_view stored, const pb::Event& event, std::string_view key);

// A line read back.
struct JsonEvent {
  std::string bytes;  // as stored
  pb::Event event;    // decoded from `bytes`, known or not
  std::string key;    // empty when the line has none
};

// Reads a line and checks that what can be read says what the bytes say.
// Returns: the event, or what is wrong with the line, by the name of its member.
std::variant<JsonEvent, ColumnFlaw> parse_event_json(std::string_view line);

}  // namespace trede::tool
