// Reports: which there are, one in any of its forms, what differs in it between two moments, and
// laying one down.
//
// Longer than most: what is asked for is read and narrowed in one way for all of them.
#include <algorithm>
#include <set>

#include "engine/dossier/recorder.h"
#include "engine/event/event.h"
#include "projections/reports/compare.h"
#include "projections/reports/scope.h"
#include "projections/reports/suppress.h"
#include "tools/render/render.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/event_message.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/report_question.h"
#include "tools/server/api/wire.h"
#include "tools/trede/accountable.h"
#include "tools/trede/report/difference_report.h"
#include "tools/trede/report/freeze.h"

namespace trede::server {

namespace {

constexpr std::string_view kCsv = "text/csv";
constexpr std::string_view kText = "text/plain";
constexpr std::size_t kMostRowsSaid = 20;  // a header is to pass whatever stands in between
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
    *rapport.mutable_maanden() = definition->maanden();
  }
  return reply_with(std::move(out));
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

// A report, and rows that somebody explained and that are not in it.
struct MadeReport {
  Report report;
  std::vector<std::string> unplaced = {};
};

// The report as it was laid down, unless a moment is asked for; else worked out now.
OrProblem<MadeReport> make_report(const Call& call, const ReportRequest& request) {
  const std::string& name = call.path_value("naam");
  const bool asks_moment = call.query.find("bekendOp") || call.query.find("positie");
  if (!asks_moment) {
    auto frozen = call.services.desk.find_frozen(name, request);
    if (!frozen) return problem_of(frozen.error());
    if (*frozen) {
      if (request.suppress) suppress(**frozen);
      return MadeReport{**std::move(frozen)};
    }
  }
  const auto definition = find_definition(call);
  if (!definition) return definition.error();
  auto worked = call.services.desk.work_out(*definition, request);
  if (!worked) return problem_of(worked.error());
  return MadeReport{std::move(worked->report), std::move(worked->unplaced)};
}

// What was known to a report that was laid down.
OrProblem<tool::Known> known_at(const Call& call, Position position) {
  tool::KnownOptions then;
  then.positie = std::to_string(position.value);
  auto known = tool::resolve_known(then, "", call.services.folder.log(), call.services.clock);
  if (!known) return problem_of(known.error());
  return *std::move(known);
}

// Not every form has a place for what is known to it, nor for what is amiss with explanations.
Reply rendered_reply(const Call& call, std::string bytes, const tool::Known& known) {
  const bool is_text = call.media_type.starts_with("text/");
  Reply reply{
      .body = RawBody{call.media_type + (is_text ? "; charset=utf-8" : ""), std::move(bytes)},
      .position = known.position};
  reply.headers.set("Trede-Bekend-Op", known.moment_text());
  return reply;
}

// Names of rows, which have no comma in them; of many the last one is how many more there are.
std::string rows_text(const std::vector<std::string>& rows) {
  std::string out;
  for (std::size_t i = 0; i < rows.size() && i < kMostRowsSaid; ++i) {
    out += (i == 0 ? "" : ",") + rows[i];
  }
  if (rows.size() > kMostRowsSaid) out += ",+" + std::to_string(rows.size() - kMostRowsSaid);
  return out;
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
  const auto made = make_report(call, request);
  if (!made) return made.error();
  if (made->report.known != known->position) {
    auto frozen = known_at(call, made->report.known);
    if (!frozen) return std::move(frozen).error();
    *known = *std::move(frozen);
  }
  auto bytes = rendered(made->report, call.media_type, *known);
  if (!bytes) return problem_of(bytes.error());
  Reply reply = rendered_reply(call, *std::move(bytes), *known);
  reply.etag = etag;
  if (!made->unplaced.empty()) reply.headers.set("Trede-Let-Op", rows_text(made->unplaced));
  return reply;
}

// Whether who asks may be told that the event was recorded: who answers for figures, and of verzuim
// of a person who may see that.
Result<bool> may_see(const Call& call, Position position) {
  if (call.identity.reach(Permission::kCijfersVerklaren) != Reach::kAll) return false;
  if (call.identity.reach(Permission::kVerzuimLezen) == Reach::kAll) return true;
  const EventLog& log = call.services.folder.log();
  const auto stored = log.load(position);
  if (!stored) return stored.error();
  const auto event = decode_any(stored->bytes);
  if (!event) return event.error();
  const auto about = vervangt_of(*event);
  if (!about) return !is_verzuim(event->body().soort_case());
  const auto soort = tool::look_up_kind(*about, {}, log);
  if (!soort) return soort.error();
  return soort->has_value() && !is_verzuim(**soort);
}

Status leave_out_hidden(const Call& call, std::vector<CellDifference>& all) {
  for (CellDifference& one : all) {
    std::vector<Position> seen;
    for (const Position position : one.events) {
      const auto may = may_see(call, position);
      if (!may) return may.error();
      if (*may) seen.push_back(position);
    }
    one.events = std::move(seen);
  }
  return {};
}

struct Earlier {
  Report report;
  tool::Known known;
};

// What is compared with: as known at the moment that is asked for, else as it was laid down.
OrProblem<Earlier> earlier_report(const Call& call, const pb::ReportDefinition& definition,
                                  ReportRequest request) {
  if (call.query.find("bekendOp") || call.query.find("positie")) {
    auto known = known_of(call);
    if (!known) return std::move(known).error();
    request.known = known->position;
    auto worked = call.services.desk.work_out(definition, request);
    if (!worked) return problem_of(worked.error());
    return Earlier{std::move(worked->report), *std::move(known)};
  }
  auto frozen = call.services.desk.find_frozen(call.path_value("naam"), request);
  if (!frozen) return problem_of(frozen.error());
  if (!*frozen) {
    return not_found(
               "Dit rapport is over deze periode nooit vastgesteld; geef bekendOp of positie.")
        .at("bekendOp", "missing, expected a moment: there is no report that was laid down");
  }
  auto known = known_at(call, (*frozen)->known);
  if (!known) return std::move(known).error();
  return Earlier{**std::move(frozen), *std::move(known)};
}

std::string moment_text(const tool::Known& known) {
  return "zoals bekend op " + known.moment_text() + " (positie " +
         std::to_string(known.position.value) + ")";
}

OrProblem<std::vector<TrailEntry>> entries_for(const Call& call,
                                               const std::vector<CellDifference>& all,
                                               Position known) {
  std::set<Position> events;
  for (const CellDifference& one : all) events.insert(one.events.begin(), one.events.end());
  const std::vector<Position> positions(events.begin(), events.end());
  tool::ShownStreams shown;
  const Status added = shown.add_events(positions, call.services.folder.log());
  if (!added) return problem_of(added.error());
  return shown.entries(TrailAction::kVergelijken, known);
}

OrProblem<Reply> compare_report(Call& call) {
  TREDE_RETURN_IF_PROBLEM(check_keys(call));
  const auto period = asked_period(call);
  if (!period) return period.error();
  auto chosen = chosen_by(call);
  if (!chosen) return std::move(chosen).error();
  const auto definition = find_definition(call);
  if (!definition) return definition.error();
  const auto then = known_of(call, "en");
  if (!then) return then.error();
  const ReportRequest request{*period, then->position, *std::move(chosen)};
  const auto before = earlier_report(call, *definition, request);
  if (!before) return before.error();
  if (then->position < before->known.position) {
    return invalid("enBekendOp", "before bekendOp, expected the later moment last");
  }
  const auto after = call.services.desk.work_out(*definition, request);
  if (!after) return problem_of(after.error());
  auto all = compare(before->report, *after, call.services.projections);
  if (!all) return problem_of(all.error());
  const Status left = leave_out_hidden(call, *all);
  if (!left) return problem_of(left.error());
  const auto name = [&call](const StreamId& stream) { return stream_name(call, stream); };
  auto report =
      tool::difference_report(after->report, *all, {moment_text(before->known), moment_text(*then)},
                              call.services.folder.log(), name);
  if (!report) return problem_of(report.error());
  auto entries = entries_for(call, *all, then->position);
  if (!entries) return std::move(entries).error();
  if (call.query.is_set("onderdruk")) suppress(*report);
  auto bytes = rendered(*report, call.media_type, *then);
  if (!bytes) return problem_of(bytes.error());
  Reply reply = rendered_reply(call, *std::move(bytes), *then);
  reply.trail = *std::move(entries);
  return reply;
}

TrailEntry laying_down_entry(TrailOutcome outcome) {
  return {
      .action = TrailAction::kVaststellen, .object = object_of(kOrganisatie), .outcome = outcome};
}

Problem objected(const tool::Objection& objection) {
  Problem problem(ProblemCode::kRegel, objection.zin);
  problem.says.set_regel(objection.controles.empty() ? "vaststellen" : "controles");
  for (const std::string& one : objection.controles) problem.at(objection.rapport, one);
  problem.says.set_detail(objection.zin);
  return problem;
}

// Of the message that was sent: the report it is about, as known now.
OrProblem<ReportRequest> asked_to_lay_down(const Call& call, const api::Vaststelling& wanted) {
  const auto van = parse_day(wanted.van());
  if (!van) return invalid("van", "expected a day, as 2021-01-01");
  const auto tm = parse_day(wanted.tm());
  if (!tm) return invalid("tm", "expected a day, as 2021-03-31");
  if (*tm < *van) return invalid("tm", "before van, expected the last day");
  auto chosen = parse_chosen({wanted.waar().begin(), wanted.waar().end()});
  if (!chosen) return std::move(chosen).error();
  const auto known = call.services.known_now.find();
  if (!known) return problem_of(known.error());
  return ReportRequest{Period{*van, *tm}, known->position, *std::move(chosen)};
}

// Records the report, or only asks the rules. Returns: where it stands.
OrProblem<Recorded> record_laid_down(const Call& call, const pb::Event& event, bool is_trial) {
  const auto outcome =
      call.services.recorder.record({&event, 1}, RecordOptions{.only_judge = is_trial});
  if (!outcome) {
    Problem problem = problem_of(outcome.error());
    problem.trail = {laying_down_entry(TrailOutcome::kMislukt)};
    return problem;
  }
  if (const auto* refusal = std::get_if<Refusal>(&*outcome)) return problem_of(*refusal, 0);
  if (std::holds_alternative<Outdated>(*outcome)) {
    return problem_of(Error{ErrorCode::kConflict, "others were first"});
  }
  return std::get<Recorded>(*outcome);
}

OrProblem<Recorded> lay_down(const Call& call, const ReportRequest& request, bool is_trial) {
  const auto definition = find_definition(call);
  if (!definition) return definition.error();
  const tool::LayingDown wanted{call.path_value("naam"), *definition, request};
  ReportDesk& desk = call.services.desk;
  const auto objection =
      tool::find_objection(wanted, call.services.definitions, desk, call.services.clock);
  if (!objection) return problem_of(objection.error());
  if (*objection) return objected(**objection);
  const auto worked = desk.work_out(*definition, request);
  if (!worked) return problem_of(worked.error());
  const pb::Event event = tool::vaststelling_event(*worked, call.identity.actor,
                                                   call.services.clock, call.services.random);
  return record_laid_down(call, event, is_trial);
}

OrProblem<Reply> lay_report_down(Call& call) {
  const bool is_trial = call.query.is_set("proef");
  if (!is_trial && !call.services.trail.is_well()) {
    return unnoted({laying_down_entry(TrailOutcome::kMislukt)});
  }
  api::Vaststelling sent;
  const auto type = media_type_of(call.header("Content-Type"));
  TREDE_RETURN_IF_PROBLEM(read_message(*type, call.request.body, sent));
  const auto request = asked_to_lay_down(call, sent);
  if (!request) return request.error();
  // Before it is recorded: what fails after that would keep it out of the trail.
  const auto known = known_at(call, request->known);
  if (!known) return known.error();
  auto laid_down = lay_down(call, *request, is_trial);
  if (!laid_down) {
    Problem problem = std::move(laid_down).error();
    if (problem.status() == 409) problem.trail = {laying_down_entry(TrailOutcome::kGeweigerd)};
    return problem;
  }
  api::Vastgesteld out;
  out.set_rapport(call.path_value("naam"));
  out.set_van(sent.van());
  out.set_tm(sent.tm());
  *out.mutable_waar() = sent.waar();
  out.set_proef(is_trial);
  if (known->moment) set_moment(*out.mutable_bekend_op(), *known->moment);
  out.set_positie(request->known.value);
  if (!is_trial) out.set_vastgesteld_op_positie(laid_down->last.value);
  Reply reply = reply_with(std::move(out));
  reply.position = laid_down->last;
  if (is_trial) return reply;
  reply.status = 201;
  TrailEntry entry = laying_down_entry(TrailOutcome::kGelukt);
  entry.first = laid_down->first;
  entry.last = laid_down->last;
  entry.count = 1;
  reply.trail = {std::move(entry)};
  return reply;
}

std::vector<std::string> all_forms() {
  return {std::string(kJson), std::string(kCsv), std::string(kText), std::string(kHtml),
          std::string(kXlsx)};
}

Endpoint comparing_endpoint(std::vector<Parameter> parameters) {
  // Recorded before the figures of the example: what came since differs.
  const auto known = known_parameters();
  parameters = joined_parameters({std::move(parameters), known});
  std::ranges::find(parameters, "positie", &Parameter::name)->example = "3";
  return {.method = "GET",
          .path = "/v1/rapporten/{naam}/verschillen",
          .operation = "vergelijkRapport",
          .tag = "rapporten",
          .summary =
              "Wat in een rapport verschilt sinds het is vastgesteld, of tussen twee "
              "momenten van weten",
          .permissions = {Permission::kRapportenLezen},
          .produces = all_forms(),
          .parameters = joined_parameters(
              {std::move(parameters),
               keys_parameter(),
               {{"enBekendOp", ValueKind::kMoment, "Het latere moment; zonder: nu"},
                {"enPositie", ValueKind::kPosition, "Het latere moment, als positie"},
                wait_parameter()}}),
          .problems = {ProblemCode::kNietGevonden},
          .says = {"Trede-Bekend-Op"},
          .answer = compare_report};
}

Endpoint laying_down_endpoint(Parameter name) {
  return {.method = "POST",
          .path = "/v1/rapporten/{naam}/vaststellingen",
          .operation = "stelRapportVast",
          .tag = "rapporten",
          .summary = "Stelt een rapport vast: zijn cijfers blijven daarna zoals ze zijn",
          .permissions = {Permission::kRapportVaststellen},
          .request = api::Vaststelling::descriptor(),
          .response = api::Vastgesteld::descriptor(),
          .produces = {std::string(kJson), std::string(kProtobuf)},
          .parameters = {std::move(name),
                         {"proef", ValueKind::kYesNo,
                          "Legt niets vast: zegt alleen of het zou kunnen"}},
          .example = R"({"van":"2021-01-01","tm":"2021-03-31"})",
          .problems = {ProblemCode::kNietGevonden, ProblemCode::kRegel},
          .answer = lay_report_down};
}

}  // namespace

std::vector<Endpoint> report_endpoints() {
  const std::vector<Parameter> parameters = report_parameters();
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
       .produces = all_forms(),
       .parameters = joined_parameters(
           {parameters, known_parameters(), {wait_parameter(), if_none_match_parameter()}}),
       .problems = {ProblemCode::kNietGevonden},
       .says = {"Trede-Bekend-Op", "Trede-Let-Op"},
       .may_be_partial = true,
       .answer = read_report},
      comparing_endpoint(parameters),
      laying_down_endpoint(parameters.front()),
  };
}

}  // namespace trede::server
