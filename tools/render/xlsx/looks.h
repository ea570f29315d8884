// The formats of the cells of a workbook.
#pragma once

#include <xlsxwriter.h>

#include <map>
#include <string>

#include "projections/reports/report.h"

namespace trede::render {

// What a cell looks like.
struct Look {
  std::string number = {};  // how a number is shown, as Excel writes it; empty: words
  bool bold = false;
  bool left = false;
  bool right = false;
  bool wraps = false;
  bool shrinks = false;
  bool line_above = false;
  bool line_below = false;
  int indent = 0;
  auto operator<=>(const Look&) const = default;
};

// Makes each format of a workbook once. Lives shorter than the workbook, which owns them.
class Looks {
 public:
  explicit Looks(lxw_workbook* book) : book_(book) {}
  lxw_format* get(const Look& look);

 private:
  lxw_workbook* book_;
  std::map<Look, lxw_format*> made_;
};

// How the number of a cell is shown: `#,##0.0%`; with a judgement `"  ongunstig "* #,##0`, the word
// on the left and the number on the right; with its parts behind it.
std::string number_format(const ReportCell& cell);
inline constexpr const char* kDayFormat = "dd-mm-yyyy";

}  // namespace trede::render
