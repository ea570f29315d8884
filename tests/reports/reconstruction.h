// The whole history behind the report of the first quarter of 2021.
#pragma once

#include <ostream>

#include "tests/reports/figures.h"

namespace trede::reports {

// Writes the import file to `out`, and on `log` one line for each event that was recorded late, put
// right or withdrawn. The same figures give the same bytes. Throws when the figures leave no
// history that fits.
void reconstruct(const Figures& figures, std::ostream& out, std::ostream& log);

}  // namespace trede::reports
