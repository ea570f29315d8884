// The bookings of 2020 and of the quarter.
#pragma once

#include "tests/reports/figures.h"
#include "tests/reports/history.h"

namespace trede::reports {

// Bookings per programma and month whose sums, in thousands of euros, are the realisatie as printed
// per programma, and rounded as a whole the totals as printed.
void add_boekingen(History& history, const Figures& figures);

}  // namespace trede::reports
