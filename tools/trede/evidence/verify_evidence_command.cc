#include "engine/event/bytes_text.h"
#include "tools/render/render.h"
#include "tools/trede/command.h"
#include "tools/trede/evidence/bundle.h"
#include "tools/trede/text.h"
#include "tools/trede/trust/notes.h"

namespace trede::tool {

namespace {

constexpr std::size_t kShown = 400;  // characters of what a bundle says
constexpr std::size_t kBundleBytesMax = std::size_t{4} << 30;

class VerifyEvidenceCommand final : public Command {
 public:
  Help help() const override {
    return {"verify-evidence", "Checks an evidence bundle: works the figures out from its events.",
            "  trede verify-evidence q1.zip --key werk.pub\n"
            "  trede verify-evidence q1.zip\n"};
  }

  void bind(Options& options) override {
    options.required_word("FILE", &file_, "the bundle");
    options.value(
        "--key", &key_,
        "PUB: the public key that you were given, or a file with it (left out: the one in "
        "the bundle, which says nothing about whose it is)");
    options.flag("--print", &print_, "prints the figures that were checked, as a report");
  }

  Outcome<> run(Context& context) override {
    std::optional<VerifierKey> key;
    if (key_) {
      auto loaded = load_verifier(*key_);
      if (!loaded) return loaded.error();
      key = std::move(*loaded);
    }
    const auto zip = load_file(file_, kBundleBytesMax);
    if (!zip) return zip.error();
    const auto bundle = read_bundle(*zip, key);
    if (!bundle) return refused(bundle.error());
    const auto checked = check_evidence(bundle->evidence, bundle->own_key);
    if (!checked) return refused(checked.error());
    report(*bundle, *checked, context);
    if (print_) print(*bundle, *checked, context);
    return {};
  }

 private:
  Failure refused(const Error& error) const {
    return wrong_input(file_ + ": does not hold: " + printable(error.message, kShown));
  }

  void report(const Bundle& bundle, const CheckedEvidence& checked, Context& context) const {
    const pb::EvidenceBundle& about = bundle.evidence.about;
    const bool is_whole = about.cijfer().empty();
    const std::string which =
        about.waar().empty() ? "" : " (" + printable(about.waar(), kShown) + ")";
    context.out.line(file_ + ": holds");
    context.out.line("report " + printable(about.rapport(), kShown) + which + ", " + about.van() +
                     " t/m " + about.tm() + ", as known at " + about.bekend_op() + " (positie " +
                     std::to_string(about.positie()) + ")");
    if (about.vastgesteld_positie() != 0) {
      context.out.line("as it was laid down at positie " +
                       std::to_string(about.vastgesteld_positie()));
    }
    context.out.line(counted(checked.cells, "cell") + " worked out anew from " +
                     counted(bundle.evidence.events.size(), "event") +
                     (is_whole ? ": all there are" : ""));
    if (!is_whole) {
      context.out.line(
          "each of these events stands in the log; that none is left out, of these or "
          "of other dossiers or of the organisation, only a bundle of all can show");
    }
    context.out.line(checked.is_shipped_definition
                         ? "by the definition of that name that comes with this program"
                         : "by a definition that is not this program's own: read "
                           "definitie.textproto for what is counted under each title");
    if (checked.laid_down_before > 0) report_kept(checked, context);
    if (!bundle.has_checked_texts) {
      context.out.line(
          "NOT CHECKED: LEESMIJ.txt, rapport.txt and rapport.csv were made by version " +
          printable(about.programma(), kShown) + "; read the figures with --print");
    }
    context.out.line("log " + checked.checkpoint.origin + ", " +
                     std::to_string(checked.checkpoint.head.size) + " events, tree head " +
                     hex_text(hash_view(checked.checkpoint.head.root)));
    context.out.line("signed with " + bundle.own_key.text() +
                     (key_ ? ""
                           : ", a key from the bundle itself: compare it with the one you "
                             "were given, or give --key"));
  }

  // What this report takes over (begin, vorig, nagekomen) from those that were laid down before.
  static void report_kept(const CheckedEvidence& checked, Context& context) {
    const std::string reports = counted(checked.laid_down_before, "report") + " laid down before: ";
    if (!checked.kept) {
      context.out.line(reports +
                       "NOT CHECKED: what this one takes over from there (begin, vorig, nagekomen) "
                       "is as it was laid down, only a bundle of all can work it out anew");
      return;
    }
    context.out.line(reports + counted(checked.kept->figures, "figure") +
                     " worked out anew from the same events");
  }

  static void print(const Bundle& bundle, const CheckedEvidence& checked, Context& context) {
    context.out.write("\n" +
                      render::report_text(shown_report(bundle.evidence, checked.report.report),
                                          {bundle.evidence.about.bekend_op()}));
  }

  std::string file_;
  std::optional<std::string> key_;
  bool print_ = false;
};

}  // namespace

std::unique_ptr<Command> make_verify_evidence_command() {
  return std::make_unique<VerifyEvidenceCommand>();
}

}  // namespace trede::tool
