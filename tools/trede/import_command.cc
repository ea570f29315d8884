#include <future>
#include <memory>
#include <optional>

#include "engine/log/event_log.h"
#include "tools/trede/accountable.h"
#include "tools/trede/command.h"
#include "tools/trede/folder.h"
#include "tools/trede/memory.h"
#include "tools/trede/progress.h"
#include "tools/trede/rows/csv_import.h"
#include "tools/trede/rows/ndjson_import.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

// A file that begins with a JSON object is an export; any other is CSV.
bool is_ndjson(std::string_view first_bytes) {
  if (first_bytes.starts_with("\xEF\xBB\xBF")) first_bytes.remove_prefix(3);
  return first_bytes.starts_with('{');
}

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
    ImportTotals totals;
    const auto taken = take_file(*file, **folder, totals, context);
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

  Outcome<> take_file(InputFile& file, DataFolder& folder, ImportTotals& totals, Context& context) {
    const Position head = folder.log().last_position();
    auto staged = folder.log().begin_import(
        {.id = import_, .as_recorded = as_recorded_, .dry_run = dry_run_});
    if (!staged) {
      if (staged.error().code != ErrorCode::kInvalid) return Failure(staged.error());
      return wrong_input("--as-recorded: " + staged.error().message);
    }
    StreamNames names(folder.keys(), context.random);
    BadRows bad(file.path());
    {
      ProgressBar bar(context, "import");
      const ImportJob job{file, **staged, names, context.clock, bar, bad, totals, as_recorded_};
      TREDE_RETURN_IF_ERROR(stage(job, head));
    }
    if (bad.count() > 0) {
      bad.print(context.err);
      return wrong_input(file.path() + ": " + counted(bad.count(), "bad row") +
                         ", nothing was recorded");
    }
    if (dry_run_ || totals.recorded == 0) return {};
    return commit(**staged, names);
  }

  Status stage(const ImportJob& job, Position head) {
    const auto first = job.file.peek();
    if (!first) return std::unexpected(first.error());
    if (is_ndjson(*first)) return NdjsonImport(job, head).run();
    auto import = std::make_unique<CsvImport>(job);
    const Status staged = import->run();
    // What it keeps of every dossier takes as long to give back as a tenth of the import.
    // Given back at once, or the projections would be built beside it.
    clearing_up_ = std::async(std::launch::async, [kept = std::move(import)]() mutable {
      kept.reset();
      give_back_freed_memory();
    });
    return staged;
  }

  // The KEYs first: an event of a stream without KEY could not be found again, a KEY of a stream
  // without events is harmless. So they also stay when the commit fails, which leaves open whether
  // the events are there.
  static Outcome<> commit(StagedImport& staged, StreamNames& names) {
    const Status assigned = names.assign_new();
    if (!assigned && assigned.error().code == ErrorCode::kConflict) {
      return wrong_input(assigned.error().message);
    }
    if (!assigned) return Failure(assigned.error());
    TREDE_RETURN_IF_ERROR(staged.commit());
    return {};
  }

  std::string file_;
  std::string data_;
  bool as_recorded_ = false;
  bool dry_run_ = false;
  ImportId import_;
  std::future<void> clearing_up_;
};

}  // namespace

std::unique_ptr<Command> make_import_command() { return std::make_unique<ImportCommand>(); }

}  // namespace trede::tool
