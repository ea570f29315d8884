// One stream read back from the log.
#pragma once

#include "engine/dossier/history.h"
#include "engine/log/event_store.h"

namespace trede::server {

// Its events up to `known`. Errors: those of the store and of decode_event.
Result<History> read_history(const StreamId& stream, Position known, const EventStore& store);

}  // namespace trede::server
