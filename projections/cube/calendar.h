// Months and periods of day numbers.
#pragma once

#include "projections/cube/schema.h"

namespace trede {

// Months since the year 0, of the month in which `day` lies.
int month_number(int day);
// Its first day.
int month_first_day(int month);

// The first day of the year, quarter or month in which `day` lies.
int periode_first_day(PeriodeSoort soort, int day);

}  // namespace trede
