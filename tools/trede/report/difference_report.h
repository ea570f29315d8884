// What differs between two moments of knowing, as a report that every format can show.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/log/event_log.h"
#include "projections/reports/compare.h"
#include "tools/trede/failure.h"
#include "tools/trede/question.h"

namespace trede::tool {

// Both moments, as shown: `positie 4711 (2021-04-02T07:00:00.000000Z)`.
struct BothMoments {
  std::string before;
  std::string after;
};

// How a stream is called for who reads the report.
using NameStream = std::function<Result<std::string>(const StreamId&)>;

// `after` with other sections: per table what differs, and the events behind it.
// Errors: those of the log and of `name`.
Result<Report> difference_report(const Report& after, const std::vector<CellDifference>& all,
                                 const BothMoments& moments, const EventLog& log,
                                 const NameStream& name);

}  // namespace trede::tool
