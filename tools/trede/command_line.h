// The whole program but for `main`: finds the command, parses, runs, reports.
#pragma once

#include <string>
#include <vector>

#include "tools/trede/context.h"

namespace trede::tool {

// Runs `words` (what stands after the name of the program). Returns: the exit status.
int run_command_line(const std::vector<std::string>& words, Context& context);

}  // namespace trede::tool
