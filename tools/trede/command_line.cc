#include "tools/trede/command_line.h"

#include <algorithm>
#include <span>

#include "tools/server/access/commands/access_commands.h"
#include "tools/server/operation/commands/operation_commands.h"
#include "tools/trede/command.h"
#include "tools/trede/person/person_commands.h"
#include "tools/trede/source.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

constexpr std::string_view kIntroduction =
    "trede: records what happens to people on their way to work, and answers any count for any\n"
    "day, as known at any moment.\n\n"
    "Usage: trede COMMAND [OPTIONS]\n\n"
    "Commands:\n";
constexpr std::string_view kEnding =
    "\n`trede COMMAND --help` shows the options of a command, with examples; `trede --version`\n"
    "the version of the program.\n"
    "Exit status: 0 good, 1 the system failed, 2 the input is wrong.\n";

// Commands that share their first word.
struct CommandGroup {
  std::string name;
  std::string summary;
  const std::vector<CommandMaker>& commands;
};

const std::vector<CommandGroup>& groups() {
  static const std::vector<CommandGroup> all = {
      {"person", "Who the persons of the dossiers are: sealed, found, erased.", person_commands()},
      {"user", "Who may use the server, and for what.", user_commands()},
      {"token", "What other programs come into the server with.", token_commands()},
      {"config", "What can be chosen of the server: shown, and checked.", config_commands()},
  };
  return all;
}

const CommandGroup* find_group(std::string_view name) {
  const auto found = std::ranges::find(groups(), name, &CommandGroup::name);
  return found == groups().end() ? nullptr : &*found;
}

std::string line_of(const std::string& name, const std::string& summary, std::size_t width) {
  return "  " + name + std::string(width - std::min(width - 1, name.size()), ' ') + summary + "\n";
}

std::string overview() {
  std::string out{kIntroduction};
  for (const CommandMaker make : commands()) {
    out += line_of(make()->help().name, make()->help().summary, 10);
  }
  for (const CommandGroup& group : groups()) out += line_of(group.name, group.summary, 10);
  return out.append(kEnding);
}

std::string overview_of(const CommandGroup& group) {
  std::string out = group.summary + "\n\nUsage: trede " + group.name + " COMMAND [OPTIONS]\n\n";
  for (const CommandMaker make : group.commands) {
    out += line_of(make()->help().name, make()->help().summary, 16);
  }
  return out + "\n`trede " + group.name + " COMMAND --help` shows the options of a command.\n";
}

std::string names_of(const std::vector<CommandMaker>& commands) {
  std::string out;
  for (const CommandMaker make : commands) {
    out += (out.empty() ? "" : ", ") + make()->help().name;
  }
  return out;
}

std::string command_names() {
  std::string out = names_of(commands());
  for (const CommandGroup& group : groups()) out += ", " + group.name;
  return out;
}

std::unique_ptr<Command> find_command(const std::vector<CommandMaker>& among,
                                      std::string_view name) {
  for (const CommandMaker make : among) {
    auto command = make();
    if (command->help().name == name) return command;
  }
  return nullptr;
}

bool asks_for_help(const std::string& word) {
  return word == "--help" || word == "-h" || word == "help";
}

bool asks_a_server(const std::string& word) {
  return word == "--server" || word.starts_with("--server=");
}

Outcome<> run_command(Command& command, std::span<const std::string> words, Context& context) {
  Options options(command.help());
  command.bind(options);
  if (!options.has("--server") && std::ranges::any_of(words, asks_a_server)) {
    return wrong_input(refusal_of_server(command.help().name));
  }
  const auto parsed = options.parse({words.begin(), words.end()});
  if (!parsed) return parsed.error();
  if (!*parsed) {
    context.out.write(options.help_text());
    return {};
  }
  return command.run(context);
}

Outcome<> run_group(const CommandGroup& group, const std::vector<std::string>& words,
                    Context& context) {
  if (words.size() > 1 && asks_for_help(words[1])) {
    context.out.write(overview_of(group));
    return {};
  }
  const auto command =
      words.size() > 1 ? find_command(group.commands, group.name + " " + words[1]) : nullptr;
  if (command) return run_command(*command, std::span(words).subspan(2), context);
  return wrong_input((words.size() > 1 ? "unknown command `" + words[1] + "`" : "no command") +
                     ", expected one of " + names_of(group.commands));
}

Outcome<> run(const std::vector<std::string>& words, Context& context) {
  if (words.empty()) return wrong_input("no command, expected one of " + command_names());
  const std::string& name = words.front();
  if (asks_for_help(name)) {
    context.out.write(overview());
    return {};
  }
  if (name == "--version") {
    context.out.write("trede " TREDE_VERSION "\n");
    return {};
  }
  if (const CommandGroup* group = find_group(name)) return run_group(*group, words, context);
  const auto command = find_command(commands(), name);
  if (command) return run_command(*command, std::span(words).subspan(1), context);
  return wrong_input("unknown command `" + name + "`, expected one of " + command_names());
}

}  // namespace

int run_command_line(const std::vector<std::string>& words, Context& context) {
  Outcome<> outcome = run(words, context);
  const Status written = context.out.flush();
  if (outcome && !written) outcome = Failure(written.error());
  if (outcome) return static_cast<int>(Exit::kGood);
  if (!outcome.error().line.empty() && !context.out.reader_left()) {
    std::string name = words.empty() ? "trede" : "trede " + words.front();
    if (words.size() > 1 && find_group(words.front()) != nullptr) name += " " + words[1];
    context.err.line(one_line(name + ": " + outcome.error().line));
  }
  const Status unseen = context.err.flush();  // the exit status says it too
  static_cast<void>(unseen);
  return static_cast<int>(outcome.error().exit);
}

}  // namespace trede::tool
