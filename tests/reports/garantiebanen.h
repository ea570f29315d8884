// Garantiebanen: of people who came through re-integratie, and of people with Wajong or an
// SW-indicatie who came for the job only.
#pragma once

#include "tests/reports/kandidaat.h"

namespace trede::reports {

// Stand, bij and af of both age groups, and the placements per regeling, as printed. One PrO/VSO
// placement is outside the Participatiewet: it is in the realisatie and not in the stand.
void add_garantiebanen(Kandidaten& kandidaten, const Figures& figures);

// The garantiebanen that are the whole dossier of their people.
void add_garantiebanen_without_traject(History& history, Kandidaten& kandidaten,
                                       const Figures& figures);

}  // namespace trede::reports
