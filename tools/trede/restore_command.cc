#include "engine/backup/restore.h"
#include "tools/trede/accountable.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/number_option.h"
#include "tools/trede/progress.h"
#include "tools/trede/trust/notes.h"

namespace trede::tool {

namespace {

class RestoreCommand final : public Command {
 public:
  Help help() const override {
    return {"restore", "Makes a new data folder of a backup.",
            "  trede restore /mnt/kopie/werk --data werk-nieuw\n"
            "  trede restore /mnt/kopie/werk --data werk-nieuw --checkpoint laatste.checkpoint \\\n"
            "      --key werk.pub\n"
            "  trede restore /mnt/kopie/werk --data werk-eerder --positie 4711 \\\n"
            "      --accepteer-verlies\n"};
  }

  void bind(Options& options) override {
    options.required_word("DIR", &dir_, "the backup");
    bind_data(options, &data_);
    options.value("--checkpoint", &checkpoint_,
                  "FILE: a signed head of the log that was kept elsewhere; what is put back must "
                  "have all of it");
    options.value("--key", &key_, "PUB: the key to believe it by (left out: that of the backup)");
    options.value("--positie", &positie_, "N: up to that event (left out: all there is)");
    options.flag(
        "--accepteer-verlies", &accepts_loss_,
        "also when events that were acknowledged are missing then; the folder keeps which");
    options.value("--sleutels", &key_dir_, "KEYDIR: a copy of the vault's wrapped keys");
  }

  Outcome<> run(Context& context) override {
    auto options = read_options();
    if (!options) return options.error();
    const auto actor = actor_of({});
    if (!actor) return actor.error();
    options->noted = TrailEntry{.origin = std::string(kDoor), .actor = *actor};
    const auto restored = restore_with_bar(*options, context);
    if (!restored) {
      const bool refused = restored.error().code == ErrorCode::kRefused;
      return refused ? Failure(Exit::kInput, restored.error().message) : Failure(restored.error());
    }
    auto folder = open_folder(data_, OpenMode::kWrite, context);
    if (!folder) return folder.error();
    report(*restored, context);
    return finish_writing(std::move(*folder), context);
  }

 private:
  Outcome<RestoreOptions> read_options() const {
    RestoreOptions options{.dir = dir_, .data = data_};
    options.accepts_loss = accepts_loss_;
    if (key_dir_) options.key_dir = *key_dir_;
    if (positie_) {
      std::uint64_t position = 0;
      TREDE_RETURN_IF_ERROR(take_number("--positie", positie_, position));
      options.until = Position{position};
    }
    if (key_ && !checkpoint_) return wrong_input("--key: expected together with --checkpoint");
    if (!checkpoint_) return options;
    auto note = load_note(*checkpoint_);
    if (!note) return note.error();
    options.checkpoint = std::move(*note);
    if (!key_) return options;
    auto key = load_verifier(*key_);
    if (!key) return key.error();
    options.key = std::move(*key);
    return options;
  }

  static Result<Restored> restore_with_bar(RestoreOptions& options, Context& context) {
    ProgressBar bar(context, "restore");
    options.progress = bar.reporter();
    return restore(options, context.clock, context.random);
  }

  void report(const Restored& restored, Context& context) const {
    context.out.line(data_ + ": " + std::to_string(restored.head.size) +
                     " events put back, tree head " + hash_text(restored.head.root));
    if (restored.held_to) {
      context.out.line("held against what is known up to positie " +
                       std::to_string(restored.held_to->size));
    }
    for (const Epoch& epoch : restored.epochs) context.out.line(epoch_text(epoch));
    context.out.line("users and tokens are in no backup: `trede user add` makes the first");
  }

  std::string dir_;
  std::string data_;
  std::optional<std::string> checkpoint_;
  std::optional<std::string> key_;
  std::optional<std::string> positie_;
  std::optional<std::string> key_dir_;
  bool accepts_loss_ = false;
};

}  // namespace

std::unique_ptr<Command> make_restore_command() { return std::make_unique<RestoreCommand>(); }

}  // namespace trede::tool
