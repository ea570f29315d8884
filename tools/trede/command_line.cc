#include "tools/trede/command_line.h"

#include "tools/trede/command.h"

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

std::string overview() {
  std::string out{kIntroduction};
  for (const CommandMaker make : commands()) {
    const Help help = make()->help();
    out += "  " + help.name + std::string(10 - std::min<std::size_t>(9, help.name.size()), ' ') +
           help.summary + "\n";
  }
  return out.append(kEnding);
}

std::string command_names() {
  std::string out;
  for (const CommandMaker make : commands()) {
    out += (out.empty() ? "" : ", ") + make()->help().name;
  }
  return out;
}

std::unique_ptr<Command> find_command(std::string_view name) {
  for (const CommandMaker make : commands()) {
    auto command = make();
    if (command->help().name == name) return command;
  }
  return nullptr;
}

Outcome<> run(const std::vector<std::string>& words, Context& context) {
  if (words.empty()) return wrong_input("no command, expected one of " + command_names());
  const std::string& name = words.front();
  if (name == "--help" || name == "-h" || name == "help") {
    context.out.write(overview());
    return {};
  }
  if (name == "--version") {
    context.out.write("trede " TREDE_VERSION "\n");
    return {};
  }
  const auto command = find_command(name);
  if (!command) {
    return wrong_input("unknown command `" + name + "`, expected one of " + command_names());
  }
  Options options(command->help());
  command->bind(options);
  const auto parsed = options.parse({words.begin() + 1, words.end()});
  if (!parsed) return parsed.error();
  if (!*parsed) {
    context.out.write(options.help_text());
    return {};
  }
  return command->run(context);
}

// A message is one line, whatever text of the caller stands in it.
std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return text;
}

}  // namespace

int run_command_line(const std::vector<std::string>& words, Context& context) {
  Outcome<> outcome = run(words, context);
  const Status written = context.out.flush();
  if (outcome && !written) outcome = Failure(written.error());
  if (outcome) return static_cast<int>(Exit::kGood);
  if (!outcome.error().line.empty() && !context.out.reader_left()) {
    const std::string name = words.empty() ? "trede" : "trede " + words.front();
    context.err.line(one_line(name + ": " + outcome.error().line));
  }
  const Status unseen = context.err.flush();  // the exit status says it too
  static_cast<void>(unseen);
  return static_cast<int>(outcome.error().exit);
}

}  // namespace trede::tool
