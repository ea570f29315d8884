// One event as a row of an import file.
#pragma once

#include <string>
#include <string_view>

#include "engine/event/event.h"

namespace trede::tool {

// The columns of the envelope, then every attribute of every kind.
std::string event_csv_header();

// The row, with its line feed. A stream without KEY is written with its id as KEY. Events that were
// appended together have a groep of that name: `g` and the position of the first.
// Errors: kNewer for a kind or code that this program does not know.
Result<std::string> event_csv_line(const pb::Event& event, std::string_view key);

}  // namespace trede::tool
