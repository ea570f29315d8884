// The people in employment after the first report: Wsw only shrinks, beschut werk grows to what the
// second report prints per gemeente, ambtelijk and payroll come and go.
#pragma once

#include "tests/reports/personeel.h"

namespace trede::reports {

void add_later_personeel(History& history, Personeel& personeel, const Figures& figures);

// Begeleid werken ends now and then; nobody new comes.
void end_begeleid_werken(History& history);

// Verzuim of everybody in employment, until the end of the second report. Printed, so exact: of
// Wsw, of beschut werk (also in its first five months) and of ambtelijk with payroll (also in its
// last three months, and in 2023). Chosen: Wsw is compared with 2023. Simulated: the quarters
// before.
void add_later_verzuim(Personeel& personeel, const Figures& figures, Dice& dice);

}  // namespace trede::reports
