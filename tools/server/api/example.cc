// An example organisation for who wants to look around: three made-up years, into an empty log.
#include "tools/server/api/call.h"
#include "tools/server/api/wire.h"
#include "tools/trede/simulated.h"

namespace trede::server {

namespace {

Problem not_empty() {
  Problem problem(ProblemCode::kRegel,
                  "Er is al iets vastgelegd. Het voorbeeld past alleen in een lege administratie.");
  problem.says.set_regel("niet_leeg");
  return problem;
}

OrProblem<Reply> load_example(Call& call) {
  Services& services = call.services;
  if (services.folder.log().last_position() != Position{}) return not_empty();
  const ImportId import{services.random.uuid7(services.clock.now())};
  tool::ImportTotals totals;
  const auto done =
      tool::record_example(services.folder, import, totals, services.clock, services.random);
  if (!done) return problem_of(done.error());
  TrailEntry entry{.action = TrailAction::kSimuleren,
                   .object = std::string(kWholeLog),
                   .about = "import/" + import.uuid.text()};
  entry.first = totals.first;
  entry.last = totals.last;
  entry.count = totals.recorded;
  api::Ingelezen out;
  out.set_import_id(import.uuid.text());
  out.set_gebeurtenissen(totals.recorded);
  out.set_positie(totals.last.value);
  Reply reply = reply_with(std::move(out));
  reply.status = 201;
  reply.position = totals.last;
  reply.trail = {std::move(entry)};
  return reply;
}

}  // namespace

std::vector<Endpoint> example_endpoints() {
  return {{.method = "POST",
           .path = "/v1/voorbeelden",
           .operation = "laadVoorbeeld",
           .tag = "beheer",
           .summary = "Vult een lege administratie met een verzonnen organisatie",
           .permissions = {Permission::kImporteren},
           .response = api::Ingelezen::descriptor(),
           .produces = {std::string(kJson), std::string(kProtobuf)},
           .problems = {ProblemCode::kOngeldigeInvoer, ProblemCode::kRegel},
           .is_always_new = true,
           .answer = load_example}};
}

}  // namespace trede::server
