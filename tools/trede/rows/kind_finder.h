// Which kind an event is of: a correctie takes its attributes from it.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "engine/event/event.h"
#include "engine/log/event_store.h"

namespace trede::tool {

// The kind of the event with that id; absent when there is none.
using KindFinder = std::function<Result<std::optional<Soort>>(const EventId&)>;

// Looks among `pending`, then in `store`. Errors: those of the store; kNewer for a kind that this
// program does not know.
Result<std::optional<Soort>> look_up_kind(const EventId& id, std::span<const pb::Event> pending,
                                          const EventStore& store);

}  // namespace trede::tool
