#include "projections/reports/evaluate.h"

#include <algorithm>
#include <set>

#include "projections/measures/measures.h"
#include "projections/reports/assemble.h"
#include "projections/reports/evaluator.h"
#include "projections/reports/suppress.h"
#include "projections/reports/tijdvak.h"

namespace trede {

namespace {

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

Status check_period(const pb::ReportDefinition& definition, const Period& period) {
  if (definition.maanden().empty()) return {};
  const unsigned months = months_from_january(period);
  if (std::ranges::find(definition.maanden(), months) != definition.maanden().end()) return {};
  std::string counts;
  for (int i = 0; i < definition.maanden_size(); ++i) {
    const bool last = i > 0 && i + 1 == definition.maanden_size();
    counts += (i == 0 ? "" : last ? " or " : ", ") + std::to_string(definition.maanden(i));
  }
  return invalid("report '" + definition.name() + "' is over " + counts +
                 " whole months from 1 January, not over " + format_day(period.van) +
                 " up to and including " + format_day(period.tm));
}

Status check_chosen(const pb::ReportDefinition& definition, const std::vector<Filter>& chosen) {
  for (const std::string& dimension : definition.kies()) {
    const auto found = std::ranges::find(chosen, dimension, &Filter::dimension);
    if (found == chosen.end() || found->codes.size() != 1) {
      return invalid("report '" + definition.name() + "' is about one " + dimension +
                     ", expected --waar " + dimension + "=...");
    }
  }
  for (const Filter& filter : chosen) {
    if (std::ranges::find(definition.kies(), filter.dimension) == definition.kies().end()) {
      return invalid("report '" + definition.name() + "' cannot be asked for one " +
                     filter.dimension);
    }
  }
  return {};
}

// Explanations of rows that the report does not have.
std::vector<std::string> unplaced_of(const Organisatie& organisatie, const Report& report) {
  std::set<std::string> rows;
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) {
      for (const ReportRow& row : table.rows) rows.insert(table.id + "/" + row.id);
    }
  }
  std::vector<std::string> out;
  for (const RijToelichting& one : organisatie.toelichtingen()) {
    const bool about_this =
        one.rapport == report.name && one.periode == report.period && one.waar == report.waar;
    if (about_this && !rows.contains(one.rij)) out.push_back(one.rij);
  }
  return out;
}

// What the measures that were asked mean.
std::vector<Begrip> begrippen_of(const std::map<std::string, Query>& queries) {
  std::set<std::string> names;
  for (const auto& [text, query] : queries) names.insert(query.measure);
  std::vector<Begrip> out;
  for (const std::string& name : names) {
    const Measure* measure = find_measure(name);
    out.push_back({name, measure->title, measure->definition, measure->unit});
  }
  return out;
}

}  // namespace

namespace {

Result<WorkedOut> work_out_unguarded(const pb::ReportDefinition& definition,
                                     const ReportRequest& request, const ReportSources& sources) {
  TREDE_RETURN_IF_ERROR(check_period(definition, request.period));
  TREDE_RETURN_IF_ERROR(check_chosen(definition, request.chosen));
  const std::string& own = definition.volgt().empty() ? definition.name() : definition.volgt();
  const auto succeeds =
      request.succeeds.value_or(ReportRequest::Succession{own, waar_text(request.chosen)});
  Asker asker({succeeds.name, succeeds.waar, request.known}, sources.answerer, sources.published);
  Evaluator evaluator(definition, request, sources, asker);
  TREDE_RETURN_IF_ERROR(evaluator.lay_out());
  WorkedOut out;
  TREDE_RETURN_IF_ERROR(assemble(definition, request, sources.organisatie, evaluator, out));
  out.report.name = definition.name();
  out.report.title = evaluator.titled(definition.title(), request.period);
  out.report.version = definition.version();
  out.report.catalogus = catalogus_version();
  out.report.waar = waar_text(request.chosen);
  out.report.period = request.period;
  out.report.known = request.known;
  out.report.generation = asker.generation();
  out.report.begrippen = begrippen_of(asker.queries());
  out.figures = asker.figures();
  out.queries = asker.queries();
  out.unplaced = unplaced_of(sources.organisatie, out.report);
  if (request.suppress) suppress(out.report);
  return out;
}

}  // namespace

Result<WorkedOut> work_out(const pb::ReportDefinition& definition, const ReportRequest& request,
                           const ReportSources& sources) {
  try {
    return work_out_unguarded(definition, request, sources);
  } catch (const NumberTooLarge&) {
    return invalid("report '" + definition.name() +
                   "': a number in it has more than 30 digits, expected amounts and counts");
  }
}

Result<Report> evaluate(const pb::ReportDefinition& definition, const ReportRequest& request,
                        const Organisatie& organisatie, const Answerer& answerer) {
  const PublishedReports none;
  const auto nobody = [](Position) -> Result<Organisatie> { return Organisatie(); };
  auto out = work_out(definition, request, {organisatie, answerer, none, nobody});
  if (!out) return std::unexpected(out.error());
  return std::move(out->report);
}

Result<std::vector<Query>> queries_of(const pb::ReportDefinition& definition,
                                      const ReportRequest& request, const ReportSources& sources) {
  std::vector<Query> queries;
  const Answerer collect = [&](const Query& query) -> Result<Answer> {
    if (!query.per.empty()) return sources.answerer(query);
    queries.push_back(query);
    return Answer{};
  };
  const auto report =
      work_out(definition, request,
               {sources.organisatie, collect, sources.published, sources.organisatie_at});
  if (!report) return std::unexpected(report.error());
  return queries;
}

std::vector<std::string> failed_controls(const Report& report) {
  std::vector<std::string> out;
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) {
      const auto at = std::ranges::find(table.columns, "oordeel", &ReportLine::id);
      if (at == table.columns.end()) continue;
      const auto column = static_cast<std::size_t>(at - table.columns.begin());
      for (const ReportRow& row : table.rows) {
        if (row.cells[column].oordeel == Oordeel::kOngunstig) {
          out.push_back(table.id + "/" + row.id + ": " + row.title);
        }
      }
    }
  }
  return out;
}

}  // namespace trede
