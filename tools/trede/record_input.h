// The events that `trede record` is given: as options, or as JSON.
#pragma once

#include <string>
#include <vector>

#include "tools/trede/context.h"
#include "tools/trede/failure.h"
#include "tools/trede/json_events.h"

namespace trede::tool {

// `given` is the JSON itself when it begins with `{` or `[`, `-` for standard input, else the path
// of a file. An object is one event, an array a group of events.
// Errors: exit status 2 for a file that cannot be read, and those of parse_json_events.
Outcome<std::vector<NamedTexts>> read_json_events(const std::string& given, Context& context,
                                                  JsonOf of = JsonOf::kEvents);

}  // namespace trede::tool
