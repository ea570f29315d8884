#include <unordered_map>

#include "tools/trede/person/person_commands.h"
#include "tools/trede/person/person_fields.h"
#include "tools/trede/person/vault_access.h"
#include "tools/trede/progress.h"
#include "tools/trede/rows/csv_reader.h"
#include "tools/trede/rows/import_report.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

constexpr std::string_view kStream = "stream";
constexpr std::uint64_t kRowsPerProgress = 256;

// One file of persons, on its way into the vault.
class PersonRows {
 public:
  PersonRows(InputFile& file, const OpenVault& open, Vault::Changes& changes, BadRows& bad)
      : reader_(file), open_(open), changes_(changes), bad_(bad) {}

  struct Totals {
    std::uint64_t made = 0;
    std::uint64_t changed = 0;
    std::uint64_t unchanged = 0;
  };
  const Totals& totals() const { return totals_; }

  Outcome<> run(const InputFile& file, ProgressBar& bar) {
    auto next = reader_.next();
    if (!next) return Failure(next.error());
    if (*next != CsvReader::Next::kRow) {
      bad_.add(1, "header",
               *next == CsvReader::Next::kEnd ? "missing, expected a line with names of columns"
                                              : reader_.problem());
      return {};
    }
    if (!read_header()) return {};
    for (std::uint64_t rows = 0;; ++rows) {
      next = reader_.next();
      if (!next) return Failure(next.error());
      if (*next == CsvReader::Next::kEnd) return {};
      if (rows % kRowsPerProgress == 0) bar.show(file.taken(), file.size());
      TREDE_RETURN_IF_ERROR(take_row(*next == CsvReader::Next::kBadRow));
    }
  }

 private:
  bool read_header() {
    for (const std::string_view name : reader_.cells()) {
      const bool known = name == kStream || name == kSamePersonColumn || find_person_field(name);
      if (!known) {
        bad_.add(1, std::string(name),
                 "unknown column, expected one of stream, " + person_field_names() + ", " +
                     std::string(kSamePersonColumn));
      } else if (std::ranges::find(names_, name) != names_.end()) {
        bad_.add(1, std::string(name), "stands twice, expected each column once");
      }
      names_.emplace_back(name);
    }
    if (std::ranges::find(names_, kStream) == names_.end()) {
      bad_.add(1, std::string(kStream), "missing, expected this column");
    }
    return bad_.count() == 0;
  }

  Outcome<> take_row(bool is_bad) {
    const std::size_t line = reader_.line();
    if (is_bad || reader_.cells().size() != names_.size()) {
      bad_.add(line, "row",
               is_bad ? reader_.problem()
                      : std::to_string(reader_.cells().size()) + " cells, expected " +
                            std::to_string(names_.size()) + " as in the header");
      return {};
    }
    NamedTexts given;
    std::string stream;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const std::string_view cell = reader_.cells()[i];
      if (names_[i] == kStream) {
        stream = cell;
      } else if (!cell.empty()) {
        given.emplace_back(names_[i], cell);
      }
    }
    const auto dossier = find_dossier(std::string(kStream), stream, open_.folder->keys());
    if (!dossier) return judge(line, dossier.error());
    if (!*dossier) {
      bad_.add(line, std::string(kStream), "there is no such dossier, expected the KEY of one");
      return {};
    }
    const auto [earlier, is_first] = line_of_.try_emplace(**dossier, line);
    if (!is_first) {
      bad_.add(
          line, std::string(kStream),
          "stands at line " + std::to_string(earlier->second) + " too, expected a dossier once");
      return {};
    }
    return set(line, **dossier, given);
  }

  Outcome<> set(std::size_t line, const StreamId& dossier, const NamedTexts& given) {
    const auto change = read_person_change(given, open_.folder->keys());
    if (!change) return judge(line, change.error());
    const auto outcome = changes_.set(dossier, *change);
    if (!outcome) return judge(line, vault_failure(outcome.error()));
    const auto refusal = refusal_of(*outcome, open_.folder->keys());
    if (!refusal) return refusal.error();
    if (!refusal->empty()) return judge(line, wrong_input(*refusal));
    switch (outcome->what) {
      case PersonChanged::kMade: ++totals_.made; break;
      case PersonChanged::kChanged: ++totals_.changed; break;
      default: ++totals_.unchanged; break;
    }
    return {};
  }

  // A failure of the input is one of this row: `column: what is wrong`.
  Outcome<> judge(std::size_t line, const Failure& failure) {
    if (failure.exit != Exit::kInput) return failure;
    const auto colon = failure.line.find(": ");
    const bool names_column = colon != std::string::npos && colon < 20;
    bad_.add(line, names_column ? failure.line.substr(0, colon) : std::string(kStream),
             names_column ? failure.line.substr(colon + 2) : failure.line);
    return {};
  }

  CsvReader reader_;
  const OpenVault& open_;
  Vault::Changes& changes_;
  BadRows& bad_;
  std::vector<std::string> names_;
  std::unordered_map<StreamId, std::size_t> line_of_;
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
    PersonRows::Totals totals;
    const auto taken = take(*file, *open, totals, context);
    TREDE_RETURN_IF_ERROR(open->accountable.note_written(
        {{.action = TrailAction::kPersoonImporteren,
          .object = std::string(kAllPersons),
          .outcome = taken                                ? TrailOutcome::kGelukt
                     : taken.error().exit == Exit::kInput ? TrailOutcome::kGeweigerd
                                                          : TrailOutcome::kMislukt,
          .count = taken ? totals.made + totals.changed : 0}}));
    if (!taken) return taken.error();
    context.out.line("nieuw: " + std::to_string(totals.made));
    context.out.line("gewijzigd: " + std::to_string(totals.changed));
    context.out.line("ongewijzigd: " + std::to_string(totals.unchanged));
    return {};
  }

 private:
  static Outcome<> take(InputFile& file, const OpenVault& open, PersonRows::Totals& totals,
                        Context& context) {
    auto changes = open.vault->begin();
    if (!changes) return vault_failure(changes.error());
    BadRows bad(file.path());
    PersonRows rows(file, open, *changes, bad);
    {
      ProgressBar bar(context, "person import");
      TREDE_RETURN_IF_ERROR(rows.run(file, bar));
    }
    if (bad.count() > 0) {
      bad.print(context.err);
      return wrong_input(file.path() + ": " + counted(bad.count(), "bad row") +
                         ", nothing was recorded");
    }
    const Status done = changes->commit();
    if (!done) return vault_failure(done.error());
    totals = rows.totals();
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
