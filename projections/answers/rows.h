// Which rows of an answer a cell belongs to: its breakdown codes and the filter.
#pragma once

#include <functional>
#include <vector>

#include "projections/cube/cube.h"
#include "projections/cube/dictionary.h"
#include "projections/measures/formula.h"

namespace trede {

// The codes of a row, one per breakdown dimension; of doelgroep the number of one, 0 = geen.
using RowKey = std::vector<Code>;
using RowVisitor = std::function<void(const RowKey&)>;

// What a question needs of the cube for one of its sums.
// Requires: a query that check_query accepts; `entry` is its measure, `term` one of its formula.
RollupKey rollup_of(const Query& query, const MeasureEntry& entry, const Term& term);

// The rows of one query in one table. Threads: any.
class RowFinder {
 public:
  // Requires: a query that check_query accepts; `entry` is its measure, `term` one of its formula.
  RowFinder(const Query& query, const MeasureEntry& entry, const Term& term,
            const Dictionary& dictionary);

  // Whether the filters leave anything of the cell; false when `visit` would hand out nothing.
  bool passes(const Cell& cell) const;
  // Hands each row that a cell of a stand or point table counts in to `visit`, once. Of a flow
  // table: each row that something comes to belong to (kBij), or ceases to (kAf).
  void visit(const Cell& cell, const RowVisitor& visit) const;

  // How many strings of the filters nothing had when this was made. What comes later may have them.
  std::size_t unknown() const { return unknown_; }

 private:
  struct Column {
    Dim dim;
    std::size_t at;  // in the dimensions of the cell; of a moment: from the first moment_dim
    bool moment;     // belongs to the moment of a flow, not to what flows
    bool set;
  };
  struct Condition {
    Column column;
    std::vector<Code> codes;
    Code set_bits = 0;      // of a set: these doelgroepen
    bool set_geen = false;  // of a set: also the empty one
  };

  Column column_of(Dim dim) const;
  Condition condition_of(const Column& column, const std::vector<std::string>& codes);
  bool holds(const Condition& condition, Code code) const;
  bool pass_dims(const Code* dims) const;
  bool pass_moment(const Cell& cell) const;
  // The rows that something with these dimensions belongs to; none when a filter excludes it.
  std::vector<RowKey> rows_of(const Code* dims) const;
  std::vector<Code> codes_in_row(const Column& column, Code code) const;
  void visit_stroom(const Cell& cell, const RowVisitor& visit) const;

  const TableInfo& info_;
  const Dictionary& dictionary_;
  bool bij_;
  std::size_t unknown_ = 0;
  std::vector<Column> columns_;
  std::vector<Condition> conditions_;
};

// The code as written.
std::string text_of(Dim dim, Code code, const Dictionary& dictionary);

}  // namespace trede
