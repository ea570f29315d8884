// Where reports are asked for: a definition and a period in, a report out; and where one is laid
// down.
#pragma once

#include <optional>

#include "engine/log/event_log.h"
#include "projections/projections.h"
#include "projections/reports/evaluate.h"
#include "projections/reports/kept.h"
#include "proto/event.pb.h"

namespace trede {

// Keeps what it read of the organisation's stream. What it was made with must outlive it.
// Threads: any.
class ReportDesk {
 public:
  ReportDesk(const EventLog& log, Projections& projections)
      : log_(log), organisatie_(log), projections_(projections) {}

  // Reads each table of the cube once, then works the report out.
  // Requires: a definition without flaws, a settled position.
  // Errors:   those of trede::work_out, OrganisatieLog and Projections.
  Result<WorkedOut> work_out(const pb::ReportDefinition& definition, const ReportRequest& request);

  // The report as it was laid down, as known at `request.known`; absent when it was not.
  // Errors: those of FrozenReports::load.
  Result<std::optional<Report>> find_frozen(std::string_view name, const ReportRequest& request);

  // All reports that were laid down, as known at `known`, held to the log.
  // Errors: those of trede::check_kept and OrganisatieLog.
  Result<KeptFigures> check_kept(Position known);
  // Those of them that cannot be read. Errors: those of trede::find_unreadable and OrganisatieLog.
  Result<std::vector<std::string>> find_unreadable(Position known);

 private:
  const EventLog& log_;
  OrganisatieLog organisatie_;
  Projections& projections_;
};

// What rapport_vastgesteld says of a report that was worked out.
pb::Body vaststelling_of(const WorkedOut& worked);

}  // namespace trede
