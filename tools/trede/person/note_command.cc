#include "engine/event/forms.h"
#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/vault_access.h"

namespace trede::tool {

namespace {

class PersonNoteCommand final : public Command {
 public:
  Help help() const override {
    return {
        "person note",
        "Adds a note about a dossier, for werkcoaches only: sealed, never shown in reports.",
        "  trede person note dossier/K17 --data werk --tekst - < notitie.txt\n"
        "  trede person note dossier/K17 --data werk --categorie verzuim --tekst '...'\n"
        "Notes of category verzuim are kept less long; the cause of an illness belongs in none.\n"};
  }

  void bind(Options& options) override {
    options.required_word("DOSSIER", &dossier_, "dossier/KEY");
    options.required_value("--tekst", &text_,
                           "TEXT, or - for standard input, which shows in no list of processes");
    options.value("--categorie", &category_, "dossier (default) or verzuim");
    access_.bind(options);
  }

  Outcome<> run(Context& context) override {
    const auto category = read_category();
    if (!category) return category.error();
    auto text = read_text(context);
    const Status good = check_note_text(text);
    if (!good) return wrong_input("--tekst: " + good.error().message);
    auto open = access_.open(true, context);
    if (!open) return open.error();
    const auto actor = actor_of(access_.actor());
    if (!actor) return actor.error();
    const auto dossier = load_dossier(dossier_, TrailAction::kPersoonWijzigen, *open->folder,
                                      open->accountable, true);
    if (!dossier) return dossier.error();
    const Note note{.id = context.random.uuid4(),
                    .category = *category,
                    .moment = context.clock.now(),
                    .actor = *actor,
                    .tekst = std::move(text)};
    TrailEntry entry{.action = TrailAction::kPersoonWijzigen,
                     .object = object_of(*dossier),
                     .about = "notitie/" + note.id.text()};
    TREDE_RETURN_IF_ERROR(open->accountable.note_begun({entry}));
    const auto added = add(*dossier, note, *open->vault);
    entry.outcome = added ? TrailOutcome::kGelukt : TrailOutcome::kMislukt;
    entry.count = added ? 1U : 0U;
    TREDE_RETURN_IF_ERROR(open->accountable.note_written({entry}));
    if (!added) return vault_failure(added.error());
    context.out.line(dossier_ + ": a note about " + std::string(note_category_name(*category)));
    return {};
  }

 private:
  Outcome<NoteCategory> read_category() const {
    for (const NoteCategory one : kNoteCategories) {
      if (note_category_name(one) == category_.value_or("dossier")) return one;
    }
    return wrong_input("--categorie: unknown, expected dossier or verzuim");
  }

  std::string read_text(Context& context) const {
    if (text_ != "-") return text_;
    std::string out;
    char chunk[4096];
    while (const std::size_t got = std::fread(chunk, 1, sizeof chunk, context.in)) {
      out.append(chunk, got);
    }
    while (out.ends_with('\n') || out.ends_with('\r')) out.pop_back();
    return out;
  }

  static Status add(const StreamId& dossier, const Note& note, Vault& vault) {
    auto changes = vault.begin();
    if (!changes) return std::move(changes).error();
    TREDE_RETURN_IF_ERROR(changes->add_note(dossier, note));
    return changes->commit();
  }

  std::string dossier_;
  std::string text_;
  std::optional<std::string> category_;
  VaultOptions access_;
};

}  // namespace

std::unique_ptr<Command> make_person_note_command() {
  return std::make_unique<PersonNoteCommand>();
}

}  // namespace trede::tool
