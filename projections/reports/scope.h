// What an expression inherits from where it stands: the measure and conditions of its row, column
// and table.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "projections/measures/query.h"
#include "projections/reports/laid_down.h"
#include "proto/report.pb.h"

namespace trede {

// Where an expression stands. Pointers live as long as the definition.
struct Scope {
  const pb::Table* table = nullptr;
  const pb::Row* row = nullptr;
  const pb::Column* column = nullptr;
  std::optional<std::string> row_gemeente;     // of a row that stands for one per gemeente
  std::optional<std::string> column_gemeente;  // the same of a column
};

// `dimension=code,code`. Errors: kInvalid.
Result<Filter> parse_waar(std::string_view text);

// What a figure asks: its measure (also `..._bij` and `..._af`), and the conditions that hold:
// those of the table when the measure is the table's, and those of row, column and figure. Of two
// on one dimension the innermost holds (figure, column, row, table). Errors: kInvalid  no measure,
// or a condition that is not one.
struct Question {
  std::string measure;
  std::vector<Filter> waar;
};
Result<Question> question_of(const pb::Figure& figure, const Scope& scope);

// The key of a target; `periode` is used where it names none. A target that leaves out its maat is
// about the measure of the row, under the conditions of the row; one that names its maat is under
// its own conditions only. Both are of the gemeente that row or column stands for.
// Errors: as question_of.
Result<TargetKey> target_key_of(const pb::Target& target, Soort soort, const Scope& scope,
                                const std::string& periode);

// The time of a question, for a report over `period`. Errors: kInvalid when the measure cannot be
// seen from that side, or does not exist.
Result<Query> query_of(const Question& question, pb::Aspect aspect, Period period);

}  // namespace trede
