// Rows and columns as they are printed: those that stand for many have been repeated.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "projections/reports/scope.h"

namespace trede {

// A row or column after it was repeated.
template <typename Source>
struct Line {
  const Source* source;
  std::string id;
  std::vector<Filter> codes;     // of the dimensions that it was repeated over
  std::optional<Period> period;  // of one that stands for a month or a quarter
  std::string words;             // what it stands for: `Velsen`, `mrt 2024`, `Trede 3, Velsen`
  bool is_one_of_many = false;
};
using RowLine = Line<pb::Row>;
using ColumnLine = Line<pb::Column>;

// The codes over which a line with `per` of this dimension is repeated, in order.
using CodesOf = std::function<Result<std::vector<std::string>>(const std::string& dimension)>;

// Repeats a line over its codes, or the months or quarters of `period`. The id of one of many is
// its code in lower case; after that of the line unless it is the `only` one of its table that is
// repeated.
template <typename Source>
Result<std::vector<Line<Source>>> repeat(const Source& line, bool only, const Period& period,
                                         const CodesOf& codes_of);

// `Nader te bepalen` for `nader_te_bepalen`; the organisation's own strings as they are.
std::string code_title(const std::string& dimension, const std::string& code);

}  // namespace trede
