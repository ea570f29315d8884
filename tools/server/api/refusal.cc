#include "tools/server/api/refusal.h"

#include "engine/event/event.h"
#include "tools/server/api/event_message.h"

namespace trede::server {

namespace {

// Whether who asks may know of the event that stands in the way.
bool may_know_of(const EventId& id, const Call& call) {
  const EventLog& log = call.services.folder.log();
  const auto position = log.find_event(id);
  if (position && !*position) return true;  // it was sent
  const auto stored = position ? log.load(**position) : Result<StoredEvent>(position.error());
  const auto event = stored ? decode_any(stored->bytes) : Result<pb::Event>(stored.error());
  if (!event) return false;
  const Soort soort = event->body().soort_case();
  if (is_verzuim(soort)) return call.identity.reach(Permission::kVerzuimLezen) != Reach::kNone;
  return stream_of(*event).kind != StreamKind::kDossier || is_of_employment(soort) ||
         call.identity.reach(Permission::kDossierLezen) != Reach::kNone;
}

}  // namespace

Refusal shown_refusal(Refusal refusal, const Call& call) {
  if (!refusal.botst_met || may_know_of(*refusal.botst_met, call)) return refusal;
  return {.code = "past_niet",
          .zin = "Dit past niet bij wat er in dit dossier is vastgelegd.",
          .index = refusal.index,
          .botst_met = {}};
}

}  // namespace trede::server
