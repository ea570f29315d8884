// Recording through a server.
#pragma once

#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "tools/trede/json_events.h"
#include "tools/trede/source.h"

namespace trede::tool {

// Records these events as one, under a key of their own: when the connection is lost they are sent
// once more, and recorded once.
// Returns: of each its cells, of `record_columns`, those of one stream together.
// Errors: exit status 2 in the words of a folder; 1 also when it is not known whether they were
//         recorded.
// Requires: a source that was checked and is a server.
Outcome<std::vector<std::vector<std::string>>> record_remotely(
    const SourceOptions& source, const std::vector<NamedTexts>& events, RandomSource& random);

}  // namespace trede::tool
