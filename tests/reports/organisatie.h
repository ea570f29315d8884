// The organisation itself (gemeenten, afdelingen, targets) and the employers it works with.
#pragma once

#include "tests/reports/figures.h"
#include "tests/reports/history.h"
#include "tests/reports/tijdvak.h"

namespace trede::reports {

// Gemeenten, afdelingen and the targets of 2021 as printed.
void add_organisatie(History& history, const Figures& figures);

// `number` vacatures filled in the period, with employers that were known before it.
void fill_vacatures(History& history, const char* regeling, int number, Period period);

// Employers, new relations and filled vacancies as printed, with two years before the quarter.
void add_werkgevers(History& history, const Figures& figures);

// After the first report: Uitgeest leaves two diensten; taakstelling, benchmarks and targets that
// the second report prints; words beside rows of its financial part.
void add_later_organisatie(History& history, const Figures& figures);

// The vacatures of the stretch, and employers that are new in it.
void add_later_vacatures(History& history, const Tijdvak& tijdvak);

}  // namespace trede::reports
