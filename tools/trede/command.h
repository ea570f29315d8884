// A subcommand: one class in one file, made by one function that stands in the list of commands.cc.
#pragma once

#include <memory>
#include <vector>

#include "tools/trede/context.h"
#include "tools/trede/failure.h"
#include "tools/trede/options.h"

namespace trede::tool {

// Made for one call of the program. Threads: one.
class Command {
 public:
  virtual ~Command() = default;
  virtual Help help() const = 0;
  // Binds its options to its members.
  virtual void bind(Options& options) = 0;
  // Does the work. Requires: options that were parsed.
  virtual Outcome<> run(Context& context) = 0;
};

using CommandMaker = std::unique_ptr<Command> (*)();

// All subcommands, in the order of the help.
const std::vector<CommandMaker>& commands();

std::unique_ptr<Command> make_audit_command();
std::unique_ptr<Command> make_checkpoint_command();
std::unique_ptr<Command> make_backup_command();
std::unique_ptr<Command> make_diff_command();
std::unique_ptr<Command> make_evidence_command();
std::unique_ptr<Command> make_explain_command();
std::unique_ptr<Command> make_export_command();
std::unique_ptr<Command> make_import_command();
std::unique_ptr<Command> make_init_command();
std::unique_ptr<Command> make_prove_command();
std::unique_ptr<Command> make_query_command();
std::unique_ptr<Command> make_rebuild_command();
std::unique_ptr<Command> make_report_command();
std::unique_ptr<Command> make_record_command();
std::unique_ptr<Command> make_restore_command();
std::unique_ptr<Command> make_show_command();
std::unique_ptr<Command> make_simulate_command();
std::unique_ptr<Command> make_trail_command();
std::unique_ptr<Command> make_verify_command();
std::unique_ptr<Command> make_verify_evidence_command();

}  // namespace trede::tool
