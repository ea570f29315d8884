// Draws what was recorded wrongly at first: a wrong day or attribute that a correctie puts right
// later, or an event that never was and is withdrawn.
#pragma once

#include "tools/simulate/plan.h"

namespace trede::simulate {

// Turns some of the acts of `plan` into wrong ones, each with its correctie or intrekking later.
// Every version leaves the timeline sound: a wrong day lies between those of the events before and
// after it, and a wrong code is one that its neighbours allow.
// `first` and `last`: the days within which a wrong day must lie.
void draw_set_right(Plan& plan, int first, int last);

}  // namespace trede::simulate
