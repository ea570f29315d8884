#include "tools/trede/rows/file_import.h"

#include <memory>

#include "engine/log/event_log.h"
#include "tools/trede/memory.h"
#include "tools/trede/rows/csv_import.h"
#include "tools/trede/rows/ndjson_import.h"

namespace trede::tool {

namespace {

// A file that begins with a JSON object is an export; any other is CSV.
bool is_ndjson(std::string_view first_bytes) {
  if (first_bytes.starts_with("\xEF\xBB\xBF")) first_bytes.remove_prefix(3);
  return first_bytes.starts_with('{');
}

}  // namespace

Outcome<> FileImport::run(InputFile& file, FileImportOptions options) {
  auto staged = folder_.log().begin_import(
      {.id = options.id, .as_recorded = options.as_recorded, .dry_run = options.dry_run});
  if (!staged) {
    if (staged.error().code != ErrorCode::kInvalid) return Failure(staged.error());
    return wrong_input("--as-recorded: " + staged.error().message);
  }
  // Nobody else appends from here on.
  const Position head = folder_.log().last_position();
  StreamNames names(folder_.keys(), random_);
  TREDE_RETURN_IF_ERROR(stage({file, **staged, names, clock_, std::move(options.on_progress), bad_,
                               totals_, options.as_recorded, options.takes_newer},
                              head));
  if (bad_.count() > 0 || options.dry_run || totals_.recorded == 0) return {};
  return commit(**staged, names);
}

Status FileImport::stage(const ImportJob& job, Position head) {
  const auto first = job.file.peek();
  if (!first) return std::unexpected(first.error());
  is_adopted_ = is_ndjson(*first);
  if (is_adopted_) return NdjsonImport(job, head).run();
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
Outcome<> FileImport::commit(StagedImport& staged, StreamNames& names) {
  const Status assigned = names.assign_new();
  if (!assigned && assigned.error().code == ErrorCode::kConflict) {
    return wrong_input(assigned.error().message);
  }
  if (!assigned) return Failure(assigned.error());
  TREDE_RETURN_IF_ERROR(staged.commit());
  return {};
}

}  // namespace trede::tool
