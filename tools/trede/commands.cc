#include "tools/server/operation/commands/operation_commands.h"
#include "tools/trede/command.h"
#include "tools/trede/person/person_commands.h"

namespace trede::tool {

const std::vector<CommandMaker>& commands() {
  static const std::vector<CommandMaker> all = {
      make_init_command,     make_import_command,     make_record_command,
      make_query_command,    make_show_command,       make_explain_command,
      make_diff_command,     make_report_command,     make_export_command,
      make_rebuild_command,  make_verify_command,     make_retention_command,
      make_simulate_command, make_checkpoint_command, make_prove_command,
      make_audit_command,    make_evidence_command,   make_verify_evidence_command,
      make_trail_command,    make_backup_command,     make_restore_command,
      make_serve_command,
  };
  return all;
}

}  // namespace trede::tool
