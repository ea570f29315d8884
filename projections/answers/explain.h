// A figure taken apart again into the events that made it.
#pragma once

#include "engine/log/event_store.h"
#include "projections/answers/evaluate.h"

namespace trede {

// The events behind the figures of `plan` as known at `plan.query.known`: per row their parts add
// up to it. A thing that came to belong to a row and ceased to again before the end leaves nothing.
// Errors: those of the log and of decode_event.
Result<std::vector<EventFigure>> explain_figures(const Plan& plan, Rollups rollups,
                                                 const EventStore& log, Dictionary& dictionary);

// What was recorded after `plan.query.known` up to `then` and moved the figures, by how much.
std::vector<EventFigure> diff_figures(const Plan& plan, Rollups rollups, Position then);

}  // namespace trede
