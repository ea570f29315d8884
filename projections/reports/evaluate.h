// Works out a report: expands its rows and columns, asks the projections, computes the cells.
#pragma once

#include <functional>

#include "projections/measures/query.h"
#include "projections/reports/laid_down.h"
#include "projections/reports/report.h"
#include "proto/report.pb.h"

namespace trede {

struct ReportRequest {
  Period period;
  Position known;  // settled
};

// Answers a query, as Projections::answer does.
using Answerer = std::function<Result<Answer>(const Query&)>;

// Requires: a definition without flaws (definition.h); `organisatie` as known at `request.known`.
// Errors:   those of `answerer`.
Result<Report> evaluate(const pb::ReportDefinition& definition, const ReportRequest& request,
                        const Organisatie& organisatie, const Answerer& answerer);

// The questions that evaluate would ask, so that all they need can be read at once.
// Requires and errors: as evaluate.
Result<std::vector<Query>> queries_of(const pb::ReportDefinition& definition,
                                      const ReportRequest& request, const Organisatie& organisatie);

}  // namespace trede
