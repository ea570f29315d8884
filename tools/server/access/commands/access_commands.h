// The subcommands of `trede user` and `trede token`, a class in a file each or two, and `trede
// init`, which makes the first beheerder.
#pragma once

#include "tools/trede/command.h"

namespace trede::tool {

// In the order of the help.
const std::vector<CommandMaker>& user_commands();
const std::vector<CommandMaker>& token_commands();

std::unique_ptr<Command> make_user_add_command();
std::unique_ptr<Command> make_user_list_command();
std::unique_ptr<Command> make_user_change_command();
std::unique_ptr<Command> make_user_block_command();
std::unique_ptr<Command> make_user_unblock_command();
std::unique_ptr<Command> make_user_password_command();
std::unique_ptr<Command> make_user_stand_in_command();
std::unique_ptr<Command> make_user_remove_command();

std::unique_ptr<Command> make_token_create_command();
std::unique_ptr<Command> make_token_list_command();
std::unique_ptr<Command> make_token_revoke_command();

}  // namespace trede::tool
