// The parts of a page.
#pragma once

#include <string>

#include "projections/reports/report.h"

namespace trede::render {

// A table with what belongs to it, on paper kept together: its note, its chart and what was said
// about its rows. `number`: its place in the report, which makes its ids unique.
std::string table_html(const ReportTable& table, std::size_t number);

// How the page looks, on screen and on paper. `foot`: at the bottom of each sheet of paper.
std::string page_style(const std::string& foot);

}  // namespace trede::render
