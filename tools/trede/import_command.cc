#include <optional>

#include "tools/trede/accountable.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/progress.h"
#include "tools/trede/rows/file_import.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

class ImportCommand final : public Command {
 public:
  Help help() const override {
    return {"import", "Records a file of events: whole, or not at all.",
            "  trede import gebeurtenissen.csv --data werk --dry-run\n"
            "  trede import gebeurtenissen.csv --data werk\n"
            "  trede import oud-systeem.csv --data werk --as-recorded\n"
            "  trede import export.ndjson --data kopie\n"};
  }

  void bind(Options& options) override {
    options.required_word("FILE", &file_, "CSV, or what `trede export` wrote");
    options.flag("--as-recorded", &as_recorded_,
                 "adopt the vastgelegd_op of the rows (into an empty log only)");
    options.flag("--dry-run", &dry_run_, "check everything, write nothing");
    bind_data(options, &data_);
  }

  Outcome<> run(Context& context) override {
    auto file = InputFile::open(file_);
    if (!file) return file.error();
    auto folder = open_folder(data_, OpenMode::kWrite, context);
    if (!folder) return folder.error();
    auto accountable = Accountable::writer(**folder, {}, context);
    if (!accountable) return accountable.error();
    import_ = ImportId{context.random.uuid7(context.clock.now())};
    if (!dry_run_) TREDE_RETURN_IF_ERROR(accountable->note_begun({entry()}));
    std::optional<FileImport> import;
    const auto taken = take_file(*file, **folder, import, context);
    const ImportTotals& totals = import->totals();
    const auto noted = accountable->note_written({entry_of(taken, totals)});
    if (!taken) return taken.error();
    if (!noted) return noted.error();
    if (dry_run_) {
      context.out.write(totals.text() + "dry run: nothing was written\n");
      return {};
    }
    const bool took = totals.recorded > 0;
    context.out.write(totals.text() + "import: " + (took ? import_.uuid.text() : "-") + "\n");
    return finish_writing(std::move(*folder), context);
  }

 private:
  // One for all of the file: its events carry the id of the import.
  TrailEntry entry() const {
    return {.action = TrailAction::kImporteren,
            .object = std::string(kWholeLog),
            .about = dry_run_ ? "proef" : "import/" + import_.uuid.text()};
  }

  TrailEntry entry_of(const Outcome<>& taken, const ImportTotals& totals) const {
    TrailEntry ended = entry();
    ended.outcome = outcome_of(taken);
    if (taken && !dry_run_) {
      ended.first = totals.first;
      ended.last = totals.last;
      ended.count = totals.recorded;
    }
    return ended;
  }

  Outcome<> take_file(InputFile& file, DataFolder& folder, std::optional<FileImport>& import,
                      Context& context) {
    import.emplace(folder, context.clock, context.random, file.path());
    {
      ProgressBar bar(context, "import");
      TREDE_RETURN_IF_ERROR(import->run(file, {.id = import_,
                                               .as_recorded = as_recorded_,
                                               .dry_run = dry_run_,
                                               .on_progress = bar.reporter()}));
    }
    const BadRows& bad = import->bad();
    if (bad.count() == 0) return {};
    bad.print(context.err);
    return wrong_input(file.path() + ": " + counted(bad.count(), "bad row") +
                       ", nothing was recorded");
  }

  std::string file_;
  std::string data_;
  bool as_recorded_ = false;
  bool dry_run_ = false;
  ImportId import_;
};

}  // namespace

std::unique_ptr<Command> make_import_command() { return std::make_unique<ImportCommand>(); }

}  // namespace trede::tool
