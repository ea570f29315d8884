// Budgets, bookings and forecasts: chosen/boekhouding.csv as events.
#pragma once

#include <filesystem>

#include "tests/reports/history.h"

namespace trede::reports {

// Lays down and books, up to `tm`, what stands in the file: a budget in the November before its
// year, a booking at the end of each of its months (evenly; what does not divide in the last), a
// forecast at `tm`. Throws std::runtime_error on a line that is none of these.
void add_boekhouding(History& history, const std::filesystem::path& file, Day tm);

}  // namespace trede::reports
