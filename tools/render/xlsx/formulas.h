// The formula of a cell of a workbook.
#pragma once

#include <optional>
#include <string>

#include "tools/render/xlsx/places.h"

namespace trede::render {

struct WrittenFormula {
  std::string text;  // `=SUM(B4:B8)`
  double value = 0;  // what it comes to
};

// How `cell` at `at` follows from others; README.md has the rules. Absent: it does not, or not so
// that it shows what is printed.
std::optional<WrittenFormula> formula_of(const ReportCell& cell, const SheetCell& at,
                                         const WorkbookPlaces& places);

}  // namespace trede::render
