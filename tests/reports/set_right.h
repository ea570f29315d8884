// Late facts, corrections and withdrawals, so that what is known depends on when one asks.
#pragma once

#include <ostream>

#include "tests/reports/history.h"

namespace trede::reports {

// Makes some events of the quarter recorded late, some first recorded wrong and set right later,
// and some withdrawn. As known now the figures are unchanged. Lists on `out` what was done, one
// line each.
void set_right(History& history, std::ostream& out);

}  // namespace trede::reports
