// Works out a report: expands its rows and columns, asks the projections, computes the cells.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "projections/measures/query.h"
#include "projections/reports/asker.h"
#include "projections/reports/laid_down.h"
#include "projections/reports/published.h"
#include "projections/reports/report.h"
#include "proto/report.pb.h"

namespace trede {

struct ReportRequest {
  Period period;
  Position known;                   // settled
  std::vector<Filter> chosen = {};  // one code for each dimension of `kies`
  // Whose earlier reports it starts from: those of this report; absent = of its own.
  struct Succession {
    std::string name;
    std::string waar;  // waar_text
  };
  std::optional<Succession> succeeds = {};
  bool suppress = false;  // leaves out counts of 1 to 4 and what would tell them
};

// What a report is worked out from. What it refers to must outlive the call.
struct ReportSources {
  const Organisatie& organisatie;  // as known at the position of the request
  const Answerer& answerer;
  const PublishedReports& published;  // as known there
  // The organisation at another position, for what was laid down then.
  std::function<Result<Organisatie>(Position)> organisatie_at;
};

// A report, and what it stands on.
struct WorkedOut {
  Report report;
  // What the projections answered as known at the position of the report, by question.
  std::map<std::string, std::optional<Rational>> figures;
  std::map<std::string, Query> queries;  // by question
  std::vector<std::string> unplaced;     // rows that somebody explained and that are not there
  // By table, row and column of `report`.
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, CellSources> sources;
};

// Requires: a definition without flaws (definition.h).
// Errors:   kInvalid  the report is not over such a period, a code for `kies` is missing or not
//           asked for, or a period before the first day; those of the answerer.
Result<WorkedOut> work_out(const pb::ReportDefinition& definition, const ReportRequest& request,
                           const ReportSources& sources);

// The same without what it stands on, of an organisation that laid down no report before.
// `organisatie` as known at `request.known`.
Result<Report> evaluate(const pb::ReportDefinition& definition, const ReportRequest& request,
                        const Organisatie& organisatie, const Answerer& answerer);

// The questions that work_out would ask, so that all they need can be read at once. Those that
// decide which lines there are it asks. Requires and errors: as work_out.
Result<std::vector<Query>> queries_of(const pb::ReportDefinition& definition,
                                      const ReportRequest& request, const ReportSources& sources);

// The controls of a report that do not hold, as `table/row: title`.
std::vector<std::string> failed_controls(const Report& report);

}  // namespace trede
