// What was recorded in a stream, with what became of it, as a message.
#pragma once

#include <vector>

#include "engine/dossier/history.h"
#include "tools/server/api/event_message.h"

namespace trede::server {

// The day at which an event stands: of an intrekking that of what it takes away.
Day listed_day(const pb::Event& event, const History& history);

// `events`, of `history`, in order of day. Without stream, version and what was known.
api::Tijdlijn timeline_message(std::vector<const pb::Event*> events, const History& history);

}  // namespace trede::server
