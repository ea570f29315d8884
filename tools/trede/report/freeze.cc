#include "tools/trede/report/freeze.h"

#include "engine/event/event.h"

namespace trede::tool {

namespace {

Failure failure_of(const Error& error) {
  return error.code == ErrorCode::kInvalid ? wrong_input(error.message) : Failure(error);
}

// What must hold in report `name` over the same period.
Outcome<std::optional<Objection>> check_controls(const std::string& name, const LayingDown& wanted,
                                                 const DefinitionLibrary& library,
                                                 ReportDesk& desk) {
  const auto definition = library.load(name);
  if (!definition) return wrong_input("NAME: " + definition.error().message);
  ReportRequest request{wanted.request.period, wanted.request.known};
  request.succeeds = {wanted.name, waar_text(wanted.request.chosen)};
  const auto controls = desk.work_out(*definition, request);
  if (!controls) return failure_of(controls.error());
  auto failed = failed_controls(controls->report);
  if (failed.empty()) return std::optional<Objection>();
  const std::string zin = "Vaststellen kan niet: " + std::to_string(failed.size()) +
                          " van de controles van rapport " + name +
                          (failed.size() == 1 ? " klopt" : " kloppen") + " niet over deze periode.";
  return std::optional(Objection{zin, name, std::move(failed)});
}

}  // namespace

Outcome<std::optional<Objection>> find_objection(const LayingDown& wanted,
                                                 const DefinitionLibrary& library, ReportDesk& desk,
                                                 const Clock& clock) {
  if (wanted.request.known == Position{}) {
    return std::optional(Objection{"Vaststellen kan niet: er is op dat moment nog niets bekend."});
  }
  if (wanted.request.period.tm > civil_day(clock.now())) {
    return std::optional(Objection{"Vaststellen kan niet: de periode loopt nog tot en met " +
                                   format_day(wanted.request.period.tm) + "."});
  }
  for (const std::string& name : wanted.definition.controle()) {
    auto objection = check_controls(name, wanted, library, desk);
    if (!objection || *objection) return objection;
  }
  return std::optional<Objection>();
}

pb::Event vaststelling_event(const WorkedOut& worked, const std::string& actor, const Clock& clock,
                             RandomSource& random) {
  pb::Event event;
  set_stream(event, kOrganisatie);
  set_id(event, EventId{random.uuid4()});
  event.set_geldig_op(day_number(civil_day(clock.now())));
  event.set_actor(actor);
  *event.mutable_body() = vaststelling_of(worked);
  return event;
}

}  // namespace trede::tool
