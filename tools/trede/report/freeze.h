// Laying a report down: what must hold first, and the event that does it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "projections/reports/definition.h"
#include "projections/reports/desk.h"
#include "tools/trede/failure.h"

namespace trede::tool {

// The report that is to be laid down.
struct LayingDown {
  std::string name;
  const pb::ReportDefinition& definition;
  ReportRequest request;
};

// Why it may not be: a Dutch sentence. When controls do not hold, also which, and of what report.
struct Objection {
  std::string zin;
  std::string rapport = {};
  std::vector<std::string> controles = {};
};

// Absent: it may be laid down, unless it was already, which the rules of the log tell.
// Errors: exit status 2 when the definition, or one of its controls, does not take the request;
//         those of the desk.
Outcome<std::optional<Objection>> find_objection(const LayingDown& wanted,
                                                 const DefinitionLibrary& library, ReportDesk& desk,
                                                 const Clock& clock);

// rapport_vastgesteld with the figures of `worked`, of today, with an id of its own.
pb::Event vaststelling_event(const WorkedOut& worked, const std::string& actor, const Clock& clock,
                             RandomSource& random);

}  // namespace trede::tool
