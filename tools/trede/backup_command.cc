#include "engine/backup/backup.h"
#include "engine/backup/verify_backup.h"
#include "tools/trede/accountable.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/progress.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

class BackupCommand final : public Command {
 public:
  Help help() const override {
    return {"backup", "Keeps a copy of the data folder behind, or checks such a copy.",
            "  trede backup /mnt/kopie/werk --data werk\n"
            "  trede backup /mnt/kopie/werk --data werk --sleutels /mnt/kluis/werk\n"
            "  trede backup /mnt/kopie/werk --verify\n"};
  }

  void bind(Options& options) override {
    options.required_word("DIR", &dir_, "the backup: made at first, then what is new is added");
    options.value("--data", &data_, "DIR: the data folder; it may be in use");
    options.value("--sleutels", &key_dir_,
                  "KEYDIR: also keeps one copy of the vault's wrapped keys there, which the backup "
                  "itself never has");
    options.flag("--verify", &verify_, "reads all of the backup and says what is wrong");
  }

  Outcome<> run(Context& context) override {
    if (verify_) {
      if (data_ || key_dir_) return wrong_input("--verify: expected with DIR alone");
      return verify(context);
    }
    if (!data_) return wrong_input("--data: missing, expected the data folder to copy");
    const auto folder = open_folder(*data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    auto accountable = Accountable::reader(**folder, {}, context);
    if (!accountable) return accountable.error();
    const Position last = (*folder)->log().last_position();
    accountable->note_read({{.action = TrailAction::kReservekopie,
                             .object = std::string(kWholeLog),
                             .first = Position{1},
                             .last = last,
                             .count = last.value}});
    const auto run = back_up_with_bar(**folder, context);
    if (!run) return Failure(run.error());
    return report(*run, context);
  }

 private:
  Result<BackupRun> back_up_with_bar(DataFolder& folder, Context& context) const {
    ProgressBar bar(context, "backup");
    return back_up(folder, {dir_, key_dir_.value_or(""), bar.reporter()}, context.clock);
  }

  Outcome<> report(const BackupRun& run, Context& context) const {
    context.out.line(dir_ + ": " + counted(run.added, "event") + " added, up to positie " +
                     std::to_string(run.state.head.size) + " of epoch " +
                     std::to_string(run.state.epoch));
    context.out.line("KEYs: " + std::to_string(run.keys_added) + " added, " +
                     std::to_string(run.keys_erased) + " erased");
    context.out.line("tree head: " + hash_text(run.state.head.root) +
                     (run.is_signed ? ", signed" : ", not signed: no key could be read"));
    context.out.line("audit trail: " + counted(run.state.trail.count, "record"));
    context.out.line("made: " + format_moment(run.state.made));
    for (const std::string& note : run.notes) context.err.line(note);
    if (run.trail_finding.empty()) return {};
    return system_failed("the log is in the backup, but the audit trail is not: " +
                         run.trail_finding);
  }

  Outcome<> verify(Context& context) const {
    ProgressBar bar(context, "backup");
    const auto check = verify_backup(dir_, context.clock, bar.reporter());
    if (!check) return system_failed(check.error().message);
    for (const Epoch& epoch : check->epochs) context.out.line(epoch_text(epoch));
    for (const auto& finding : check->findings) context.out.line(finding);
    if (!check->findings.empty()) {
      return system_failed(dir_ + ": " + counted(check->findings.size(), "finding") +
                           "; begin a backup in a new folder");
    }
    if (!check->state) return system_failed(dir_ + ": no run of this backup has ended yet");
    const BackupState& state = *check->state;
    if (check->head.size > state.head.size) {
      context.out.line(dir_ + ": a later run was cut off after it had added events up to positie " +
                       std::to_string(check->head.size));
    }
    context.out.line(dir_ + ": all is well, " + std::to_string(state.head.size) +
                     " events, tree head " + hash_text(state.head.root) + ", made " +
                     format_moment(state.made));
    return {};
  }

  std::string dir_;
  std::optional<std::string> data_;
  std::optional<std::string> key_dir_;
  bool verify_ = false;
};

}  // namespace

std::unique_ptr<Command> make_backup_command() { return std::make_unique<BackupCommand>(); }

}  // namespace trede::tool
