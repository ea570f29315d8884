// Many queries of one file, answered one after another from a source that is opened once.
#pragma once

#include <string>

#include "tools/trede/context.h"
#include "tools/trede/failure.h"
#include "tools/trede/figures.h"

namespace trede::tool {

// Answers every line of `file` (`-` = standard input) on `context.out`, as CSV after `# N`, or
// `# N error: ...`; empty lines are passed over.
// Errors: exit status 2 when any line was bad, after all were answered.
Outcome<> answer_batch(const std::string& file, FigureSource& figures, Context& context);

}  // namespace trede::tool
