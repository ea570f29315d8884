// Ziekteverzuim of 2020 and of the quarter.
#pragma once

#include "tests/reports/personeel.h"

namespace trede::reports {

// Cases that make the printed percentages of the quarter: of Wsw per afdeling to two decimals, of
// Wsw and beschut werk together, of ambtelijk and payroll, and the share of cases of more than six
// weeks among those open at its end. Wsw and beschut werk in the first quarter of 2020 stand as
// much higher as the report says verzuim fell; what lies between is like it.
void add_verzuim(Personeel& personeel, const Figures& figures, Dice& dice);

}  // namespace trede::reports
