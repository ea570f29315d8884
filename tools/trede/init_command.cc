#include "engine/log/data_folder.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"

namespace trede::tool {

namespace {

class InitCommand final : public Command {
 public:
  Help help() const override {
    return {"init", "Makes a data folder with an empty log.",
            "  trede init --data werk\n"
            "  trede init --data /var/lib/trede/ijmond\n"};
  }

  void bind(Options& options) override { bind_data(options, &data_); }

  Outcome<> run(Context& context) override {
    TREDE_RETURN_IF_ERROR(DataFolder::create(data_, context.clock, context.random));
    context.out.line("an empty log in " + data_);
    return {};
  }

 private:
  std::string data_;
};

}  // namespace

std::unique_ptr<Command> make_init_command() { return std::make_unique<InitCommand>(); }

}  // namespace trede::tool
