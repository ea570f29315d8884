#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/new_file.h"
#include "tools/trede/number_option.h"
#include "tools/trede/trust/leaf_hashes.h"
#include "tools/trede/trust/notes.h"

namespace trede::tool {

namespace {

class CheckpointCommand final : public Command {
 public:
  Help help() const override {
    return {"checkpoint",
            "Prints the head of the log, signed, for who wants to hold it to that later.",
            "  trede checkpoint --data werk > 2021-Q1.checkpoint\n"
            "  trede checkpoint --data werk --hashes 2021-Q1.hashes > 2021-Q1.checkpoint\n"
            "  trede checkpoint --data werk --public-key > werk.pub\n"};
  }

  void bind(Options& options) override {
    options.value("--positie", &positie_, "N: of the log up to position N (left out: all of it)");
    options.value("--hashes", &hashes_,
                  "FILE: also writes the hash of each event, 32 bytes, so that audit can name the "
                  "events that were altered");
    options.value("--output,-o", &output_, "FILE: into a file, whole or not at all");
    options.flag("--public-key", &public_key_, "prints the key to check with, and nothing else");
    options.flag("--new-key", &new_key_,
                 "makes the key to sign with, in a folder that has none, and prints the one to "
                 "check with");
    bind_data(options, &data_);
  }

  Outcome<> run(Context& context) override {
    if ((public_key_ || new_key_) && (positie_ || hashes_ || (public_key_ && new_key_))) {
      return wrong_input("--public-key, --new-key: stand alone, without --positie and --hashes");
    }
    if (hashes_ && hashes_ == output_) {
      return wrong_input("--hashes, -o: one name for two files, expected another for each");
    }
    const auto folder = open_folder(data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    if (new_key_) {
      const auto made = make_signing_key(data_, (*folder)->log().identity(), context.random);
      if (!made) return Failure(made.error());
      return write_result(output_, made->verifier().text() + "\n", context);
    }
    const auto key = load_signing_key(**folder);
    if (!key) return key.error();
    if (public_key_) return write_result(output_, key->verifier().text() + "\n", context);
    const EventLog& log = (*folder)->log();
    Position until = log.last_position();
    TREDE_RETURN_IF_ERROR(take_number("--positie", positie_, until.value));
    const auto checkpoint = accounted_head(**folder, until, context.clock);
    if (!checkpoint) return Failure(checkpoint.error());
    TREDE_RETURN_IF_ERROR(write_hashes(log, checkpoint->head));
    return write_result(output_, sign_checkpoint(*checkpoint, *key), context);
  }

 private:
  Outcome<> write_hashes(const EventLog& log, const TreeHead& head) const {
    if (!hashes_) return {};
    const auto file = NewFile::make(*hashes_);
    if (!file) return file.error();
    TREDE_RETURN_IF_ERROR(write_leaf_hashes(log, head, (*file)->out()));
    TREDE_RETURN_IF_ERROR((*file)->put_in_place());
    return {};
  }

  std::string data_;
  std::optional<std::string> positie_;
  std::optional<std::string> hashes_;
  std::optional<std::string> output_;
  bool public_key_ = false;
  bool new_key_ = false;
};

}  // namespace

std::unique_ptr<Command> make_checkpoint_command() { return std::make_unique<CheckpointCommand>(); }

}  // namespace trede::tool
