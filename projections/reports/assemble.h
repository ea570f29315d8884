// From worked cells to the tables of a report.
#pragma once

#include "projections/reports/evaluate.h"
#include "projections/reports/evaluator.h"

namespace trede {

// Adds the sections of `definition` to `out`, with what each cell stands on and the words that
// `organisatie` has beside rows.
// Requires: an evaluator that was laid out. Errors: those of Evaluator::cell.
Status assemble(const pb::ReportDefinition& definition, const ReportRequest& request,
                const Organisatie& organisatie, Evaluator& evaluator, WorkedOut& out);

}  // namespace trede
