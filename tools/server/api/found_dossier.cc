#include "tools/server/api/found_dossier.h"

#include "tools/server/api/dossier_reach.h"

namespace trede::server {

bool FoundDossier::is_reached(const Identity& identity, Permission permission) const {
  return is_within(identity, identity.reach(permission), today);
}

OrProblem<FoundDossier> find_dossier(const Call& call, const StreamId& stream, TrailAction action) {
  auto history = call.services.histories.load(stream);
  if (!history) return problem_of(history.error());
  if ((*history)->events().empty()) {
    Problem missing = not_found("There is no such dossier.");
    missing.trail = {{.action = action,
                      .object = object_of_unknown(StreamKind::kDossier),
                      .outcome = TrailOutcome::kNietGevonden}};
    return missing;
  }
  const State today = state_at((*history)->acting(), civil_day(call.services.clock.now()));
  return FoundDossier{stream, *std::move(history), today};
}

OrProblem<FoundDossier> find_dossier(const Call& call, TrailAction action) {
  const auto uuid = parse_uuid(call.path_value("id"));
  if (!uuid) return not_found("There is no such dossier: not a UUID.");
  return find_dossier(call, {StreamKind::kDossier, *uuid}, action);
}

Problem not_reached(const StreamId& stream, TrailAction action) {
  Problem refused = forbidden("Dit dossier hoort niet bij uw caseload of gemeente.");
  refused.trail = {
      {.action = action, .object = object_of(stream), .outcome = TrailOutcome::kGeweigerd}};
  return refused;
}

}  // namespace trede::server
