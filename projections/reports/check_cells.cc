// Longer than most: one walk over every expression there can be, a few lines each.
#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "projections/measures/measures.h"
#include "projections/reports/check.h"
#include "projections/reports/evaluator.h"
#include "projections/reports/rational.h"
#include "projections/reports/scope.h"

namespace trede {

namespace {

// Any period serves to see whether a question can be asked.
const Period kAnyPeriod{Day{std::chrono::year{2021} / 1 / 1},
                        Day{std::chrono::year{2021} / 3 / 31}};

// Working out a cell takes the stack as often as cells follow from one another.
constexpr int kLongestChain = 200;

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

// One code for each dimension that a line is repeated over.
template <typename Line>
std::vector<Filter> some_codes(const Line& line, const std::string& measure) {
  std::vector<Filter> out;
  for (const std::string& per : line.per()) {
    if (per == "maand" || per == "kwartaal") continue;
    Filter filter{per, {line.alleen().begin(), line.alleen().end()}};
    if (filter.codes.empty()) filter.codes = {"x"};
    if (const Measure* found = find_measure(measure); found != nullptr && line.alleen().empty()) {
      for (const Dimension& dimension : found->dimensions) {
        if (dimension.name == per && !dimension.codes.empty()) filter.codes = {dimension.codes[0]};
      }
    }
    out.push_back(std::move(filter));
  }
  return out;
}

// What `expression` is put together from.
std::vector<const pb::Expression*> parts_of(const pb::Expression& expression) {
  std::vector<const pb::Expression*> out;
  for (const auto* parts : {&expression.sum(), &expression.difference(), &expression.percentage(),
                            &expression.quotient(), &expression.product(), &expression.eerste()}) {
    for (const pb::Expression& part : parts->of()) out.push_back(&part);
  }
  if (expression.has_in()) out.push_back(&expression.in().of());
  if (expression.has_afwijking()) {
    out.push_back(&expression.afwijking().van());
    out.push_back(&expression.afwijking().tegen());
  }
  return out;
}

// Whether another cell is meant anywhere in it.
bool has_reference(const pb::Expression& expression) {
  return is_reference(expression) ||
         std::ranges::any_of(parts_of(expression),
                             [](const pb::Expression* part) { return has_reference(*part); });
}

// Whether each line that `to` stands for has one of the same codes in `from` (null: nowhere).
template <typename Line>
bool is_as_many(const Line* to, const Line* from) {
  const auto same = [](const auto& a, const auto& b) { return std::ranges::equal(a, b); };
  return to->per().empty() || to == from ||
         (from != nullptr && same(to->per(), from->per()) && same(to->alleen(), from->alleen()));
}

bool names(const google::protobuf::RepeatedPtrField<std::string>& ids, const std::string& id) {
  return std::ranges::find(ids, id) != ids.end();
}

bool is_ratio(const pb::Expression& expression, const Scope& scope) {
  if (!expression.has_figure()) return false;
  const auto question = question_of(expression.figure(), scope);
  const Measure* measure = question ? find_measure(question->measure) : nullptr;
  return measure != nullptr && measure->kind == MeasureKind::kVerhouding;
}

constexpr std::size_t kMostFlaws = 100;  // more tell nobody anything

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
      check_text(definition_.section(i).tekst(), section.line("tekst"));
      for (int j = 0; j < definition_.section(i).table_size(); ++j) {
        check_table(definition_.section(i).table(j), place, section.nested("table", j));
      }
    }
    for (const Node& node : nodes_) visit(node);
    if (!flaws_.empty()) return;
    for (const Node& node : nodes_) check_sums(node);
  }

 private:
  void add(int line, std::string message) {
    if (flaws_.size() >= kMostFlaws) return;
    DefinitionFlaw flaw{line, std::move(message)};
    const auto same = [&](const DefinitionFlaw& f) {
      return f.line == flaw.line && f.message == flaw.message;
    };
    if (std::ranges::none_of(flaws_, same)) flaws_.push_back(std::move(flaw));
  }

  void check_text(const std::string& text, int line) {
    for (const std::string& path : cells_in_text(text)) {
      pb::Expression shown;
      shown.set_cell(path);
      if (!target_of(shown, {})) add(line, "there is no cell '" + path + "' that can be shown");
    }
  }

  // Where a column of `table` stands in the text: in its set, or in the table.
  Place place_of(const pb::Table& table, int number, const Place& root, const Place& place) const {
    for (int s = 0; s < definition_.columns_size(); ++s) {
      if (definition_.columns(s).id() != table.columns()) continue;
      if (number < definition_.columns(s).column_size()) {
        return root.nested("columns", s).nested("column", number);
      }
      number -= definition_.columns(s).column_size();
    }
    return place.nested("column", number);
  }

  void check_table(const pb::Table& table, const Place& root, const Place& place) {
    const auto columns = columns_of(definition_, table);
    for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
      const pb::Column& column = *columns[static_cast<std::size_t>(c)];
      if (!column.per().empty()) {
        check_per(column, table.measure(), place_of(table, c, root, place));
      }
    }
    for (int r = 0; r < table.row_size(); ++r) {
      const pb::Row& row = table.row(r);
      const Place row_place = place.nested("row", r);
      const std::string& measure = row.measure().empty() ? table.measure() : row.measure();
      if (!check_per(row, measure, row_place)) continue;
      if (row.stijl() == pb::KOP) continue;
      if (row.has_identiteit()) {
        check_control(table, row, columns, row_place);
        continue;
      }
      for (int c = 0; c < static_cast<int>(columns.size()); ++c) {
        const pb::Column& column = *columns[static_cast<std::size_t>(c)];
        nodes_.push_back({&table, &row, &column});
        line_of_[nodes_.back()] = row_place.line();
        const pb::Expression* expression = expression_of(row, column);
        if (expression == nullptr) continue;
        Place at = row_place;
        for (int i = 0; i < row.cell_size(); ++i) {
          if (&row.cell(i) == cell_of(row, column)) at = row_place.nested("cell", i);
        }
        if (cell_of(row, column) == nullptr) at = place_of(table, c, root, place);
        line_of_[nodes_.back()] = at.line("cell");
        check_expression(*expression, at.nested("cell"), scope_of(table, row, column));
      }
    }
  }

  void check_control(const pb::Table& table, const pb::Row& row,
                     const std::vector<const pb::Column*>& columns, const Place& place) {
    const Place at = place.nested("identiteit");
    for (const pb::Column* column : columns) {
      nodes_.push_back({&table, &row, column});
      line_of_[nodes_.back()] = at.line();
    }
    const Scope scope = scope_of(table, row, *columns.front());
    if (!row.identiteit().has_links() || !row.identiteit().has_rechts()) {
      return add(at.line(), "a control with one side, expected links and rechts");
    }
    check_expression(row.identiteit().links(), at.nested("links"), scope);
    check_expression(row.identiteit().rechts(), at.nested("rechts"), scope);
  }

  // What stands for many stands for one of each code that its measure has.
  template <typename Line>
  bool check_per(const Line& line, const std::string& measure, const Place& place) {
    const Measure* found = find_measure(measure);
    bool good = true;
    for (int i = 0; i < line.per_size(); ++i) {
      const std::string& per = line.per(i);
      if (per == "maand" || per == "kwartaal" || per == "gemeente") continue;
      const bool known =
          found != nullptr &&
          std::ranges::find(found->dimensions, per, &Dimension::name) != found->dimensions.end();
      if (!known) {
        add(place.line("per", i), "not '" + per + "', expected gemeente, maand, kwartaal or a " +
                                      (found == nullptr ? "dimension of the measure of its row "
                                                          "or table, which has none"
                                                        : "dimension of " + measure));
        good = false;
      }
    }
    return good;
  }

  // A scope with any code for what is chosen or repeated over.
  Scope scope_of(const pb::Table& table, const pb::Row& row, const pb::Column& column) const {
    const std::string& measure = row.measure().empty() ? table.measure() : row.measure();
    Scope out;
    out.table = &table;
    out.row = &row;
    out.column = &column;
    out.period = kAnyPeriod;
    out.row_codes = some_codes(row, measure);
    out.column_codes = some_codes(column, measure);
    for (const std::string& dimension : definition_.kies()) {
      out.chosen.push_back({dimension, {"x"}});
    }
    return out;
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
      case pb::Expression::kAt: return check_reference(expression, place.line("at"), scope);
      case pb::Expression::kQuotient:
        return check_parts(expression.quotient(), place.nested("quotient"), scope, {2, 2, false});
      case pb::Expression::kProduct:
        return check_parts(expression.product(), place.nested("product"), scope, {2, 1000, false});
      case pb::Expression::kEerste:
        return check_parts(expression.eerste(), place.nested("eerste"), scope, {2, 1000, false});
      case pb::Expression::kIn: return check_in(expression.in(), place.nested("in"), scope);
      case pb::Expression::kAfwijking:
        return check_afwijking(expression.afwijking(), place.nested("afwijking"), scope);
      case pb::Expression::kBegroting:
        return check_budget(expression.begroting().waar(), place.line("begroting"), scope);
      case pb::Expression::kPrognose:
        return check_budget(expression.prognose().waar(), place.line("prognose"), scope);
      case pb::Expression::kTekst:
        if (expression.tekst().empty()) add(place.line("tekst"), "no words, expected some");
        return;
      case pb::Expression::kEmpty:
        if (expression.empty() == pb::EMPTY_UNSPECIFIED) {
          add(place.line("empty"), "not a way to be empty, expected LEEG, NVT or GEEN_GEGEVENS");
        }
        return;
      case pb::Expression::WHAT_NOT_SET:
        add(place.line(),
            "an empty expression, expected figure, afspraak, benchmark, taakstelling, begroting, "
            "prognose, column, row, at, cell, sum, difference, percentage, quotient, product, "
            "eerste, in, afwijking, constant, tekst or empty");
        return;
    }
  }

  void check_in(const pb::In& in, const Place& place, const Scope& scope) {
    if (!in.has_of()) return add(place.line(), "nothing to ask at another time, expected of");
    if (has_reference(in.of())) {
      add(place.line("of"), "another cell has a time of its own, expected what it asks");
    }
    check_expression(in.of(), place.nested("of"), scope);
  }

  void check_afwijking(const pb::Afwijking& afwijking, const Place& place, const Scope& scope) {
    if (!afwijking.has_van() || !afwijking.has_tegen()) {
      return add(place.line(), "a deviation with one side, expected van and tegen");
    }
    check_expression(afwijking.van(), place.nested("van"), scope);
    check_expression(afwijking.tegen(), place.nested("tegen"), scope);
  }

  void check_budget(const google::protobuf::RepeatedPtrField<std::string>& waar, int line,
                    const Scope& scope) {
    const auto question = budget_question_of(waar, scope);
    if (!question) return add_for(scope, line, question.error().message);
    const auto query = query_of(*question, pb::PERIODE, kAnyPeriod);
    if (!query) return add_for(scope, line, query.error().message);
    if (const Status good = check_query(*query); !good) {
      add_for(scope, line, good.error().message);
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
      if (parts.of(i).has_tekst()) add(at.line(), "words in a calculation, expected a number");
      if (arity.adds && is_ratio(parts.of(i), scope)) {
        add(at.line(), "a sum of ratios; ask one figure with all conditions instead");
      }
    }
  }

  // The cell that a reference of `scope` means; absent when there is none.
  std::optional<Node> target_of(const pb::Expression& expression, const Node& from) const {
    Node to = from;
    if (expression.has_column()) {
      to.column = find_column(*from.table, expression.column());
    } else if (expression.has_row()) {
      to.row = find_by_id(from.table->row(), expression.row());
    } else if (expression.has_at()) {
      const pb::At& at = expression.at();
      if (!at.row().empty()) to.row = find_by_id(from.table->row(), at.row());
      if (!at.column().empty()) to.column = find_column(*from.table, at.column());
    } else {
      const auto path = parse_cell_path(expression.cell());
      const auto table = path ? tables_.find(path->table) : tables_.end();
      if (table == tables_.end()) return std::nullopt;
      to = {table->second, find_by_id(table->second->row(), path->row),
            find_column(*table->second, path->column)};
    }
    if (to.row == nullptr || to.column == nullptr) return std::nullopt;
    // One of many can be meant only from a line that stands for the same codes.
    if (!is_as_many(to.row, from.row) || !is_as_many(to.column, from.column)) return std::nullopt;
    return to;
  }

  void check_reference(const pb::Expression& expression, int line, const Scope& scope) {
    if (target_of(expression, {scope.table, scope.row, scope.column})) return;
    const std::string what = expression.has_column() ? "column '" + expression.column()
                             : expression.has_row()  ? "row '" + expression.row()
                             : expression.has_at()
                                 ? "cell '" + expression.at().row() + "/" + expression.at().column()
                                 : "cell '" + expression.cell();
    add(line, "there is no " + what + "' that can be meant here");
  }

  // Sums must not add up ratios, also by way of other cells. Requires: no circle.
  void check_sums(const Node& node) {
    const pb::Expression* expression =
        node.row->has_identiteit() ? nullptr : expression_of(*node.row, *node.column);
    std::vector<Node> parts;
    if (expression == nullptr) {
      parts = totalled(node);
    } else if (expression->has_sum()) {
      for (const pb::Expression& part : expression->sum().of()) {
        if (!is_reference(part)) continue;
        if (const auto to = target_of(part, node)) parts.push_back(*to);
      }
    }
    if (parts.size() + (expression == nullptr ? 1 : 0) < 2) return;
    if (std::ranges::any_of(parts, [&](const Node& part) { return holds_ratio(part); })) {
      add(line_of_[node], "row '" + node.row->id() + "', column '" + node.column->id() +
                              "': a sum of ratios; ask one figure with all conditions instead");
    }
  }

  bool holds_ratio(const Node& node) {
    const pb::Expression* expression =
        node.row->has_identiteit() ? nullptr : expression_of(*node.row, *node.column);
    if (expression == nullptr) return false;
    if (expression->has_percentage()) return true;
    if (is_reference(*expression)) {
      const auto to = target_of(*expression, node);
      return to && holds_ratio(*to);
    }
    return is_ratio(*expression, scope_of(*node.table, *node.row, *node.column));
  }

  // The cells that a total adds up.
  std::vector<Node> totalled(const Node& node) const {
    std::vector<Node> out;
    for (const pb::Row& row : node.table->row()) {
      if (names(node.row->totaal_van(), row.id())) out.push_back({node.table, &row, node.column});
    }
    if (!out.empty()) return out;
    for (const pb::Column* column : columns_of(definition_, *node.table)) {
      if (names(node.column->totaal_van(), column->id())) {
        out.push_back({node.table, node.row, column});
      }
    }
    return out;
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
    if (++depth_ > kLongestChain) {
      add(line_of_[node],
          "more than " + std::to_string(kLongestChain) + " cells that follow from one another");
    } else {
      follow(node);
    }
    --depth_;
    state_[node] = false;
  }

  void follow(const Node& node) {
    if (node.row->has_identiteit()) {
      const pb::Identiteit& identiteit = node.row->identiteit();
      if (node.column->id() == "links") follow(identiteit.links(), node);
      if (node.column->id() == "rechts") follow(identiteit.rechts(), node);
      if (node.column->id() == "verschil" || node.column->id() == "oordeel") {
        for (const char* side : {"links", "rechts"}) {
          visit({node.table, node.row, find_column(*node.table, side)});
        }
      }
      return;
    }
    if (const pb::Expression* expression = expression_of(*node.row, *node.column)) {
      return follow(*expression, node);
    }
    for (const Node& part : totalled(node)) visit(part);
  }

  void follow(const pb::Expression& expression, const Node& from) {
    if (is_reference(expression)) {
      if (const auto to = target_of(expression, from)) visit(*to);
    }
    for (const pb::Expression* part : parts_of(expression)) follow(*part, from);
  }

  const pb::Column* find_column(const pb::Table& table, const std::string& id) const {
    for (const pb::Column* column : columns_of(definition_, table)) {
      if (column->id() == id) return column;
    }
    return nullptr;
  }

  const pb::ReportDefinition& definition_;
  std::vector<DefinitionFlaw>& flaws_;
  std::map<std::string, const pb::Table*> tables_;
  std::vector<Node> nodes_;  // cells with an expression, in the order of the text
  std::map<Node, int> line_of_;
  std::map<Node, bool> state_;  // true while being visited
  int depth_ = 0;               // of the visit
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

std::vector<std::string> cells_in_text(const std::string& text) {
  std::vector<std::string> out;
  for (auto at = text.find("{="); at != std::string::npos; at = text.find("{=", at + 2)) {
    const auto end = std::min(text.find('}', at), text.size());
    out.push_back(text.substr(at + 2, end - at - 2));
  }
  return out;
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
