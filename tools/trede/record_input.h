// The events that `trede record` is given: as options, or as JSON.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tools/trede/context.h"
#include "tools/trede/failure.h"

namespace trede::tool {

// One event as names of columns (those of an import file) with their texts; absent ones left out.
using NamedTexts = std::vector<std::pair<std::string, std::string>>;

// `given` is the JSON itself when it begins with `{` or `[`, `-` for standard input, else the path
// of a file. An object is one event, an array a group of events.
// Errors: exit status 2 for what is not JSON, or has another shape.
Outcome<std::vector<NamedTexts>> read_json_events(const std::string& given, Context& context);

}  // namespace trede::tool
