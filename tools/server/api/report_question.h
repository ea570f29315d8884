// Which report a call is about, within the reach of who asks.
#pragma once

#include <string>
#include <vector>

#include "projections/measures/query.h"
#include "proto/report.pb.h"
#include "tools/server/api/call.h"

namespace trede::server {

std::vector<Parameter> report_parameters();  // naam, van, tm, waar, onderdruk

// Errors: 400.
OrProblem<Period> asked_period(const Call& call);
OrProblem<std::vector<Filter>> parse_chosen(const std::vector<std::string>& texts);
// What the report is about; of who reads those of one gemeente that one. Errors: 400, 403.
OrProblem<std::vector<Filter>> chosen_by(const Call& call);
// Of the part `naam` of the path. Errors: 404.
OrProblem<pb::ReportDefinition> find_definition(const Call& call);

}  // namespace trede::server
