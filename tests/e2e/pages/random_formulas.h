// A report of formulas over random numbers, many of which come to exactly a half.
#pragma once

#include "projections/reports/report.h"

namespace trede::testing {

// The same one every time.
Report random_formulas();

}  // namespace trede::testing
