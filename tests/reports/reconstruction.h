// The history behind both reports: of the first quarter of 2021, and of eight months of 2024.
#pragma once

#include <ostream>

#include "tests/reports/figures.h"

namespace trede::reports {

// The printed figures of both reports.
struct Reports {
  Figures q1_2021;
  Figures m8_2024;

  static Reports load();
};

// How far a history goes: to the end of one of the reports. The shorter one holds the same events
// as the longer one that are true by then.
enum class Upto { kQ1_2021, k8m_2024 };

// Writes the import file to `out`, and on `log` one line for each event that was recorded late, put
// right or withdrawn. The same figures give the same bytes. Throws when the figures leave no
// history that fits.
void reconstruct(const Reports& reports, Upto upto, std::ostream& out, std::ostream& log);

}  // namespace trede::reports
