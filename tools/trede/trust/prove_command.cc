#include <charconv>

#include "tools/trede/accountable.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/rows/event_json.h"
#include "tools/trede/trust/notes.h"

namespace trede::tool {

namespace {

class ProveCommand final : public Command {
 public:
  Help help() const override {
    return {"prove",
            "Proves that an event stands in the log, as a file that is checked without it.",
            "  trede prove 4712 --data werk > 4712.proof\n"
            "  trede prove 711d0eb5-314e-8cfb-b3f5-87fa5e08457a --data werk > een.proof\n"
            "  trede prove --check 4712.proof --key werk.pub\n"};
  }

  void bind(Options& options) override {
    options.word("EVENT", &event_, "the position of an event, or its event_id");
    options.value("--check", &check_, "FILE: checks such a proof and prints the event");
    options.value(
        "--key", &key_,
        "PUB: the public key to check with, or a file with it (left out: that of --data)");
    options.value("--output,-o", &output_, "FILE: into a file, whole or not at all");
    options.value("--data", &data_, "DIR: the data folder (not needed for --check with --key)");
  }

  Outcome<> run(Context& context) override {
    if (event_.has_value() == check_.has_value()) {
      return wrong_input("expected an event to prove, or --check FILE");
    }
    if (check_) return check(context);
    if (!data_) return wrong_input("--data: is needed to prove an event");
    const auto folder = open_folder(*data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    const auto key = load_signing_key(**folder);
    if (!key) return key.error();
    const EventLog& log = (*folder)->log();
    const auto position = find_position(log);
    if (!position) return position.error();
    const Position last = log.last_position();
    const auto checkpoint = checkpoint_at(log, last);
    if (!checkpoint) return Failure(checkpoint.error());
    auto event = log.load(*position);
    if (!event) return Failure(event.error());
    const std::uint64_t index = position->value - 1;
    auto path = prove_inclusion(log, index, last.value);
    if (!path) return Failure(path.error());
    const EventProof proof{index, std::move(event->bytes), std::move(*path),
                           sign_checkpoint(*checkpoint, *key)};
    // Read back as whoever gets it will: what does not hold is not handed out.
    const auto held = check_event_proof(proof, key->verifier());
    if (!held) return system_failed("the log does not agree with itself: " + held.error().message);
    TREDE_RETURN_IF_ERROR(note(*position, **folder, context));
    return write_result(output_, event_proof_text(proof), context);
  }

 private:
  static Outcome<> note(Position position, DataFolder& folder, Context& context) {
    auto accountable = Accountable::reader(folder, {}, context);
    if (!accountable) return accountable.error();
    ShownStreams shown;
    TREDE_RETURN_IF_ERROR(shown.add_events({&position, 1}, folder.log()));
    accountable->note_read(shown.entries(TrailAction::kExporteren, position));
    return {};
  }

  Outcome<Position> find_position(const EventLog& log) const {
    const auto id = parse_uuid(*event_);
    if (id) {
      const auto found = log.find_event(EventId{*id});
      if (!found) return Failure(found.error());
      if (*found) return **found;
      return wrong_input("EVENT: no event has the id " + id->text());
    }
    Position position;
    const char* const end = event_->data() + event_->size();
    const auto [stopped, error] = std::from_chars(event_->data(), end, position.value);
    if (error == std::errc{} && stopped == end && position.value > 0 &&
        position <= log.last_position()) {
      return position;
    }
    return wrong_input("EVENT: expected an event_id or a position, 1 to " +
                       std::to_string(log.last_position().value));
  }

  Outcome<VerifierKey> verifier(Context& context) const {
    if (key_) return load_verifier(*key_);
    if (!data_) return wrong_input("--key: is needed to check a proof, or --data");
    const auto folder = open_folder(*data_, OpenMode::kRead, context);
    if (!folder) return folder.error();
    return verifier_for(key_, **folder);
  }

  Outcome<> check(Context& context) const {
    const auto key = verifier(context);
    if (!key) return key.error();
    const auto text = load_note(*check_);
    if (!text) return text.error();
    const auto proof = parse_event_proof(*text);
    if (!proof) return wrong_input(*check_ + ": " + proof.error().message);
    const auto checkpoint = check_event_proof(*proof, *key);
    if (!checkpoint) return wrong_input(*check_ + ": " + checkpoint.error().message);
    const auto event = decode_any(proof->event);
    if (!event) return wrong_input(*check_ + ": " + event.error().message);
    context.out.write(event_json_line(proof->event, *event, ""));
    context.err.line("this event stands at positie " + std::to_string(proof->index + 1) + " of " +
                     checkpoint->origin + ", in its checkpoint over " +
                     std::to_string(checkpoint->head.size) + " events");
    return {};
  }

  std::optional<std::string> event_;
  std::optional<std::string> check_;
  std::optional<std::string> key_;
  std::optional<std::string> output_;
  std::optional<std::string> data_;
};

}  // namespace

std::unique_ptr<Command> make_prove_command() { return std::make_unique<ProveCommand>(); }

}  // namespace trede::tool
