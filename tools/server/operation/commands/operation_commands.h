// The commands that run the server and look at its configuration.
#pragma once

#include "tools/trede/command.h"

namespace trede::tool {

std::unique_ptr<Command> make_serve_command();
// `trede config …`.
const std::vector<CommandMaker>& config_commands();

}  // namespace trede::tool
