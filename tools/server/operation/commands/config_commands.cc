#include "tools/server/operation/commands/operation_commands.h"
#include "tools/server/operation/config.h"

namespace trede::tool {

namespace {

class ConfigShowCommand final : public Command {
 public:
  Help help() const override {
    return {"config show", "Prints a whole file for `trede serve`, each key with what it means.",
            "  trede config show > trede.toml\n"};
  }
  void bind(Options&) override {}
  Outcome<> run(Context& context) override {
    context.out.write(server::documented_config());
    return {};
  }
};

class ConfigCheckCommand final : public Command {
 public:
  Help help() const override {
    return {"config check", "Says whether a file for `trede serve` is good; names every flaw.",
            "  trede config check trede.toml\n"};
  }
  void bind(Options& options) override { options.required_word("FILE", &file_, "a file in TOML"); }
  Outcome<> run(Context& context) override {
    const auto config = server::load_config(file_);
    if (!config) return Failure(config.error());
    context.out.line(file_ + ": good");
    return {};
  }

 private:
  std::string file_;
};

}  // namespace

const std::vector<CommandMaker>& config_commands() {
  static const std::vector<CommandMaker> all = {
      [] -> std::unique_ptr<Command> { return std::make_unique<ConfigShowCommand>(); },
      [] -> std::unique_ptr<Command> { return std::make_unique<ConfigCheckCommand>(); },
  };
  return all;
}

}  // namespace trede::tool
