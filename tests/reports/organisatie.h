// The organisation itself (gemeenten, afdelingen, targets) and the employers it works with.
#pragma once

#include "tests/reports/figures.h"
#include "tests/reports/history.h"

namespace trede::reports {

// Gemeenten, afdelingen and the targets of 2021 as printed.
void add_organisatie(History& history, const Figures& figures);

// Employers, new relations and filled vacancies as printed, with two years before the quarter.
void add_werkgevers(History& history, const Figures& figures);

}  // namespace trede::reports
