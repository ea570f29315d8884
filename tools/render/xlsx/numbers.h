// The numbers of a report as a workbook keeps them.
#pragma once

#include "projections/reports/report.h"

namespace trede::render {

// How many times as large the number in the report is: a percentage is kept divided by 100.
int scale_of(const ReportCell& cell);
// Decimals of the kept number that are shown.
int kept_decimals(const ReportCell& cell);
// The number to write, in the unit of the report: exact where that shows as it is printed, else as
// printed. Requires: a number.
Rational written(const ReportCell& cell);
// Whether it lies halfway between two numbers that could be printed. Requires: a number.
bool ends_at_half(const ReportCell& cell);
// As it is kept.
double kept(const Rational& number, const ReportCell& cell);

}  // namespace trede::render
