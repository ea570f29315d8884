// Erasing, with the audit trail knowing of it before and after.
#pragma once

#include <vector>

#include "engine/erasure/erasure.h"
#include "tools/trede/accountable.h"

namespace trede::tool {

// Ends the attempt that was begun with `entries`.
Outcome<> note_erased(const Result<ErasureOutcome>& erased, std::vector<TrailEntry> entries,
                      Accountable& accountable);

// Completes what a crash cut short, one record for each dossier: `afgemaakt`. Nothing cut short is
// no error, and makes no record.
Outcome<ErasureOutcome> complete_erasures(TrailAction action, DataFolder& folder,
                                          Accountable& accountable, const Clock& clock);

}  // namespace trede::tool
