// Leaving out what would tell of a few persons, for who may not know them.
#pragma once

#include "projections/reports/report.h"

namespace trede {

// Takes the small numbers out of `report`: `< 5` for a count of 1 to 4, `x` for what would tell it,
// and the words of its sections. Where one number of a line of counts is left out, a
// second goes with it: the smallest that is not nul, so that no total gives the first away. What
// follows by a formula from a number that is left out, but for a sum of several, goes too; of a sum
// that is left out a part goes as well, in whichever table it stands.
void suppress(Report& report);

}  // namespace trede
