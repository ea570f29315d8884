// Periods seen from another: the same days a year before, the year to date, the last three months.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "proto/report.pb.h"

namespace trede {

// Of days that a month does not have the last of that month (29 February a year before is the 28th;
// a period that ends with its month still does). Errors: kInvalid  before the first day that can be
// written.
Result<Period> period_at(pb::Tijdvak tijdvak, const Period& from);

// How many whole calendar months `period` is, when it begins on 1 January and ends with a month;
// else 0.
unsigned months_from_january(const Period& period);

// A part of a period that stands in a line of its own.
struct PeriodPart {
  Period period;
  std::string id;     // `2024-03`, `2024-q1`
  std::string title;  // `mrt 2024`, `1e kwartaal 2024`
};
// The calendar months of `period`; the first and the last as far as they lie in it.
std::vector<PeriodPart> months_of(const Period& period);
std::vector<PeriodPart> quarters_of(const Period& period);

// As FORM_TIJDVAK: `2021`, `2021-Q1`, `2021-03`, else `2024-01-01/2024-08-31`.
std::string tijdvak_text(const Period& period);

// `01-01-2021 t/m 31-03-2021`
std::string dutch_period(const Period& period);

}  // namespace trede
