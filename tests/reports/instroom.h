// Who comes in: the aanmeldingen of 2020, the intakes and starts of the quarter.
#pragma once

#include "tests/reports/kandidaat.h"
#include "tests/reports/stromen.h"

namespace trede::reports {

// The days on which the people of 2020 were aangemeld, by what became of them before the quarter.
struct Aanmeldingen2020 {
  std::vector<Day> running;      // in traject at the end of the year
  std::vector<Day> ended;        // had a traject that ended in 2020
  std::vector<Day> not_started;  // negatief, teruggemeld or not started
  std::vector<Day> waiting;      // intake done, traject not begun at the end of the year
  std::vector<Day> open;         // no intake yet at the end of the year
};

// As many as the report says for the first quarter and, on average, for all four.
Aanmeldingen2020 aanmeldingen_of_2020(Kandidaten& kandidaten, const Figures& figures);

// Adds the people of 2020 who had not started at the end of that year.
void add_not_started(Kandidaten& kandidaten, const Aanmeldingen2020& aanmeldingen);

// Adds the aanmeldingen of the quarter, the intakes of the quarter per gemeente as printed (of
// people of both years), and the starts of trajecten in `stromen`; one of them is the statushouder
// who came in.
void add_quarter(Kandidaten& kandidaten, const Figures& figures, const Stromen& stromen,
                 const Aanmeldingen2020& aanmeldingen);

}  // namespace trede::reports
