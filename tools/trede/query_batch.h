// Many queries of one file, answered one after another from a folder that is opened once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"

namespace trede::tool {

// The words of a line: split at spaces; `"` keeps spaces together until the next one.
// Errors: a quote that is not closed.
Outcome<std::vector<std::string>> split_words(std::string_view line);

// Answers every line of `file` (`-` = standard input) on `context.out`, as CSV after `# N`, or
// `# N error: ...`; empty lines are passed over.
// Errors: exit status 2 when any line was bad, after all were answered.
Outcome<> answer_batch(const std::string& file, DataFolder& folder, Projections& projections,
                       Context& context);

}  // namespace trede::tool
