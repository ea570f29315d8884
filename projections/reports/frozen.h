// A report as it is laid down: to the canonical bytes that rapport_vastgesteld carries as its
// figures, and back, exactly.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "projections/reports/report.h"

namespace trede {

// What the projections answered to one question of the report, in the measure's own unit.
struct PublishedFigure {
  std::string question;            // in the one form in which it is asked
  std::optional<Rational> number;  // absent: a ratio with nothing below it
};

// Invariant: figures in order of question, each once.
struct FrozenReport {
  Report report;
  std::vector<PublishedFigure> figures;

  // Null when the report did not ask it.
  const PublishedFigure* find_figure(std::string_view question) const;
};

// The bytes of `report` with the answers it rests on, in any order (of several to one question the
// first). The same report with the same answers gives the same bytes. Left out are what it does not
// know of itself: when it was laid down, and the generation of the projections that answered.
// Requires: a whole report (as evaluate gives it): rows as long as there are columns, and places of
//           formulas and charts that exist, at most 6 decimals and terms below 10^30.
std::string encode_frozen(const Report& report, std::vector<PublishedFigure> figures);

// Errors: kNewer    in a form of a newer version;
//         kCorrupt  not the bytes that encode_frozen writes.
Result<FrozenReport> decode_frozen(std::string_view bytes);

}  // namespace trede
