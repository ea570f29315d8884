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
#include "projections/reports/published.h"
#include "proto/report.pb.h"

namespace trede {

// Where an expression stands. Pointers live as long as the definition and what was laid down.
struct Scope {
  const pb::Table* table = nullptr;
  const pb::Row* row = nullptr;
  const pb::Column* column = nullptr;
  std::vector<Filter> row_codes;     // what a row that is one of many stands for
  std::vector<Filter> column_codes;  // the same of a column
  std::vector<Filter> chosen;        // by who asks; the outermost
  Period period;
  const PublishedReport* published = nullptr;  // figures are those that were laid down there
};

// What a figure asks: its measure (also `..._bij` and `..._af`), and the conditions that hold:
// those that were chosen, those of the table when the measure is the table's, and those of row,
// column and figure. Of two on one dimension the innermost holds (figure, column, row, table).
// Errors: kInvalid  no measure, or a condition that is not one.
struct Question {
  std::string measure;
  std::vector<Filter> waar;
};
Result<Question> question_of(const pb::Figure& figure, const Scope& scope);

// The key of a target; `periode` is used where it names none. A target that leaves out its maat is
// about the measure of the row, under the conditions of the row; one that names its maat is under
// its own conditions and what was chosen. Both are of what row or column stand for.
// Errors: as question_of.
Result<TargetKey> target_key_of(const pb::Target& target, Soort soort, const Scope& scope,
                                const std::string& periode);

// The measure and conditions of the row, with those of an amount's budget. Errors: as question_of.
Result<Question> budget_question_of(const google::protobuf::RepeatedPtrField<std::string>& waar,
                                    const Scope& scope);

// The time of a question, for a report over `period`; NAGEKOMEN, VORIG and SINDS ask as BEGIN does
// of a stand, and as PERIODE does of anything else. Errors: kInvalid when the measure cannot be
// seen from that side, or does not exist.
Result<Query> query_of(const Question& question, pb::Aspect aspect, Period period);

// The columns of `table`: those of its set, then its own. Of a table of controls the four of all.
// Requires: a set that exists.
std::vector<const pb::Column*> columns_of(const pb::ReportDefinition& definition,
                                          const pb::Table& table);
bool has_controls(const pb::Table& table);

}  // namespace trede
