// The dossier that a call is about, and whether who asks reaches it.
#pragma once

#include <memory>

#include "engine/dossier/history.h"
#include "engine/dossier/timeline.h"
#include "tools/server/api/call.h"

namespace trede::server {

// A dossier that is there. What is reached is decided by what holds today, as known now: who gave
// a dossier away no longer reads it.
struct FoundDossier {
  StreamId stream;
  std::shared_ptr<const History> history;
  State today;  // its texts live as long as `history`

  bool is_reached(const Identity& identity, Permission permission) const;
};

// Errors: 404, which the trail has as `action`.
OrProblem<FoundDossier> find_dossier(const Call& call, const StreamId& stream, TrailAction action);
// The same of the part `id` of the path.
OrProblem<FoundDossier> find_dossier(const Call& call, TrailAction action);

// 403, which the trail has.
Problem not_reached(const StreamId& stream, TrailAction action);

}  // namespace trede::server
