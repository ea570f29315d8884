// Garantiebanen: of people who came through re-integratie, and of people with Wajong or an
// SW-indicatie who came for the job only.
#pragma once

#include "tests/reports/kandidaat.h"

namespace trede::reports {

// A garantiebaan under the Participatiewet for somebody of 18 or older.
// Requires: the doelgroep banenafspraak on that day.
void place_in_garantiebaan(Kandidaat& kandidaat, Day day, Dice& dice);

// Stand, bij and af of both age groups, and the placements per regeling, as printed. One PrO/VSO
// placement is outside the Participatiewet: it is in the realisatie and not in the stand.
void add_garantiebanen(Kandidaten& kandidaten, const Figures& figures);

// The garantiebanen that are the whole dossier of their people.
void add_garantiebanen_without_traject(History& history, Kandidaten& kandidaten,
                                       const Figures& figures);

}  // namespace trede::reports
