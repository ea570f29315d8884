// Events written as JSON, as texts for the columns of an import file; persons are written so too.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/trede/failure.h"

namespace trede::tool {

// One event as names of columns (those of an import file) with their texts; absent ones left out.
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

// What the objects are, for messages.
enum class JsonOf { kEvents, kPersons };

// Reads one event as an object, or 1..kAppendMax of them as an array of objects. What a member says
// becomes the text that a cell would have: a number as it is written, never rounded, and a list of
// codes separated by `|`; an empty text and an empty list are absent. A UTF-8 byte order mark in
// front is passed over.
// Errors: exit status 2, for what is not JSON or has another shape, for a member that stands twice,
// and for a value that no cell could hold; a member is called by its name.
Outcome<std::vector<NamedTexts>> parse_json_events(std::string_view text,
                                                   JsonOf of = JsonOf::kEvents);

}  // namespace trede::tool
