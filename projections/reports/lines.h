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
  std::string exact_id;          // of one of many: of no two the same; see tell_apart
  std::vector<Filter> codes;     // of the dimensions that it was repeated over
  std::optional<Period> period;  // of one that stands for a month or a quarter
  std::string words;             // what it stands for: `Velsen`, `mrt 2024`, `Trede 3, Velsen`
  bool is_one_of_many = false;
};
using RowLine = Line<pb::Row>;
using ColumnLine = Line<pb::Column>;

// The codes over which a line with `per` of this dimension is repeated, in order.
using CodesOf = std::function<Result<std::vector<std::string>>(const std::string& dimension)>;

// At most so many cells in a report, hidden ones too: what asks for more is a slip in a period or
// in `per`, and would keep whoever works it out busy for hours.
inline constexpr std::size_t kCellsMax = 250'000;

// Repeats a line over its codes, or the months or quarters of `period`. The id of one of many is
// its code in lower case; after that of the line unless it is the `only` one of its table that is
// repeated. Errors: kInvalid for more than kCellsMax lines.
template <typename Source>
Result<std::vector<Line<Source>>> repeat(const Source& line, bool only, const Period& period,
                                         const CodesOf& codes_of);

// Gives lines of many that share an id (`a-b` of both `A-B` and `a b`), or have that of another
// line, their exact one: the code with `%41` and the like for what an id cannot have. So an id
// depends on which lines there are, not on their order. `lines` are all rows, or all columns, of
// one table.
template <typename Source>
void tell_apart(std::vector<Line<Source>>& lines);

// `Nader te bepalen` for `nader_te_bepalen`; the organisation's own strings as they are.
std::string code_title(const std::string& dimension, const std::string& code);

}  // namespace trede
