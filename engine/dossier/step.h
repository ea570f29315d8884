// One event acting on what holds: the conditions and effects of every kind. The innermost part of
// the fold; everything else is order.
#pragma once

#include <optional>

#include "engine/dossier/timeline.h"

namespace trede {

// Lets `event` act on `state`. Returns why it cannot act there; `state` is then unchanged.
// Source: README.md, what opens and closes a state.
std::optional<Violation> act(State& state, const ActingEvent& event);

// Whether events of this kind change nothing of what holds: they stand for themselves.
bool leaves_state(Soort soort);
// Whether `event` is an end (diagnose_einde, ..., dienstverband_einde; not uitstroom).
bool is_einde(Soort soort);
// What `event`, an end, would end in `state`; null when that is not open.
const ActingEvent* find_ended(const State& state, const ActingEvent& event);

}  // namespace trede
