// Wrong versions of events that the rules accept all the same.
#pragma once

#include "tools/simulate/plan.h"

namespace trede::simulate {

// Whether what `act` names was there on `day`: the gemeente in its dienst, the wsw.
bool may_stand_on(const World& world, const Act& act, int day);

// Gives `act`, one of `plan`, an attribute that is not right, but that every version of the events
// beside it allows. Returns false when its kind has none.
bool make_wrong(Act& act, Plan& plan);

}  // namespace trede::simulate
