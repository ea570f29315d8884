// The caseload of who asks, or one that he may see: the dossiers and the terms that run in them.
#include "projections/caseload/caseload.h"

#include <algorithm>

#include "engine/dossier/history.h"
#include "engine/dossier/timeline.h"
#include "proto/api/colleagues.pb.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/dossier_reach.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/wire.h"
#include "tools/trede/accountable.h"

namespace trede::server {

namespace {

using Names = std::vector<std::string>;

// The name that was asked for, or without one all of `own`. Errors: 403 for another's.
OrProblem<Names> own_names(const Call& call, const char* key, const Names& own) {
  const auto asked = call.query.find(key);
  if (!asked) return own;
  if (std::ranges::find(own, *asked) == own.end()) {
    return forbidden("U ziet alleen de caseload van uw eigen " + std::string(key) + ".");
  }
  return Names{*asked};
}

Names asked_names(const Call& call, const char* key) {
  const auto asked = call.query.find(key);
  return asked ? Names{*asked} : Names();
}

// Which werkcoaches and gemeenten: none of a kind stands for any of it.
struct Whose {
  Names werkcoaches;
  Names gemeenten;
};

// Errors: 400 when all there is would be asked for; 403 for what lies beyond the reach.
OrProblem<Whose> whose_caseload(const Call& call) {
  const Identity& identity = call.identity;
  const Reach reach = identity.reach(Permission::kCaseloadLezen);
  if (reach == Reach::kAll) {
    Whose all{asked_names(call, "werkcoach"), asked_names(call, "gemeente")};
    if (!all.werkcoaches.empty() || !all.gemeenten.empty()) return all;
    return invalid("werkcoach", "missing, expected a werkcoach or a gemeente");
  }
  auto gemeenten = own_names(call, "gemeente", identity.gemeenten);
  if (!gemeenten) return std::move(gemeenten).error();
  if (reach == Reach::kGemeente) {
    return Whose{asked_names(call, "werkcoach"), *std::move(gemeenten)};
  }
  auto werkcoaches = own_names(call, "werkcoach", identity.werkcoaches);
  if (!werkcoaches) return std::move(werkcoaches).error();
  return Whose{*std::move(werkcoaches), *std::move(gemeenten)};
}

// What is asked for, and what is known and shown of it.
struct AskedCaseload {
  CaseloadQuestion question;
  tool::Known known;
  Reach reach;
  Position last;  // of the log: by what stands there it is decided who reaches what
  Day today;
  bool shows_verzuim = false;
};

OrProblem<AskedCaseload> asked_caseload(const Call& call) {
  auto whose = whose_caseload(call);
  if (!whose) return std::move(whose).error();
  auto known = known_of(call);
  if (!known) return std::move(known).error();
  const Day today = civil_day(call.services.clock.now());
  const auto op = call.query.find("op");
  return AskedCaseload{
      .question = {op ? *parse_day(*op) : today, known->position, std::move(whose->werkcoaches),
                   std::move(whose->gemeenten)},
      .known = *known,
      .reach = call.identity.reach(Permission::kCaseloadLezen),
      .last = call.services.folder.log().last_position(),
      .today = today,
      .shows_verzuim = call.identity.reach(Permission::kVerzuimLezen) == Reach::kAll};
}

// Leaves out what was theirs and is no longer within their reach.
Status keep_reached(std::vector<CaseloadRow>& rows, const Call& call, const AskedCaseload& asked) {
  const bool is_of_now = asked.question.op == asked.today && asked.question.known == asked.last;
  if (asked.reach == Reach::kAll || is_of_now) return {};
  std::vector<CaseloadRow> kept;
  for (CaseloadRow& row : rows) {
    const auto history = call.services.histories.load(row.stream);
    if (!history) return history.error();
    const State state = state_at((*history)->acting(), asked.today);
    if (is_within(call.identity, asked.reach, state)) kept.push_back(std::move(row));
  }
  rows = std::move(kept);
  return {};
}

void set_days(api::CaseloadDossier& out, const CaseloadRow& row) {
  if (row.aangemeld) out.set_aangemeld(format_day(*row.aangemeld));
  if (row.wacht_op_start) out.set_wacht_op_start(format_day(*row.wacht_op_start));
  if (row.traject) out.set_traject(format_day(*row.traject));
  if (row.in_trede) out.set_in_trede(format_day(*row.in_trede));
  if (row.diagnose) out.set_diagnose(format_day(*row.diagnose));
  if (row.oponthoud) out.set_oponthoud(format_day(*row.oponthoud));
  if (row.dienstverband) out.set_dienstverband(format_day(*row.dienstverband));
  if (row.laatste_contact) out.set_laatste_contact(format_day(*row.laatste_contact));
}

void set_row(api::CaseloadDossier& out, const CaseloadRow& row, const AskedCaseload& asked) {
  out.set_id(row.stream.uuid.text());
  out.set_versie(static_cast<std::uint32_t>(row.versie.value));
  if (!row.gemeente.empty()) out.set_gemeente(row.gemeente);
  if (!row.werkcoach.empty()) out.set_werkcoach(row.werkcoach);
  if (row.trede != pb::TREDE_UNSPECIFIED) out.set_trede(code_of(row.trede));
  set_days(out, row);
  if (row.verzuim && asked.shows_verzuim) out.set_verzuim(format_day(*row.verzuim));
  out.set_voorzieningen(static_cast<std::uint32_t>(row.voorzieningen));
  out.set_plaatsingen(static_cast<std::uint32_t>(row.plaatsingen));
  for (const Termijn& termijn : row.termijnen) {
    if (is_of_verzuim(termijn.soort) && !asked.shows_verzuim) continue;
    auto& one = *out.add_termijnen();
    one.set_soort(std::string(code_of(termijn.soort)));
    one.set_uiterlijk(format_day(termijn.uiterlijk));
    one.set_verstreken(termijn.is_verstreken(asked.question.op));
    if (!termijn.kenmerk.empty()) one.set_kenmerk(termijn.kenmerk);
    one.set_positie(termijn.aanleiding.value);
  }
}

// The tag of the answer: also of what it was narrowed to, and by what.
std::string etag_of_caseload(const Call& call, const AskedCaseload& asked) {
  Query query;
  query.time = asked.question.op;
  query.known = asked.known.position;
  query.waar.push_back({"werkcoach", asked.question.werkcoaches});
  query.waar.push_back({"gemeente", asked.question.gemeenten});
  query.waar.push_back({"verzuim", {asked.shows_verzuim ? "ja" : "nee"}});
  if (asked.reach != Reach::kAll) {
    query.waar.push_back({"reach", {std::to_string(asked.last.value), format_day(asked.today)}});
  }
  return etag_of(call, query);
}

OrProblem<Reply> read_caseload(Call& call) {
  const auto asked = asked_caseload(call);
  if (!asked) return asked.error();
  Caseloads& caseloads = call.services.caseloads;
  const Status caught = caseloads.catch_up();
  if (!caught) return problem_of(caught.error());
  auto rows = caseloads.list(asked->question);
  if (!rows) return problem_of(rows.error());
  const Status kept = keep_reached(*rows, call, *asked);
  if (!kept) return problem_of(kept.error());
  api::Caseload out;
  out.set_geldig_op(format_day(asked->question.op));
  if (asked->known.moment) set_moment(*out.mutable_bekend_op(), *asked->known.moment);
  out.set_positie(asked->known.position.value);
  tool::ShownStreams shown;
  for (const CaseloadRow& row : *rows) {
    set_row(*out.add_dossiers(), row, *asked);
    shown.add(row.stream, row.versie.value);
  }
  Reply reply = reply_with(std::move(out));
  reply.position = asked->known.position;
  reply.trail = shown.entries(TrailAction::kTonen, asked->known.position);
  reply.etag = etag_of_caseload(call, *asked);
  if (is_kept(call, reply.etag)) {
    reply.status = 304;
    reply.body = {};
  }
  return reply;
}

// ---- who else has a caseload

// Within which gemeenten colleagues are looked for. A werkcoach's caseload is narrower than that:
// whom one hands over to is somebody else.
OrProblem<Names> gemeenten_of_colleagues(const Call& call) {
  if (call.identity.reach(Permission::kCaseloadLezen) != Reach::kAll) {
    return own_names(call, "gemeente", call.identity.gemeenten);
  }
  Names asked = asked_names(call, "gemeente");
  if (asked.empty()) return invalid("gemeente", "missing, expected a gemeente");
  return asked;
}

// Codes alone: which dossiers are whose is not told.
OrProblem<Reply> list_colleagues(Call& call) {
  auto gemeenten = gemeenten_of_colleagues(call);
  if (!gemeenten) return std::move(gemeenten).error();
  Caseloads& caseloads = call.services.caseloads;
  const Status caught = caseloads.catch_up();
  if (!caught) return problem_of(caught.error());
  const CaseloadQuestion question{.op = civil_day(call.services.clock.now()),
                                  .known = call.services.folder.log().last_position(),
                                  .werkcoaches = {},
                                  .gemeenten = *std::move(gemeenten)};
  auto found = caseloads.werkcoaches(question);
  if (!found) return problem_of(found.error());
  api::Werkcoaches out;
  for (std::string& code : *found) out.add_werkcoaches(std::move(code));
  Reply reply = reply_with(std::move(out));
  reply.position = question.known;
  return reply;
}

Endpoint listing_colleagues() {
  return {.method = "GET",
          .path = "/v1/werkcoaches",
          .operation = "leesWerkcoaches",
          .tag = "dossiers",
          .summary = "Welke werkcoaches dossiers hebben in uw gemeenten: aan wie u kunt overdragen",
          .permissions = {Permission::kCaseloadLezen},
          .response = api::Werkcoaches::descriptor(),
          .produces = {std::string(kJson), std::string(kProtobuf)},
          .parameters = {{.name = "gemeente",
                          .kind = ValueKind::kText,
                          .summary = "Alleen van deze gemeente; zonder: uw eigen gemeenten",
                          .example = "Velsen"}},
          .answer = list_colleagues};
}

}  // namespace

std::vector<Endpoint> caseload_endpoints() {
  return {listing_colleagues(),
          {.method = "GET",
           .path = "/v1/caseload",
           .operation = "leesCaseload",
           .tag = "dossiers",
           .summary = "De dossiers van een werkcoach of gemeente, met de termijnen die lopen",
           .permissions = {Permission::kCaseloadLezen},
           .response = api::Caseload::descriptor(),
           .produces = {std::string(kJson), std::string(kProtobuf)},
           .parameters = joined_parameters(
               {{{"op", ValueKind::kDay, "Aan het eind van die dag; zonder: vandaag"},
                 {.name = "werkcoach",
                  .kind = ValueKind::kText,
                  .summary = "Van wie; zonder: uzelf en wie u vervangt",
                  .example = "w1"},
                 {"gemeente", ValueKind::kText, "Alleen van deze gemeente"}},
                known_parameters(),
                {wait_parameter(), if_none_match_parameter()}}),
           .may_be_partial = true,
           .answer = read_caseload}};
}

}  // namespace trede::server
