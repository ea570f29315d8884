// The shipped quarterly report, worked out and thrown away.
#pragma once

#include "projections/reports/laid_down.h"
#include "tests/bench/data/prepared_log.h"

namespace trede::bench {

Period quarter_of(Day day);

// Over the quarter of `question.day`, as known at `question.known`.
void work_out_report(OrganisatieLog& organisatie, Projections& projections,
                     const Question& question);

}  // namespace trede::bench
