#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "projections/measures/measures.h"
#include "projections/reports/check.h"
#include "projections/reports/rational.h"
#include "projections/reports/scope.h"

namespace trede {

namespace {

// Any period serves to see whether a question can be asked.
const Period kAnyPeriod{Day{std::chrono::year{2021} / 1 / 1},
                        Day{std::chrono::year{2021} / 3 / 31}};

// A cell of the definition, before rows and columns are repeated per gemeente.
struct Node {
  const pb::Table* table;
  const pb::Row* row;
  const pb::Column* column;
  auto operator<=>(const Node&) const = default;
};

template <typename Items>
auto find_by_id(const Items& items, const std::string& id) -> const typename Items::value_type* {
  const auto found = std::ranges::find_if(items, [&](const auto& item) { return item.id() == id; });
  return found == items.end() ? nullptr : &*found;
}

bool is_ratio(const pb::Expression& expression, const Scope& scope) {
  if (!expression.has_figure()) return false;
  const auto question = question_of(expression.figure(), scope);
  const Measure* measure = question ? find_measure(question->measure) : nullptr;
  return measure != nullptr && measure->kind == MeasureKind::kVerhouding;
}

class CellChecker {
 public:
  CellChecker(const pb::ReportDefinition& definition, std::vector<DefinitionFlaw>& flaws)
      : definition_(definition), flaws_(flaws) {
    for (const pb::Section& section : definition.section()) {
      for (const pb::Table& table : section.table()) tables_[table.id()] = &table;
    }
  }

  void check(const Place& place) {
    for (int i = 0; i < definition_.section_size(); ++i) {
      const Place section = place.nested("section", i);
      for (int j = 0; j < definition_.section(i).table_size(); ++j) {
        check_table(definition_.section(i).table(j), section.nested("table", j));
      }
    }
    for (const Node& node : nodes_) visit(node);
  }

 private:
  void add(int line, std::string message) {
    DefinitionFlaw flaw{line, std::move(message)};
    const auto same = [&](const DefinitionFlaw& f) {
      return f.line == flaw.line && f.message == flaw.message;
    };
    if (std::ranges::none_of(flaws_, same)) flaws_.push_back(std::move(flaw));
  }

  void check_table(const pb::Table& table, const Place& place) {
    for (int r = 0; r < table.row_size(); ++r) {
      const pb::Row& row = table.row(r);
      for (int c = 0; c < table.column_size(); ++c) {
        const pb::Column& column = table.column(c);
        const pb::Expression* expression = expression_of(row, column);
        if (expression == nullptr) continue;
        Place at = place.nested("column", c);
        for (int i = 0; i < row.cell_size(); ++i) {
          if (&row.cell(i) == cell_of(row, column)) at = place.nested("row", r).nested("cell", i);
        }
        Scope scope{&table, &row, &column, std::nullopt, std::nullopt};
        if (!row.per().empty()) scope.row_gemeente = "x";
        if (!column.per().empty()) scope.column_gemeente = "x";
        nodes_.push_back({&table, &row, &column});
        line_of_[nodes_.back()] = at.line("cell");
        check_expression(*expression, at.nested("cell"), scope);
      }
    }
  }

  // `message` at the line, with the row it concerns.
  void add_for(const Scope& scope, int line, const std::string& message) {
    add(line, "row '" + scope.row->id() + "': " + message);
  }

  void check_expression(const pb::Expression& expression, const Place& place, const Scope& scope) {
    switch (expression.what_case()) {
      case pb::Expression::kFigure: return check_figure(expression.figure(), place, scope);
      case pb::Expression::kAfspraak:
        return check_target(expression.afspraak(), place.line("afspraak"), scope);
      case pb::Expression::kBenchmark:
        return check_target(expression.benchmark(), place.line("benchmark"), scope);
      case pb::Expression::kTaakstelling:
        return check_target(expression.taakstelling(), place.line("taakstelling"), scope);
      case pb::Expression::kColumn: return check_reference(expression, place.line("column"), scope);
      case pb::Expression::kRow: return check_reference(expression, place.line("row"), scope);
      case pb::Expression::kCell: return check_reference(expression, place.line("cell"), scope);
      case pb::Expression::kSum:
        return check_parts(expression.sum(), place.nested("sum"), scope, {1, 1000, true});
      case pb::Expression::kDifference:
        return check_parts(expression.difference(), place.nested("difference"), scope,
                           {2, 1000, false});
      case pb::Expression::kPercentage:
        return check_parts(expression.percentage(), place.nested("percentage"), scope,
                           {2, 2, false});
      case pb::Expression::kConstant: {
        const auto number = parse_rational(expression.constant());
        if (!number) add(place.line("constant"), number.error().message);
        return;
      }
      case pb::Expression::kEmpty:
        if (expression.empty() == pb::EMPTY_UNSPECIFIED) {
          add(place.line("empty"), "not a way to be empty, expected LEEG, NVT or GEEN_GEGEVENS");
        }
        return;
      case pb::Expression::WHAT_NOT_SET:
        add(place.line(),
            "an empty expression, expected figure, afspraak, benchmark, "
            "taakstelling, column, row, cell, sum, difference, percentage, constant "
            "or empty");
        return;
    }
  }

  void check_figure(const pb::Figure& figure, const Place& place, const Scope& scope) {
    const int line = place.line("figure");
    const auto question = question_of(figure, scope);
    if (!question) return add_for(scope, line, question.error().message);
    const auto query = query_of(*question, figure.aspect(), kAnyPeriod);
    if (!query) return add_for(scope, line, query.error().message);
    if (const Status good = check_query(*query); !good) {
      add_for(scope, line, good.error().message);
    }
  }

  void check_target(const pb::Target& target, int line, const Scope& scope) {
    const auto key = target_key_of(target, Soort::kAfspraakVastgesteld, scope, "2021");
    if (!key) return add_for(scope, line, key.error().message);
    const auto periode = parse_periode(key->periode);
    if (!periode) add(line, periode.error().message);
  }

  struct Arity {
    int least;
    int most;
    bool adds;
  };
  void check_parts(const pb::Expressions& parts, const Place& place, const Scope& scope,
                   Arity arity) {
    if (parts.of_size() < arity.least || parts.of_size() > arity.most) {
      const std::string number = std::to_string(arity.least);
      add(place.line(), std::to_string(parts.of_size()) + " parts, expected " +
                            (arity.most == arity.least ? number : number + " or more"));
    }
    for (int i = 0; i < parts.of_size(); ++i) {
      const Place at = place.nested("of", i);
      check_expression(parts.of(i), at, scope);
      if (arity.adds && is_ratio(parts.of(i), scope)) {
        add(at.line(), "a sum of ratios; ask one figure with all conditions instead");
      }
    }
  }

  // The cell that a reference of `scope` means; absent when there is none.
  std::optional<Node> target_of(const pb::Expression& expression, const Node& from) const {
    Node to = from;
    if (expression.has_column()) {
      to.column = find_by_id(from.table->column(), expression.column());
    } else if (expression.has_row()) {
      to.row = find_by_id(from.table->row(), expression.row());
    } else {
      const auto path = parse_cell_path(expression.cell());
      const auto table = path ? tables_.find(path->table) : tables_.end();
      if (table == tables_.end()) return std::nullopt;
      to = {table->second, find_by_id(table->second->row(), path->row),
            find_by_id(table->second->column(), path->column)};
    }
    if (to.row == nullptr || to.column == nullptr) return std::nullopt;
    // One of many cannot be meant by its id, unless it is the line that the reference stands in.
    if (!to.row->per().empty() && to.row != from.row) return std::nullopt;
    if (!to.column->per().empty() && to.column != from.column) return std::nullopt;
    return to;
  }

  void check_reference(const pb::Expression& expression, int line, const Scope& scope) {
    if (target_of(expression, {scope.table, scope.row, scope.column})) return;
    const std::string what = expression.has_column() ? "column '" + expression.column()
                             : expression.has_row()  ? "row '" + expression.row()
                                                     : "cell '" + expression.cell();
    add(line, "there is no " + what + "' that can be meant here");
  }

  // Looks for circles among references: depth first, each cell once.
  void visit(const Node& node) {
    const auto [at, fresh] = state_.emplace(node, true);
    if (!fresh) {
      if (at->second) {
        add(line_of_[node], "a circle: this cell depends on itself (row '" + node.row->id() +
                                "', column '" + node.column->id() + "')");
      }
      return;
    }
    const pb::Expression* expression = expression_of(*node.row, *node.column);
    if (expression != nullptr) follow(*expression, node);
    state_[node] = false;
  }

  void follow(const pb::Expression& expression, const Node& from) {
    if (expression.has_column() || expression.has_row() || expression.has_cell()) {
      if (const auto to = target_of(expression, from)) visit(*to);
    }
    for (const auto* parts :
         {&expression.sum(), &expression.difference(), &expression.percentage()}) {
      for (const pb::Expression& part : parts->of()) follow(part, from);
    }
  }

  const pb::ReportDefinition& definition_;
  std::vector<DefinitionFlaw>& flaws_;
  std::map<std::string, const pb::Table*> tables_;
  std::vector<Node> nodes_;  // cells with an expression, in the order of the text
  std::map<Node, int> line_of_;
  std::map<Node, bool> state_;  // true while being visited
};

}  // namespace

const pb::Cell* cell_of(const pb::Row& row, const pb::Column& column) {
  const pb::Cell* of_row = nullptr;
  for (const pb::Cell& cell : row.cell()) {
    if (cell.column() == column.id()) return &cell;
    if (cell.column().empty()) of_row = &cell;
  }
  return of_row;
}

const pb::Expression* expression_of(const pb::Row& row, const pb::Column& column) {
  if (const pb::Cell* own = cell_of(row, column)) return own->has_cell() ? &own->cell() : nullptr;
  return column.has_cell() ? &column.cell() : nullptr;
}

Result<CellPath> parse_cell_path(const std::string& text) {
  const auto column = text.rfind('/');
  const auto row =
      column == std::string::npos || column == 0 ? std::string::npos : text.rfind('/', column - 1);
  if (row == std::string::npos) {
    return Error{ErrorCode::kInvalid, "not a cell: '" + text + "', expected table/row/column"};
  }
  return CellPath{text.substr(0, row), text.substr(row + 1, column - row - 1),
                  text.substr(column + 1)};
}

void check_cells(const pb::ReportDefinition& definition, const Place& place,
                 std::vector<DefinitionFlaw>& flaws) {
  CellChecker(definition, flaws).check(place);
}

}  // namespace trede
