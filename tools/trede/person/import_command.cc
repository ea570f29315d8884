#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/person_fields.h"
#include "tools/trede/person/person_rows.h"
#include "tools/trede/person/vault_access.h"
#include "tools/trede/progress.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

constexpr std::uint64_t kRowsPerProgress = 256;

// One file of persons, on its way into the vault.
class PersonImport {
 public:
  PersonImport(InputFile& file, const OpenVault& open, Vault::Changes& changes, BadRows& bad)
      : file_(file),
        keys_(open.folder->keys()),
        rows_(file, open.folder->keys(), bad),
        changes_(changes) {}

  struct Totals {
    std::uint64_t made = 0;
    std::uint64_t changed = 0;
    std::uint64_t unchanged = 0;
  };
  const Totals& totals() const { return totals_; }

  Outcome<> run(ProgressBar& bar) {
    for (std::uint64_t count = 0;; ++count) {
      if (count % kRowsPerProgress == 0) bar.show(file_.taken(), file_.size());
      const auto row = rows_.next();
      if (!row) return row.error();
      if (!*row) return {};
      TREDE_RETURN_IF_ERROR(make(**row));
    }
  }

 private:
  // Makes what a row says, or notes why not.
  Outcome<> make(const PersonRow& row) {
    const auto outcome = changes_.set(row.dossier, row.change);
    if (!outcome) return rows_.judge(row.line, vault_failure(outcome.error()));
    const auto refusal = refusal_of(*outcome, keys_);
    if (!refusal) return refusal.error();
    if (!refusal->empty()) return rows_.judge(row.line, wrong_input(*refusal));
    switch (outcome->what) {
      case PersonChanged::kMade: ++totals_.made; break;
      case PersonChanged::kChanged: ++totals_.changed; break;
      default: ++totals_.unchanged; break;
    }
    return {};
  }

  const InputFile& file_;
  const KeyDirectory& keys_;
  PersonRows rows_;
  Vault::Changes& changes_;
  Totals totals_;
};

class PersonImportCommand final : public Command {
 public:
  Help help() const override {
    return {"person import", "Records a file of persons: whole, or not at all.",
            "  trede person import personen.csv --data werk\n"
            "Columns: stream (dossier/KEY), naam, bsn, adres, telefoon, email, geboortedatum,\n"
            "zelfde_persoon (dossier/KEY), in any order, separated by `,` or `;`. An empty cell\n"
            "leaves what is there. The same file again changes nothing.\n"};
  }

  void bind(Options& options) override {
    options.required_word("FILE", &file_, "the CSV file");
    access_.bind(options);
  }

  Outcome<> run(Context& context) override {
    auto file = InputFile::open(file_);
    if (!file) return file.error();
    auto open = access_.open(true, context);
    if (!open) return open.error();
    TrailEntry entry{.action = TrailAction::kPersoonImporteren, .object = std::string(kAllPersons)};
    TREDE_RETURN_IF_ERROR(open->accountable.note_begun({entry}));
    PersonImport::Totals totals;
    const auto taken = take(*file, *open, totals, context);
    entry.outcome = outcome_of(taken);
    entry.count = taken ? totals.made + totals.changed : 0;
    TREDE_RETURN_IF_ERROR(open->accountable.note_written({entry}));
    if (!taken) return taken.error();
    context.out.line("nieuw: " + std::to_string(totals.made));
    context.out.line("gewijzigd: " + std::to_string(totals.changed));
    context.out.line("ongewijzigd: " + std::to_string(totals.unchanged));
    return {};
  }

 private:
  static Outcome<> take(InputFile& file, const OpenVault& open, PersonImport::Totals& totals,
                        Context& context) {
    auto changes = open.vault->begin();
    if (!changes) return vault_failure(changes.error());
    BadRows bad(file.path());
    PersonImport import(file, open, *changes, bad);
    {
      ProgressBar bar(context, "person import");
      TREDE_RETURN_IF_ERROR(import.run(bar));
    }
    if (bad.count() > 0) {
      bad.print(context.err);
      return wrong_input(file.path() + ": " + counted(bad.count(), "bad row") +
                         ", nothing was recorded");
    }
    const Status done = changes->commit();
    if (!done) return vault_failure(done.error());
    totals = import.totals();
    return {};
  }

  std::string file_;
  VaultOptions access_;
};

}  // namespace

std::unique_ptr<Command> make_person_import_command() {
  return std::make_unique<PersonImportCommand>();
}

}  // namespace trede::tool
