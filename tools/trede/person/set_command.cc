#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/person_fields.h"
#include "tools/trede/person/vault_access.h"

namespace trede::tool {

namespace {

class PersonSetCommand final : public Command {
 public:
  Help help() const override {
    return {"person set", "Records who the person of a dossier is; what is not given stays.",
            "  trede person set dossier/K17 --data werk --json -      # reads {\"naam\": ...}\n"
            "  trede person set dossier/K17 --data werk --naam 'Jansen, A.' --bsn 111222333\n"
            "  trede person set dossier/K99 --data werk --zelfde-persoon dossier/K17\n"
            "Words of a command show in lists of processes and in the history of the shell; what\n"
            "comes over standard input (--json -) does not.\n"};
  }

  void bind(Options& options) override {
    options.required_word("DOSSIER", &dossier_, "dossier/KEY");
    fields_.bind(options);
    access_.bind(options);
  }

  Outcome<> run(Context& context) override {
    const auto given = fields_.given(context);
    if (!given) return given.error();
    auto open = access_.open(true, context);
    if (!open) return open.error();
    const auto dossier = load_dossier(dossier_, TrailAction::kPersoonWijzigen, *open->folder,
                                      open->accountable, true);
    if (!dossier) return dossier.error();
    TrailEntry entry{.action = TrailAction::kPersoonWijzigen, .object = object_of(*dossier)};
    TREDE_RETURN_IF_ERROR(open->accountable.note_begun({entry}));
    const auto outcome = change(*dossier, *given, *open);
    entry.outcome = outcome_of(outcome);
    entry.count = outcome ? 1U : 0U;
    entry.about = outcome ? object_of_person(outcome->person) : "";
    TREDE_RETURN_IF_ERROR(open->accountable.note_written({entry}));
    if (!outcome) return outcome.error();
    context.out.line(dossier_ + ": " + words_for(outcome->what));
    return {};
  }

 private:
  static Outcome<ChangeOutcome> change(const StreamId& dossier, const NamedTexts& given,
                                       const OpenVault& open) {
    const auto change = read_person_change(given, open.folder->keys());
    if (!change) return change.error();
    auto changes = open.vault->begin();
    if (!changes) return vault_failure(changes.error());
    const auto outcome = changes->set(dossier, *change);
    if (!outcome) return vault_failure(outcome.error());
    const auto refusal = refusal_of(*outcome, open.folder->keys());
    if (!refusal) return refusal.error();
    if (!refusal->empty()) return wrong_input(*refusal);
    const Status done = changes->commit();
    if (!done) return vault_failure(done.error());
    return *outcome;
  }

  static std::string words_for(PersonChanged what) {
    if (what == PersonChanged::kUnchanged) return "was so already";
    return what == PersonChanged::kMade ? "recorded" : "changed";
  }

  std::string dossier_;
  PersonFieldOptions fields_;
  VaultOptions access_;
};

}  // namespace

std::unique_ptr<Command> make_person_set_command() { return std::make_unique<PersonSetCommand>(); }

}  // namespace trede::tool
