// The subcommands of `trede person`, a class in a file each, and `trede retention`.
#pragma once

#include "tools/trede/command.h"

namespace trede::tool {

// In the order of the help.
const std::vector<CommandMaker>& person_commands();

std::unique_ptr<Command> make_person_init_command();
std::unique_ptr<Command> make_person_set_command();
std::unique_ptr<Command> make_person_note_command();
std::unique_ptr<Command> make_person_show_command();
std::unique_ptr<Command> make_person_find_command();
std::unique_ptr<Command> make_person_import_command();
std::unique_ptr<Command> make_person_erase_command();
std::unique_ptr<Command> make_person_rekey_command();
std::unique_ptr<Command> make_person_verify_command();

// Lists and destroys what may go because its term is over.
std::unique_ptr<Command> make_retention_command();

}  // namespace trede::tool
