// The shipped quarterly report, worked out and thrown away.
#pragma once

#include "projections/reports/desk.h"
#include "tests/bench/data/prepared_log.h"

namespace trede::bench {

Period quarter_of(Day day);

// Over the quarter of `question.day`, as known at `question.known`.
void work_out_report(ReportDesk& desk, const Question& question);

}  // namespace trede::bench
