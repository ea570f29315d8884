// Who is in traject at the beginning of the quarter, who left in the year before, and who moves or
// leaves in the quarter.
#pragma once

#include "tests/reports/kandidaat.h"
#include "tests/reports/stromen.h"

namespace trede::reports {

// Adds the trajecten that run on the day before the quarter, each with a way to its trede, and lets
// of them move and leave in the quarter what `stromen` says; nobody does more than one of these.
// `aanmeldingen_2020` are the days on which the people of that year were aangemeld.
void add_running_trajecten(Kandidaten& kandidaten, const Stromen& stromen,
                           const std::vector<Day>& aanmeldingen_2020);

// Trajecten that ended in 2020: `aanmeldingen_2020` began in that year, the others before it.
void add_ended_trajecten(Kandidaten& kandidaten, const std::vector<Day>& aanmeldingen_2020);

// Makes the statushouders of the report out of people who are in traject (stand, results), per
// gemeente; the one who comes in is made in instroom.cc.
void make_statushouders(Kandidaten& kandidaten, const Figures& figures);

// Plans the intake and the start of a traject in `trede` after an aanmelding; the start lies before
// `latest`. Requires: latest at least 40 days after the aanmelding.
void plan_start(Kandidaat& kandidaat, const std::string& trede, Day latest, Dice& dice);

}  // namespace trede::reports
