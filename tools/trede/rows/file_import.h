// Recording a file of events, of either form: whole, or not at all.
#pragma once

#include <functional>
#include <future>

#include "engine/log/data_folder.h"
#include "tools/trede/rows/import_job.h"

namespace trede::tool {

struct FileImportOptions {
  ImportId id;
  bool as_recorded = false;
  bool dry_run = false;
  bool takes_newer = true;  // what a newer version of the program wrote
  std::function<void(std::uint64_t, std::uint64_t)> on_progress = [](std::uint64_t, std::uint64_t) {
  };  // bytes taken, and in all
};

// Owner: who imports. Threads: one. The folder, clock and random source must outlive it.
class FileImport {
 public:
  FileImport(DataFolder& folder, const Clock& clock, RandomSource& random, std::string name)
      : folder_(folder), clock_(clock), random_(random), bad_(std::move(name)) {}

  // Takes the file; other appends wait meanwhile. When there are bad rows nothing is recorded, and
  // that is no error. Once. Errors: exit status 2  `as_recorded` and the log is not empty, or a KEY
  // that another gave meanwhile;  the system's.
  Outcome<> run(InputFile& file, FileImportOptions options);

  const BadRows& bad() const { return bad_; }
  const ImportTotals& totals() const { return totals_; }
  // A lossless export, whose events keep what they say of themselves, the import they came with
  // too.
  bool is_adopted() const { return is_adopted_; }

 private:
  Status stage(const ImportJob& job, Position head);
  static Outcome<> commit(StagedImport& staged, StreamNames& names);

  DataFolder& folder_;
  const Clock& clock_;
  RandomSource& random_;
  BadRows bad_;
  ImportTotals totals_;
  bool is_adopted_ = false;
  std::future<void> clearing_up_;
};

}  // namespace trede::tool
