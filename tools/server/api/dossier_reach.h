// Which dossiers somebody reaches, to read them and to record in them.
#pragma once

#include <span>

#include "engine/dossier/history.h"
#include "engine/dossier/timeline.h"
#include "tools/server/access/identity.h"
#include "tools/server/api/problem.h"

namespace trede::server {

// Whether a dossier in this state lies within `reach` of `identity`. A gemeente or werkcoach that
// is not known lies within nobody's but kAll.
bool is_within(const Identity& identity, Reach reach, const State& state);

// Whether `proposed`, the next events of the dossier with `history`, may be recorded by `identity`
// with `reach`: on the day of each event, and of what it replaces, the dossier is within it before
// and after. Handing over: who the werkcoach is afterwards does not matter then. A dossier without
// events is judged by what it becomes.
// Requires: events with positions after those of `history`.
OrProblem<> check_reach(const Identity& identity, Reach reach, const History& history,
                        std::span<const EventPtr> proposed);

}  // namespace trede::server
