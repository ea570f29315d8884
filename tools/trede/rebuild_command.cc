#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/progress.h"

namespace trede::tool {

namespace {

class RebuildCommand final : public Command {
 public:
  Help help() const override {
    return {"rebuild", "Builds the projections anew from the log, then takes over.",
            "  trede rebuild --data werk\n"
            "  trede rebuild --data werk && trede verify --data werk\n"};
  }

  void bind(Options& options) override { bind_data(options, &data_); }

  Outcome<> run(Context& context) override {
    const auto folder = open_folder(data_, OpenMode::kWrite, context);
    if (!folder) return folder.error();
    ProjectionStatus status;
    {
      const auto projections = open_projections(**folder);
      if (!projections) return projections.error();
      ProgressBar bar(context, "rebuild");
      TREDE_RETURN_IF_ERROR((*projections)->rebuild(bar.reporter()));
      status = (*projections)->status();
    }
    TREDE_RETURN_IF_ERROR((*folder)->close());
    context.out.line("generation " + std::to_string(status.generation) + ", up to position " +
                     std::to_string(status.position.value));
    return {};
  }

 private:
  std::string data_;
};

}  // namespace

std::unique_ptr<Command> make_rebuild_command() { return std::make_unique<RebuildCommand>(); }

}  // namespace trede::tool
