#include "tools/trede/person/accounted_erasure.h"
#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/vault_access.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

class PersonEraseCommand final : public Command {
 public:
  Help help() const override {
    return {"person erase", "Erases a dossier's KEY, the person and the notes; events stay.",
            "  trede person erase dossier/K17 --data werk               # says what would go\n"
            "  trede person erase dossier/K17 --data werk --vernietig\n"
            "  trede person erase dossier/K17 --data werk --alle-dossiers --vernietig\n"
            "It needs no master key. Nothing brings back what was erased. Cut short by a crash,\n"
            "the same command again completes it.\n"};
  }

  void bind(Options& options) override {
    options.required_word("DOSSIER", &dossier_, "dossier/KEY");
    bind_data(options, &data_);
    options.flag("--vernietig", &confirmed_, "erases; without it the command only says what");
    options.flag("--alle-dossiers", &all_, "of a person with several dossiers: all of them");
    options.flag("--alleen-dit-dossier", &only_, "the person keeps the other dossiers");
    options.value("--actor", &actor_, "who does it: an opaque id, never a name");
  }

  Outcome<> run(Context& context) override {
    if (all_ && only_) {
      return wrong_input("--alle-dossiers and --alleen-dit-dossier: given both, expected one");
    }
    auto folder = open_folder(data_, confirmed_ ? OpenMode::kWrite : OpenMode::kRead, context);
    if (!folder) return folder.error();
    auto accountable = confirmed_ ? Accountable::writer(**folder, actor_, context)
                                  : Accountable::reader(**folder, actor_, context);
    if (!accountable) return accountable.error();
    const auto done = erase(**folder, *accountable, context);
    const Status closed = (*folder)->close();
    if (!done) return done.error();
    if (!closed) return system_failed(closed.error().message);
    return {};
  }

 private:
  Outcome<> erase(DataFolder& folder, Accountable& accountable, Context& context) const {
    const auto completed = confirmed_ ? complete(folder, accountable, context) : false;
    if (!completed) return completed.error();
    const auto stream = find_dossier("DOSSIER", dossier_, folder.keys());
    if (!stream) return stream.error();
    // What the command was to erase may be what was completed: its KEY is no longer known.
    if (!*stream && *completed) return {};
    const auto dossier =
        load_dossier(dossier_, TrailAction::kPersoonWissen, folder, accountable, confirmed_);
    if (!dossier) return dossier.error();
    const auto holding = vault_holding(folder.path(), *dossier);
    if (!holding) return Failure(holding.error());
    const auto going = dossiers_to_erase(*dossier, *holding, folder);
    if (!going) return going.error();
    TREDE_RETURN_IF_ERROR(tell(*going, *holding, folder, context));
    if (!confirmed_) {
      accountable.note_read(
          {{.action = TrailAction::kPersoonTonen, .object = object_of(*dossier)}});
      context.out.line("Er is niets gewist. Met --vernietig wordt dit gewist.");
      return {};
    }
    std::vector<TrailEntry> entries;
    for (const StreamId& one : *going) {
      entries.push_back(
          {.action = TrailAction::kPersoonWissen, .object = object_of(one), .count = 1});
    }
    TREDE_RETURN_IF_ERROR(accountable.note_begun(entries));
    const auto erased = trede::erase(folder, {.dossiers = *going, .verzuim = {}}, context.clock);
    TREDE_RETURN_IF_ERROR(note_erased(erased, std::move(entries), accountable));
    if (!erased) return Failure(erased.error());
    tell_copies(erased->copies, context);
    context.out.line("Gewist.");
    return {};
  }

  // Returns: whether an erasure that was cut short is completed now.
  static Outcome<bool> complete(DataFolder& folder, Accountable& accountable, Context& context) {
    const auto done =
        complete_erasures(TrailAction::kPersoonWissen, folder, accountable, context.clock);
    if (!done) return done.error();
    const std::uint64_t count = done->dossiers + done->verzuim;
    if (count == 0) return false;
    tell_copies(done->copies, context);
    context.out.line("Afgemaakt: een wissing die eerder werd afgebroken (" + std::to_string(count) +
                     ").");
    return true;
  }

  static void tell_copies(const std::vector<CopyOutcome>& copies, Context& context) {
    for (const CopyOutcome& copy : copies) {
      const std::string place = copy.place.path.string();
      context.out.line(copy.why_not.empty()
                           ? "Ook gewist in " + place + "."
                           : "Nog niet gewist in " + place + ": " + copy.why_not +
                                 ". Dat gebeurt zodra die plek weer bereikbaar is.");
    }
  }

  Outcome<std::vector<StreamId>> dossiers_to_erase(const StreamId& dossier,
                                                   const VaultHolding& holding,
                                                   const DataFolder& folder) const {
    if (holding.dossiers.size() < 2 || only_) return std::vector{dossier};
    if (all_) return holding.dossiers;
    const auto names = dossier_names(holding.dossiers, const_cast<DataFolder&>(folder).keys());
    if (!names) return names.error();
    return wrong_input("deze persoon heeft meer dossiers (" + *names +
                       "): kies --alle-dossiers of --alleen-dit-dossier.");
  }

  static Outcome<> tell(const std::vector<StreamId>& going, const VaultHolding& holding,
                        DataFolder& folder, Context& context) {
    const auto names = dossier_names(going, folder.keys());
    if (!names) return names.error();
    context.out.line("Wissen: de KEY van " + *names + ".");
    std::uint64_t notes = 0;
    for (const StreamId& one : going) {
      const auto held = vault_holding(folder.path(), one);
      if (!held) return Failure(held.error());
      notes += held->notes;
    }
    if (notes > 0) context.out.line("Wissen: " + std::to_string(notes) + " notities.");
    if (holding.person && going.size() == holding.dossiers.size()) {
      context.out.line("Wissen: de persoonsgegevens en hun sleutel.");
    } else if (holding.person) {
      context.out.line("Blijft: de persoonsgegevens, want de persoon heeft nog een ander dossier.");
    }
    context.out.line(
        "Blijft: de gebeurtenissen. Zij zijn dan anoniem; cijfers en bewijzen veranderen niet.");
    return {};
  }

  std::string dossier_;
  std::string data_;
  bool confirmed_ = false;
  bool all_ = false;
  bool only_ = false;
  std::optional<std::string> actor_;
};

}  // namespace

std::unique_ptr<Command> make_person_erase_command() {
  return std::make_unique<PersonEraseCommand>();
}

}  // namespace trede::tool
