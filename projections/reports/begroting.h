// Budgets and forecasts as the organisation laid them down, put together for a period.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/dossier/organisatie.h"
#include "projections/measures/query.h"
#include "projections/reports/rational.h"
#include "proto/report.pb.h"

namespace trede {

// Which lines are meant: of one soort_bedrag, under conditions on programma, kostenregel and
// incidenteel (a line without a kostenregel or incidenteel is `onbekend` there).
struct BudgetLines {
  pb::SoortBedrag soort_bedrag;
  std::vector<Filter> waar;
};

struct Budget {
  Rational bedrag_eurocent;
  std::vector<Position> sources;  // of the events that give it
};

// The sum over the months of `period`, a line of a year or quarter spread evenly over its months or
// by its seizoen; the cents that do not divide come in the last month. In the months that a changed
// budget is about it takes the place of the primary one of the same programma, kostenregel,
// soort_bedrag and incidenteel (left out = nee), unless `versie` asks for the primary one. Lines of
// one versie add up, also where a year and its months are both laid down.
// A line that is not there counts nul; absent when no budget at all is laid down for the calendar
// years of `period`.
// Requires: a period of whole months is meant; a month that it holds in part counts whole.
std::optional<Budget> budget_of(const Organisatie& organisatie, const BudgetLines& lines,
                                const Period& period, pb::BegrotingStand versie);

// What is forecast for `year`, in whole. Absent when nothing is forecast for it at all.
std::optional<Budget> forecast_of(const Organisatie& organisatie, const BudgetLines& lines,
                                  std::chrono::year year);

// The values of `dimension` (programma, kostenregel) that budgets name for the calendar years of
// `period`, in order of bytes.
std::vector<std::string> budgeted(const Organisatie& organisatie, const std::string& dimension,
                                  const Period& period);

// Absent for a measure that is no amount.
std::optional<pb::SoortBedrag> soort_bedrag_of(const std::string& measure);

}  // namespace trede
