// What reports that were laid down keep, held to the log: later reports take those figures over as
// they stand, so somebody who does not believe them asks each question once more.
#pragma once

#include <string>
#include <vector>

#include "engine/log/event_log.h"
#include "projections/projections.h"
#include "projections/reports/frozen_reports.h"

namespace trede {

// What a report that was laid down keeps, and the log does not give.
struct KeptDifference {
  Position source;   // of the event that laid it down
  std::string what;  // a sentence: which report and question, what was kept, what the log gives
};

struct KeptFigures {
  std::size_t reports = 0;
  std::size_t figures = 0;  // asked anew
  std::vector<KeptDifference> differences;
};

// Asks each figure of `rapporten` (those of `frozen`) once more, as known where the report says it
// was. A report that cannot be read, that knew what was recorded after it, or that was laid down
// with a catalogue of measures that this program does not have is a difference too. Threads: one.
// Errors: those of the store and of Projections; never kInvalid.
Result<KeptFigures> check_kept(const FrozenReports& frozen,
                               const std::vector<VastgesteldRapport>& rapporten,
                               const EventLog& log, Projections& projections);

// Those of `rapporten` whose figures cannot be read: damaged, of a newer version, or of another
// report than the event says. No later report can start from one, and no bundle holds one.
// Returns: a sentence each. Errors: kIo.
Result<std::vector<std::string>> find_unreadable(const FrozenReports& frozen,
                                                 const std::vector<VastgesteldRapport>& rapporten);

}  // namespace trede
