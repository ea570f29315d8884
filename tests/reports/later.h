// How the history goes on after the first report: the same people and new ones, stretch of time by
// stretch of time, to the end of the second report.
#pragma once

#include "tests/reports/kandidaat.h"
#include "tests/reports/tijdvak.h"

namespace trede::reports {

// The aanmeldingen of the stretch, and everything up to the start of a traject: who is left out,
// intakes and their lead times, abc_metingen.
void add_instroom(Kandidaten& kandidaten, const Tijdvak& tijdvak);

// Who leaves a traject in the stretch, with which reden, and who moves between treden.
void add_uitstroom(Kandidaten& kandidaten, const Tijdvak& tijdvak);

// Everybody of Uitgeest goes back to their gemeente.
void let_uitgeest_leave(Kandidaten& kandidaten);

// Work beside the traject, garantiebanen, diagnoses, voorzieningen, maatregelen of the stretch.
void add_begeleiding(Kandidaten& kandidaten, const Tijdvak& tijdvak);

// The module arbeidsmarkt en participatie: who completes it in 2024, per gemeente as printed with
// those who begin in September; some in the two years before.
void add_map(Kandidaten& kandidaten, const Figures& figures);

}  // namespace trede::reports
