// Which dossiers, and which notes about verzuim, may be destroyed because their term is over.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/dossier/history.h"
#include "engine/erasure/erasure.h"
#include "engine/erasure/terms.h"

namespace trede {

// Since when nothing runs in a dossier, and since when there is no dienstverband. Absent: something
// runs, lies ahead of the day that was asked, or never was.
struct DossierEnds {
  std::optional<Day> closed;         // the last day on which something happened
  std::optional<Day> dienstverband;  // the first day without
};
DossierEnds ends_of(std::span<const ActingEvent> events, Day op);

struct Expired {
  ErasedPart part = ErasedPart::kDossier;
  StreamId dossier;
  Day ended{};
  RetentionTerm term;
  Day over{};  // since when it may be destroyed
};

// What may be destroyed on `op`, in order of dossier. Only dossiers with a KEY are looked at: one
// without is anonymous already. Of a dossier that goes as a whole its notes are not listed apart.
// One dossier is in memory at a time. Errors: kCorrupt, kNewer, kIo.
Result<std::vector<Expired>> find_expired(DataFolder& folder, const RetentionTerms& terms, Day op);

// What stands for the list: another list, another code. Sixteen hexadecimal digits.
std::string list_code(std::span<const Expired> expired, const Uuid& log);

ErasureRequest request_of(std::span<const Expired> expired);

}  // namespace trede
