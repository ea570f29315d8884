#include "tools/trede/command.h"

namespace trede::tool {

const std::vector<CommandMaker>& commands() {
  static const std::vector<CommandMaker> all = {
      make_init_command,
      make_query_command,
  };
  return all;
}

}  // namespace trede::tool
