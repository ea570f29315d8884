#include "tools/trede/report/freeze.h"

#include "engine/dossier/recorder.h"
#include "engine/event/event.h"

namespace trede::tool {

Outcome<> record_vaststelling(const WorkedOut& worked, const std::string& actor, DataFolder& folder,
                              Context& context) {
  pb::Event event;
  set_stream(event, kOrganisatie);
  set_id(event, EventId{context.random.uuid4()});
  event.set_geldig_op(day_number(civil_day(context.clock.now())));
  event.set_actor(actor);
  *event.mutable_body() = vaststelling_of(worked);
  Recorder recorder(folder.log(), context.clock);
  const auto outcome = recorder.record({&event, 1});
  if (!outcome) return Failure(outcome.error());
  if (const auto* refusal = std::get_if<Refusal>(&*outcome)) {
    return wrong_input(refusal->code + ": " + refusal->zin);
  }
  return {};
}

}  // namespace trede::tool
