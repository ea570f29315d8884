// Reports: which there are, and one in any of its forms.
#include <algorithm>

#include "projections/reports/scope.h"
#include "projections/reports/suppress.h"
#include "tools/render/render.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

constexpr std::string_view kCsv = "text/csv";
constexpr std::string_view kText = "text/plain";
constexpr std::string_view kHtml = "text/html";
constexpr std::string_view kXlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

OrProblem<Reply> list_reports(Call& call) {
  api::Rapporten out;
  for (const ListedDefinition& one : call.services.definitions.list()) {
    auto& rapport = *out.add_rapporten();
    rapport.set_naam(one.name);
    rapport.set_titel(one.title);
    rapport.set_versie(one.version);
    rapport.set_omschrijving(one.omschrijving);
    rapport.set_meegeleverd(one.origin.empty());
    if (!one.flaw.empty()) {
      rapport.set_gebrek("onbruikbaar; `trede report --check` zegt waarom");
      continue;
    }
    const auto definition = call.services.definitions.load(one.name);
    if (!definition) continue;
    for (const auto& dimension : definition->kies()) rapport.add_kies(dimension);
  }
  return reply_with(std::move(out));
}

OrProblem<std::vector<Filter>> chosen_by(const Call& call) {
  std::vector<Filter> out;
  for (const std::string& text : call.query.all("waar")) {
    auto filter = parse_waar(text);
    if (!filter) return invalid("waar", filter.error().message);
    if (std::ranges::find(out, filter->dimension, &Filter::dimension) != out.end()) {
      return invalid("waar", filter->dimension + " stands twice, expected each dimension once");
    }
    out.push_back(*std::move(filter));
  }
  const Reach reach = call.identity.reach(Permission::kRapportenLezen);
  if (reach == Reach::kAll) return out;
  const auto& own = call.identity.gemeenten;
  const auto gemeente = std::ranges::find(out, "gemeente", &Filter::dimension);
  if (reach == Reach::kGemeente && gemeente == out.end() && own.size() == 1) {
    out.push_back({"gemeente", own});
    return out;
  }
  const bool is_own = reach == Reach::kGemeente && gemeente != out.end() &&
                      std::ranges::all_of(gemeente->codes, [&](const std::string& code) {
                        return std::ranges::find(own, code) != own.end();
                      });
  if (is_own) return out;
  return forbidden("U leest alleen rapporten over uw eigen gemeente.");
}

Result<std::string> rendered(const Report& report, std::string_view media_type,
                             const tool::Known& known) {
  const render::Provenance provenance{known.moment_text()};
  if (media_type == kCsv) return render::report_csv(report);
  if (media_type == kText) return render::report_text(report, provenance);
  if (media_type == kHtml) return render::report_html(report, provenance);
  if (media_type == kXlsx) return render::report_xlsx(report, provenance);
  return render::report_json(report, provenance);
}

// The report as it was laid down, unless a moment is asked for; else worked out now.
OrProblem<Report> make_report(const Call& call, const ReportRequest& request) {
  const std::string& name = call.path_value("naam");
  const bool asks_moment = call.query.find("bekendOp") || call.query.find("positie");
  if (!asks_moment) {
    auto frozen = call.services.desk.find_frozen(name, request);
    if (!frozen) return problem_of(frozen.error());
    if (*frozen) {
      if (request.suppress) suppress(**frozen);
      return **std::move(frozen);
    }
  }
  const auto listed = call.services.definitions.list();
  if (std::ranges::find(listed, name, &ListedDefinition::name) == listed.end()) {
    return not_found("There is no such report; see /v1/rapporten.");
  }
  const auto definition = call.services.definitions.load(name);
  if (!definition) return Problem(ProblemCode::kStoring, "the definition cannot be used");
  auto worked = call.services.desk.work_out(*definition, request);
  if (!worked) return problem_of(worked.error());
  return std::move(worked->report);
}

OrProblem<Period> asked_period(const Call& call) {
  const Period period{*parse_day(*call.query.find("van")), *parse_day(*call.query.find("tm"))};
  if (period.tm < period.van) return invalid("tm", "before van, expected the last day");
  return period;
}

OrProblem<Reply> read_report(Call& call) {
  const auto period = asked_period(call);
  if (!period) return period.error();
  auto chosen = chosen_by(call);
  if (!chosen) return std::move(chosen).error();
  auto known = known_of(call);
  if (!known) return std::move(known).error();
  ReportRequest request{*period, known->position, *std::move(chosen)};
  request.suppress = call.query.is_set("onderdruk");
  Query asked;
  asked.measure = call.path_value("naam");
  asked.time = *period;
  asked.known = known->position;
  asked.waar = request.chosen;
  const std::string etag = etag_of(call, asked);
  if (is_kept(call, etag)) {
    return Reply{.status = 304, .position = known->position, .etag = etag};
  }
  const auto report = make_report(call, request);
  if (!report) return report.error();
  if (report->known != known->position) {
    tool::KnownOptions then;
    then.positie = std::to_string(report->known.value);
    auto frozen = tool::resolve_known(then, "", call.services.folder.log(), call.services.clock);
    if (!frozen) return problem_of(frozen.error());
    *known = *std::move(frozen);
  }
  auto bytes = rendered(*report, call.media_type, *known);
  if (!bytes) return problem_of(bytes.error());
  const bool is_text = call.media_type.starts_with("text/");
  return Reply{
      .body = RawBody{call.media_type + (is_text ? "; charset=utf-8" : ""), *std::move(bytes)},
      .position = known->position,
      .etag = etag};
}

}  // namespace

std::vector<Endpoint> report_endpoints() {
  std::vector<Parameter> parameters = {
      {.name = "naam",
       .summary = "Naam van het rapport (zie /v1/rapporten)",
       .example = "kwartaal",
       .place = Place::kPath},
      {"van", ValueKind::kDay, "Eerste dag van de periode", "2021-01-01", Place::kQuery, true},
      {"tm", ValueKind::kDay, "Laatste dag, die meetelt", "2021-03-31", Place::kQuery, true},
      {.name = "waar",
       .kind = ValueKind::kFilter,
       .summary = "Waarover, van een rapport dat dat vraagt: `gemeente=Velsen`",
       .repeated = true},
      {"onderdruk", ValueKind::kYesNo, "Zonder aantallen van 1 tot 4, voor publicatie"}};
  return {
      {.method = "GET",
       .path = "/v1/rapporten",
       .operation = "leesRapporten",
       .tag = "rapporten",
       .summary = "Welke rapporten er zijn",
       .permissions = {Permission::kRapportenLezen},
       .response = api::Rapporten::descriptor(),
       .produces = {std::string(kJson), std::string(kProtobuf)},
       .answer = list_reports},
      {.method = "GET",
       .path = "/v1/rapporten/{naam}",
       .operation = "leesRapport",
       .tag = "rapporten",
       .summary = "Een rapport over een periode: zoals vastgesteld, anders zoals nu bekend",
       .permissions = {Permission::kRapportenLezen},
       .produces = {std::string(kJson), std::string(kCsv), std::string(kText), std::string(kHtml),
                    std::string(kXlsx)},
       .parameters = joined_parameters({std::move(parameters),
                                        known_parameters(),
                                        {wait_parameter(), if_none_match_parameter()}}),
       .problems = {ProblemCode::kNietGevonden},
       .may_be_partial = true,
       .answer = read_report},
  };
}

}  // namespace trede::server
