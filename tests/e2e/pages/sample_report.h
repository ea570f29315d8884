// A report by hand with every state of a cell, every style of a line, every chart and every kind of
// formula in it, wide and long tables among them.
#pragma once

#include "projections/reports/report.h"

namespace trede::testing {

Report sample_report();

}  // namespace trede::testing
