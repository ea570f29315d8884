// The drawing of a table.
#pragma once

#include <string>

#include "projections/reports/report.h"

namespace trede::render {

// An SVG element with a title and a description in words. `id` is unique on its page.
// Requires: table.chart.
std::string chart_svg(const ReportTable& table, const std::string& id);

// What its classes look like, as CSS.
extern const char* const kChartStyle;

}  // namespace trede::render
