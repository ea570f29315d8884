#include "tools/server/access/commands/access_commands.h"

namespace trede::tool {

const std::vector<CommandMaker>& user_commands() {
  static const std::vector<CommandMaker> all = {
      make_user_add_command,      make_user_list_command,    make_user_change_command,
      make_user_block_command,    make_user_unblock_command, make_user_password_command,
      make_user_stand_in_command, make_user_remove_command,
  };
  return all;
}

const std::vector<CommandMaker>& token_commands() {
  static const std::vector<CommandMaker> all = {make_token_create_command, make_token_list_command,
                                                make_token_revoke_command};
  return all;
}

}  // namespace trede::tool
