// A file of events: checked as a whole, and recorded as a whole or not at all. While one is taken
// what others record waits.
#include "proto/api/administration.pb.h"
#include "tools/server/api/noted_change.h"
#include "tools/server/api/wire.h"
#include "tools/trede/rows/file_import.h"

namespace trede::server {

namespace {

constexpr std::string_view kCsv = "text/csv";

void set_bad_rows(api::Ingelezenbestand& out, const tool::BadRows& bad) {
  out.set_fouten_aantal(bad.count());
  for (const tool::BadRows::Row& row : bad.shown()) {
    auto& one = *out.add_fouten();
    one.set_regel(row.line);
    one.set_kolom(row.column);
    one.set_melding(row.message);
  }
}

void set_totals(api::Ingelezenbestand& out, const tool::ImportTotals& totals) {
  out.set_gebeurtenissen(totals.recorded);
  out.set_overgeslagen(totals.skipped);
  for (const auto& [number, count] : totals.per_kind) {
    auto& one = *out.add_soorten();
    one.set_soort(std::string(trede::kind_of(static_cast<Soort>(number)).code));
    one.set_aantal(count);
  }
}

OrProblem<Changed> take_file(const Call& call, const ImportId& id, bool is_trial) {
  const Services& services = call.services;
  auto file = tool::InputFile::over(call.request.body, "bestand");
  if (!file) return invalid("bestand", file.error().line);
  tool::FileImport import(services.folder, services.clock, services.random, "bestand");
  const auto taken = import.run(*file, {.id = id, .dry_run = is_trial, .takes_newer = false});
  if (!taken) return problem_of(taken.error());
  api::Ingelezenbestand out;
  out.set_proef(is_trial);
  const tool::ImportTotals& totals = import.totals();
  const bool is_good = import.bad().count() == 0;
  if (is_good) set_totals(out, totals);
  set_bad_rows(out, import.bad());
  const bool is_recorded = is_good && !is_trial && totals.recorded > 0;
  Changed changed;
  if (!is_good) changed.outcome = TrailOutcome::kGeweigerd;
  if (is_recorded) {
    if (!import.is_adopted()) out.set_import_id(id.uuid.text());
    out.set_positie(totals.last.value);
    changed.first = totals.first;
    changed.last = totals.last;
    changed.count = totals.recorded;
  }
  changed.reply = reply_with(std::move(out));
  changed.reply.status = is_recorded ? 201 : 200;
  return changed;
}

OrProblem<PlannedChange> plan_import(Call& call) {
  if (call.request.body.empty()) return invalid("bestand", "empty, expected a file of events");
  const bool is_trial = call.query.is_set("proef");
  const ImportId id{call.services.random.uuid7(call.services.clock.now())};
  return PlannedChange{{.action = TrailAction::kImporteren,
                        .object = std::string(kWholeLog),
                        .about = is_trial ? "proef" : "import/" + id.uuid.text()},
                       [&call, id, is_trial] { return take_file(call, id, is_trial); }};
}

}  // namespace

std::vector<Endpoint> import_endpoints() {
  return {
      {.method = "POST",
       .path = "/v1/invoerbestanden",
       .operation = "leesBestandIn",
       .tag = "beheer",
       .summary = "Leest een bestand met gebeurtenissen in (als `trede import`): alles of niets",
       .permissions = {Permission::kImporteren},
       .takes = {std::string(kCsv), std::string(kNdjson)},
       .response = api::Ingelezenbestand::descriptor(),
       .produces = {std::string(kJson), std::string(kProtobuf)},
       .parameters = {{"proef", ValueKind::kYesNo, "Legt niets vast: zegt wat er mis is"}},
       .example = "event_id,stream,soort,geldig_op,afdeling\n"
                  "88888888-8888-4888-8888-888888888888,organisatie,afdeling_ingesteld,"
                  "2021-04-01,Textiel\n",
       .answer_later = change_noted<plan_import>}};
}

}  // namespace trede::server
