#include "tools/trede/person/accounted_erasure.h"

namespace trede::tool {

Outcome<> note_erased(const Result<ErasureOutcome>& erased, std::vector<TrailEntry> entries,
                      Accountable& accountable) {
  for (TrailEntry& entry : entries) {
    entry.outcome = erased ? TrailOutcome::kGelukt : TrailOutcome::kMislukt;
  }
  return accountable.note_written(std::move(entries));
}

Outcome<ErasureOutcome> complete_erasures(TrailAction action, DataFolder& folder,
                                          Accountable& accountable, const Clock& clock) {
  const auto begun = begun_erasures(folder);
  if (!begun) return Failure(begun.error());
  if (begun->empty()) return ErasureOutcome{};
  std::vector<TrailEntry> entries;
  for (const ErasureEntry& one : *begun) {
    entries.push_back(
        {.action = action, .object = object_of(one.dossier), .count = 1, .about = "afgemaakt"});
  }
  TREDE_RETURN_IF_ERROR(accountable.note_begun(entries));
  auto done = finish_erasures(folder, clock);
  TREDE_RETURN_IF_ERROR(note_erased(done, std::move(entries), accountable));
  if (!done) return Failure(done.error());
  return std::move(*done);
}

}  // namespace trede::tool
