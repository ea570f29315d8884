// Many queries of one file, answered one after another from a folder that is opened once.
#pragma once

#include <string>

#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"

namespace trede::tool {

// Answers every line of `file` (`-` = standard input) on `context.out`, as CSV after `# N`, or
// `# N error: ...`; empty lines are passed over.
// Errors: exit status 2 when any line was bad, after all were answered.
Outcome<> answer_batch(const std::string& file, DataFolder& folder, Projections& projections,
                       Context& context);

}  // namespace trede::tool
