// The fold of a dossier as far as it has come, so that events that come last go on from there
// instead of folding everything again.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/dossier/timeline.h"

namespace trede {

// Where a fold stands. Its pointers lead to the events that were folded, which must outlive it.
struct FoldEnd {
  State before_day;        // at the end of the day before `day`
  State now;               // at the end of `day`
  std::optional<Day> day;  // the last day that has events; absent = nothing was folded
  std::vector<const ActingEvent*> of_day;  // the events of `day`, also those passed over
};

// Folds `events`, in any order, on from `reached`. When some of them fall on its last day, that day
// is folded again as a whole. Calls `visit` (may be empty) for every event that acts.
// Requires: no event before `reached.day`.
// Returns:  the first violation among the days that were folded.
std::optional<Violation> fold_on(FoldEnd& reached, std::vector<const ActingEvent*> events,
                                 const StepVisitor& visit);
// The same for who folds often and keeps the room of `events`: it is left in some order.
std::optional<Violation> fold_on_from(std::vector<const ActingEvent*>& events, FoldEnd& reached,
                                      const StepVisitor& visit);

// Lets what leads to an event of `from` lead to the one at the same place from `to` on: the events
// have moved there. `from` may be gone already; only addresses are compared.
void follow_moved(FoldEnd& end, std::span<const ActingEvent> from, const ActingEvent* to);

// Whether two states are the same for whatever comes after them: what holds in both was opened by
// the same events with the same content, wherever those stand in memory.
bool holds_same(const State& one, const State& other);

}  // namespace trede
