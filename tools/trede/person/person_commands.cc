#include "tools/trede/person/person_commands.h"

namespace trede::tool {

const std::vector<CommandMaker>& person_commands() {
  static const std::vector<CommandMaker> all = {
      make_person_init_command,  make_person_set_command,   make_person_note_command,
      make_person_show_command,  make_person_find_command,  make_person_import_command,
      make_person_erase_command, make_person_rekey_command, make_person_verify_command,
  };
  return all;
}

}  // namespace trede::tool
