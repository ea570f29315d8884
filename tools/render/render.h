// Reports on paper and screen: the same cells as text, CSV, JSON, HTML and XLSX. Knows nothing of
// measures; what a cell holds was decided before.
#pragma once

#include <string>

#include "projections/reports/report.h"

namespace trede::render {

// Shown under or beside the tables.
struct Provenance {
  std::string bekend_op;  // as text
};

// For a terminal: aligned columns, numbers as they are written in Dutch.
std::string report_text(const Report& report, const Provenance& provenance);
// One cell per line, with its ids and titles; numbers with a decimal point.
std::string report_csv(const Report& report);
std::string report_json(const Report& report, const Provenance& provenance);
// One page that needs nothing else.
std::string report_html(const Report& report, const Provenance& provenance);
// The bytes of a workbook: a sheet per section, numbers as numbers. The same report gives the same
// bytes. Errors: kIo when the folder for temporary files cannot take it.
Result<std::string> report_xlsx(const Report& report, const Provenance& provenance);

// A cell as it is written in Dutch: `1.021`, `12,1%`, `n.v.t.`, `geen gegevens`; empty when leeg.
std::string dutch_cell(const ReportCell& cell);
// `01-01-2021 t/m 31-03-2021`
std::string dutch_period(const Period& period);

// How a state and a unit are called in CSV and JSON.
std::string_view state_code(CellState state);
std::string_view unit_code(CellUnit unit);

}  // namespace trede::render
