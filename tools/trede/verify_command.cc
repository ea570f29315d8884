#include "engine/dossier/soundness.h"
#include "engine/log/verify.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/progress.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

class VerifyCommand final : public Command {
 public:
  Help help() const override {
    return {"verify", "Checks the log, its dossiers and the projections; names what is wrong.",
            "  trede verify --data werk\n"
            "  trede verify --data /mnt/backup/werk || echo 'the backup is damaged'\n"};
  }

  void bind(Options& options) override { bind_data(options, &data_); }

  Outcome<> run(Context& context) override {
    const auto folder = open_folder(data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const Position last = (*folder)->log().last_position();
    auto findings = verify_folder(**folder, context);
    if (!findings) return findings.error();
    for (const auto& finding : *findings) context.out.line(finding);
    if (!findings->empty()) {
      return system_failed(data_ + ": " + counted(findings->size(), "finding") +
                           "; restore a backup, or run `trede rebuild` when only the "
                           "projections are wrong");
    }
    context.out.line(data_ + ": all is well, " + std::to_string(last.value) + " events");
    return {};
  }

 private:
  static Outcome<std::vector<std::string>> verify_folder(DataFolder& folder, Context& context) {
    std::vector<std::string> all;
    {
      ProgressBar bar(context, "log");
      const auto found = verify_log(folder, bar.reporter());
      if (!found) return Failure(found.error());
      for (const auto& finding : *found) all.push_back("log: " + finding);
    }
    TREDE_RETURN_IF_ERROR(verify_dossiers(folder.log(), context, all));
    ProgressBar bar(context, "projections");
    const auto projections = open_projections(folder);
    if (!projections) return projections.error();
    const auto found = (*projections)->verify(bar.reporter());
    if (!found) return Failure(found.error());
    for (const auto& finding : *found) all.push_back("projections: " + finding);
    return all;
  }

  // Whether the rules would let stand what stands in the log.
  static Status verify_dossiers(const EventLog& log, Context& context,
                                std::vector<std::string>& all) {
    ProgressBar bar(context, "dossiers");
    const auto found = find_unsound(log, Position{1}, log.last_position(), bar.reporter());
    if (!found) return std::unexpected(found.error());
    for (const Unsound& one : *found) {
      all.push_back("dossiers: positie " + std::to_string(one.position.value) + ": " + one.what);
    }
    return {};
  }

  std::string data_;
};

}  // namespace

std::unique_ptr<Command> make_verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace trede::tool
