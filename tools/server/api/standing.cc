// How the server stands, for who keeps it; its backup; whether a definition of a report is good.
#include <spdlog/spdlog.h>

#include <filesystem>

#include "engine/backup/backup.h"
#include "engine/backup/set.h"
#include "engine/log/signing_key_file.h"
#include "engine/trail/trail.h"
#include "engine/vault/vault.h"
#include "proto/api/administration.pb.h"
#include "tools/render/render.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/noted_change.h"
#include "tools/server/api/one_at_a_time.h"
#include "tools/server/api/report_question.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDefinitionText = "text/plain";
constexpr const char* kExampleDefinition = R"(name: "eigen"
title: "Eigen {periode}"
version: "1"
section {
  id: "stand" title: "Stand"
  table {
    id: "stand" title: "Trajecten" heading: "Wat" measure: "trajecten"
    column { id: "eind" title: "{eind}" cell { figure { aspect: EIND } } }
    row { id: "alle" title: "Alle" }
  }
}
)";
void set_backup(api::Reservekopie& out, const std::string& folder) {
  out.set_ingesteld(!folder.empty());
  if (folder.empty()) return;
  std::error_code unknown;
  const bool is_there = fs::exists(folder, unknown);
  if (unknown) return out.set_bevinding("bij de map is niet te komen");
  if (!is_there) return;  // none was made yet
  const auto set = find_set(folder);
  if (!set) {
    out.set_bevinding("de reservekopie kan niet worden gelezen");
  } else if (*set) {
    set_moment(*out.mutable_gemaakt(), (*set)->state.made);
    out.set_positie((*set)->state.head.size);
  }
}

void set_disk(api::Serverstand& out, const fs::path& data) {
  std::error_code unknown;
  const auto space = fs::space(data, unknown);
  if (unknown) return;
  out.set_schijf_vrij(space.available);
  out.set_schijf_totaal(space.capacity);
}

OrProblem<Reply> read_standing(Call& call) {
  const Services& services = call.services;
  DataFolder& folder = services.folder;
  const Position last = folder.log().last_position();
  api::Serverstand out;
  out.set_versie(TREDE_VERSION);
  set_moment(*out.mutable_nu(), services.clock.now());
  out.set_gebeurtenissen(last.value);
  const auto known = services.known_now.find();
  if (!known) return problem_of(known.error());
  if (known->moment) set_moment(*out.mutable_laatst_vastgelegd(), *known->moment);
  const ProjectionStatus counting = services.projections.status();
  out.set_geteld(counting.position.value);
  out.set_tellen_gestopt(counting.stopped);
  out.set_auditspoor(services.trail.is_well());
  const auto trail = load_trail_head(folder.path(), folder.log().identity(), services.clock);
  if (trail) out.set_auditregels(trail->count);
  if (!trail && trail.error().code != ErrorCode::kLocked) out.set_auditspoor(false);
  out.set_kluis(Vault::exists(folder.path()));
  const auto vault = services.vault.open();
  out.set_kluissleutel(vault || vault.error().code == ErrorCode::kLocked);  // in use, so it fits
  const auto key = find_signing_key(folder.path(), folder.log().identity());
  out.set_sleutel(key && *key);
  set_disk(out, folder.path());
  set_backup(*out.mutable_reservekopie(), services.backup_folder);
  return reply_with(std::move(out));
}

// What the engine says of a backup names folders; who reads this knows them.
Problem not_backed_up(const Error& error) {
  if (error.code == ErrorCode::kLocked) {
    return come_back("De reservekopie is in gebruik, of een deel van de gegevens: " + error.message,
                     std::chrono::seconds{30});
  }
  Problem failed(ProblemCode::kStoring, "De reservekopie is niet gemaakt: " + error.message);
  return failed;
}

OrProblem<Changed> back_up_now(const Call& call) {
  const Services& services = call.services;
  const auto run =
      back_up(services.folder, {services.backup_folder, services.backup_keys}, services.clock);
  if (!run) return not_backed_up(run.error());
  api::Reservekopie out;
  out.set_ingesteld(true);
  set_moment(*out.mutable_gemaakt(), run->state.made);
  out.set_positie(run->state.head.size);
  std::vector<std::string> notes = run->notes;
  if (!run->trail_finding.empty()) {
    notes.push_back("the audit trail is not in it: " + run->trail_finding);
  }
  for (const std::string& note : notes) {
    spdlog::warn("backup: {}", note);
    out.set_bevinding(out.bevinding() + (out.bevinding().empty() ? "" : "; ") + note);
  }
  Changed changed{.reply = reply_with(std::move(out)), .count = run->state.head.size};
  changed.reply.status = 201;
  changed.first = Position{run->state.head.size == 0 ? 0U : 1U};
  changed.last = Position{run->state.head.size};
  return changed;
}

OrProblem<PlannedChange> plan_backup(Call& call) {
  if (call.services.backup_folder.empty()) {
    return not_found(
        "Deze server weet niet waar zijn reservekopie staat. Zet `backup.folder` in zijn "
        "instellingen, en start hem opnieuw.");
  }
  return PlannedChange{{.action = TrailAction::kReservekopie, .object = std::string(kWholeLog)},
                       [&call] { return back_up_now(call); }};
}

OrProblem<Reply> judge_definition(Call& call) {
  if (call.identity.reach(Permission::kBeheerLezen) == Reach::kNone &&
      call.identity.reach(Permission::kRapportenLezen) != Reach::kAll) {
    return forbidden("Definities nagaan is voor wie ze beheert of alle rapporten mag lezen.");
  }
  api::Definitieoordeel out;
  for (const DefinitionFlaw& flaw : call.services.definitions.find_flaws(call.request.body)) {
    auto& one = *out.add_gebreken();
    one.set_regel(static_cast<std::uint64_t>(flaw.line));
    one.set_melding(flaw.message);
  }
  const auto definition = call.services.definitions.parse("definitie", call.request.body);
  if (definition) {
    out.set_naam(definition->name());
    out.set_titel(definition->title());
    *out.mutable_maanden() = definition->maanden();
  }
  return reply_with(std::move(out));
}

// As the report would be with this definition; nothing of it is kept.
OrProblem<Reply> preview_definition(Call& call) {
  const auto period = asked_period(call);
  if (!period) return period.error();
  if (call.identity.reach(Permission::kRapportenLezen) != Reach::kAll) {
    return forbidden("Een proef met echte cijfers is voor wie alle rapporten mag lezen.");
  }
  auto chosen = chosen_by(call);
  if (!chosen) return std::move(chosen).error();
  const auto definition = call.services.definitions.parse("definitie", call.request.body);
  if (!definition) return invalid("definitie", definition.error().message);
  const auto known = call.services.known_now.find();
  if (!known) return problem_of(known.error());
  const auto worked =
      call.services.desk.work_out(*definition, {*period, known->position, *std::move(chosen)});
  if (!worked) return problem_of(worked.error());
  return Reply{
      .body = RawBody{call.media_type, render::report_json(worked->report, {known->moment_text()})},
      .position = known->position};
}

}  // namespace

std::vector<Endpoint> standing_endpoints() {
  auto of_preview = report_parameters();
  std::erase_if(of_preview,
                [](const Parameter& one) { return one.name == "naam" || one.name == "onderdruk"; });
  return {
      {.method = "GET",
       .path = "/v1/serverstand",
       .operation = "leesServerstand",
       .tag = "beheer",
       .summary = "Hoe de server ervoor staat: log, tellingen, kluis, schijf, reservekopie",
       .permissions = {Permission::kBeheerLezen},
       .response = api::Serverstand::descriptor(),
       .produces = {std::string(kJson), std::string(kProtobuf)},
       .answer = read_standing},
      {.method = "POST",
       .path = "/v1/reservekopieen",
       .operation = "maakReservekopie",
       .tag = "beheer",
       .summary = "Brengt de reservekopie bij, naast wie vastlegt",
       .permissions = {Permission::kImporteren},
       .response = api::Reservekopie::descriptor(),
       .produces = {std::string(kJson), std::string(kProtobuf)},
       .problems = {ProblemCode::kOngeldigeInvoer, ProblemCode::kNietGevonden},
       .is_always_new = true,
       .answer_later = change_noted<plan_backup>},
      {.method = "POST",
       .path = "/v1/rapportcontroles",
       .operation = "controleerDefinitie",
       .tag = "beheer",
       .summary = "Wat er mis is aan een definitie van een rapport; er wordt niets bewaard",
       .permissions = {Permission::kBeheerLezen, Permission::kRapportenLezen},
       .takes = {std::string(kDefinitionText)},
       .response = api::Definitieoordeel::descriptor(),
       .produces = {std::string(kJson), std::string(kProtobuf)},
       .example = kExampleDefinition,
       .only_reads = true,
       .answer = judge_definition},
      {.method = "POST",
       .path = "/v1/rapportproeven",
       .operation = "beproefDefinitie",
       .tag = "beheer",
       .summary = "Een rapport met een definitie die nergens staat, met de cijfers van nu",
       .permissions = {Permission::kRapportenLezen},
       .takes = {std::string(kDefinitionText)},
       .produces = {std::string(kJson)},
       .parameters = std::move(of_preview),
       .example = kExampleDefinition,
       .only_reads = true,
       .answer = preview_definition},
  };
}

}  // namespace trede::server
