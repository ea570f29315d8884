// What happens beside the traject itself: diagnoses, maatregelen, work beside the traject, training
// and projects.
#pragma once

#include "tests/reports/kandidaat.h"

namespace trede::reports {

// The variant of the cells of the maatregelen table that the report leaves open (figures whose id
// ends in it); every variant fits all totals.
inline constexpr std::string_view kVariant = "variant-04";

// AD&A: stand, bij and af as printed. Gives `has_diagnose` to those who have one.
void add_diagnoses(Kandidaten& kandidaten, const Figures& figures);

// Maatregelen per kind and gemeente as printed; bezwaar and ontheffingen besides.
void add_maatregelen(Kandidaten& kandidaten, const Figures& figures);

// Parttime work, external trajecten, taalniveautoetsen and projects as printed; contacts, pauses,
// training and removals besides.
void add_voorzieningen(Kandidaten& kandidaten, const Figures& figures);

// Work beside the traject, and the doelgroep that comes with it.
void begin_parttime(Kandidaat& kandidaat, Day day, Dice& dice);

}  // namespace trede::reports
