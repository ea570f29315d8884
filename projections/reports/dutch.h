// Numbers as they are written in Dutch.
#pragma once

#include <string>

#include "projections/reports/report.h"

namespace trede {

// `-1234.5` as `-1.234,5`.
std::string dutch_number(std::string decimal);

// A cell as it stands in a sentence: `1.021`, `12,1%`, `n.v.t.`, `geen gegevens`; empty when leeg.
std::string dutch_words(const ReportCell& cell);

}  // namespace trede
