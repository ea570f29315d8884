#include "projections/reports/evaluate.h"

#include <map>
#include <optional>
#include <tuple>

#include "engine/base/check.h"
#include "projections/reports/check.h"
#include "projections/reports/scope.h"

namespace trede {

namespace {

using std::chrono::days;

// What a cell holds before it is put in its unit.
struct Value {
  CellState state = CellState::kNumber;
  Rational number;
};

Value nothing(CellState state) { return {state, {}}; }

// `31-12-2020`
std::string dutch_day(Day day) {
  const std::string text = format_day(day);
  return text.substr(8, 2) + "-" + text.substr(5, 2) + "-" + text.substr(0, 4);
}

void replace_all(std::string& text, const std::string& mark, const std::string& by) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size())) {
    text.replace(at, mark.size(), by);
  }
}

std::string line_id(const std::string& gemeente) {
  std::string out;
  for (const char c : gemeente) {
    out.push_back(c == ' ' ? '-' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  }
  return out;
}

CellUnit unit_of(pb::Unit unit) {
  switch (unit) {
    case pb::PROCENT: return CellUnit::kProcent;
    case pb::PROCENTPUNT: return CellUnit::kProcentpunt;
    case pb::FTE: return CellUnit::kFte;
    case pb::EURO_X1000: return CellUnit::kEuroX1000;
    case pb::DAGEN: return CellUnit::kDagen;
    case pb::AANTAL:
    case pb::UNIT_UNSPECIFIED:
    default: return CellUnit::kAantal;  // the sentinels of an open enum
  }
}

CellState state_of(pb::Empty empty) {
  switch (empty) {
    case pb::NVT: return CellState::kNvt;
    case pb::GEEN_GEGEVENS: return CellState::kGeenGegevens;
    case pb::LEEG:
    case pb::EMPTY_UNSPECIFIED:
    default: return CellState::kLeeg;  // the sentinels of an open enum
  }
}

// A row or column after those that stand for one per gemeente were repeated.
template <typename Line>
struct Expanded {
  const Line* line;
  std::optional<std::string> gemeente;

  std::string id() const { return gemeente ? line_id(*gemeente) : line->id(); }
};

template <typename Lines>
auto expand(const Lines& lines, const std::vector<std::string>& gemeenten) {
  std::vector<Expanded<typename Lines::value_type>> out;
  for (const auto& line : lines) {
    if (line.per().empty()) {
      out.push_back({&line, std::nullopt});
      continue;
    }
    for (const std::string& gemeente : gemeenten) out.push_back({&line, gemeente});
  }
  return out;
}

class Evaluator {
 public:
  Evaluator(const pb::ReportDefinition& definition, const ReportRequest& request,
            const Organisatie& organisatie, const Answerer& answerer)
      : definition_(definition),
        request_(request),
        organisatie_(organisatie),
        answerer_(answerer),
        gemeenten_(gemeenten_in(organisatie, request.period)),
        year_(format_day(request.period.van).substr(0, 4)) {
    for (const pb::Section& section : definition.section()) {
      for (const pb::Table& table : section.table()) tables_[table.id()] = &table;
    }
  }

  Result<Report> run() {
    Report out;
    out.name = definition_.name();
    out.title = titled(definition_.title());
    out.version = definition_.version();
    out.period = request_.period;
    out.known = request_.known;
    for (const pb::Section& section : definition_.section()) {
      ReportSection& made =
          out.sections.emplace_back(ReportSection{section.id(), titled(section.title()), {}});
      for (const pb::Table& table : section.table()) {
        auto filled = fill(table);
        if (!filled) return std::unexpected(filled.error());
        made.tables.push_back(std::move(*filled));
      }
    }
    out.generation = generation_;
    return out;
  }

 private:
  std::string titled(std::string text) const {
    const auto [van, tm] = request_.period;
    replace_all(text, "{begin}", dutch_day(van - days{1}));
    replace_all(text, "{eind}", dutch_day(tm));
    replace_all(text, "{periode}", dutch_day(van) + " t/m " + dutch_day(tm));
    replace_all(text, "{jaar}", year_);
    return text;
  }

  Result<ReportTable> fill(const pb::Table& table) {
    ReportTable out{table.id(), titled(table.title()), table.heading(), {},
                    {},         titled(table.note())};
    const auto columns = expand(table.column(), gemeenten_);
    for (const auto& column : columns) {
      out.columns.push_back({column.id(), column.gemeente.value_or(titled(column.line->title()))});
    }
    for (const auto& row : expand(table.row(), gemeenten_)) {
      ReportRow line{row.id(), row.gemeente.value_or(titled(row.line->title())), {}};
      for (const auto& column : columns) {
        const Scope scope{&table, row.line, column.line, row.gemeente, column.gemeente};
        auto value = cell(scope);
        if (!value) return std::unexpected(value.error());
        line.cells.push_back(formatted(*value, scope));
      }
      out.rows.push_back(std::move(line));
    }
    return out;
  }

  ReportCell formatted(const Value& value, const Scope& scope) const {
    const pb::Format* format = scope.column->has_format() ? &scope.column->format() : nullptr;
    if (scope.row->has_format()) format = &scope.row->format();
    const pb::Cell* own = cell_of(*scope.row, *scope.column);
    if (own != nullptr && own->has_format()) format = &own->format();
    ReportCell out;
    out.state = value.state;
    out.number = value.number;
    if (format != nullptr) {
      out.decimals = static_cast<int>(format->decimals());
      out.unit = unit_of(format->unit());
      constexpr Int128 kCentsInThousandEuro = 100'000;
      if (out.unit == CellUnit::kEuroX1000) {
        out.number = value.number / Rational(kCentsInThousandEuro);
      }
    }
    return out;
  }

  // Each cell is worked out once.
  Result<Value> cell(const Scope& scope) {
    const pb::Expression* expression = expression_of(*scope.row, *scope.column);
    if (expression == nullptr) return nothing(CellState::kLeeg);
    const Key key{scope.row, scope.column, scope.row_gemeente.value_or(""),
                  scope.column_gemeente.value_or("")};
    if (const auto found = cells_.find(key); found != cells_.end()) return found->second;
    auto value = work_out(*expression, scope);
    if (value) cells_.emplace(key, *value);
    return value;
  }

  Result<Value> work_out(const pb::Expression& expression, const Scope& scope) {
    switch (expression.what_case()) {
      case pb::Expression::kFigure: return figure(expression.figure(), scope);
      case pb::Expression::kAfspraak:
        return target(expression.afspraak(), Soort::kAfspraakVastgesteld, scope);
      case pb::Expression::kBenchmark:
        return target(expression.benchmark(), Soort::kBenchmarkVastgesteld, scope);
      case pb::Expression::kTaakstelling:
        return target(expression.taakstelling(), Soort::kTaakstellingVastgesteld, scope);
      case pb::Expression::kColumn:
      case pb::Expression::kRow:
      case pb::Expression::kCell: return cell(meant(expression, scope));
      case pb::Expression::kSum: return combined(expression.sum(), scope, &Evaluator::sum);
      case pb::Expression::kDifference:
        return combined(expression.difference(), scope, &Evaluator::difference);
      case pb::Expression::kPercentage:
        return combined(expression.percentage(), scope, &Evaluator::percentage);
      case pb::Expression::kConstant: {
        const auto number = parse_rational(expression.constant());
        if (!number) return std::unexpected(number.error());
        return Value{CellState::kNumber, *number};
      }
      case pb::Expression::kEmpty: return nothing(state_of(expression.empty()));
      case pb::Expression::WHAT_NOT_SET: return nothing(CellState::kLeeg);
    }
    return nothing(CellState::kLeeg);
  }

  // Requires: a reference that leads somewhere (the definition is without flaws).
  Scope meant(const pb::Expression& expression, const Scope& scope) const {
    Scope out = scope;
    const auto set_column = [&](const pb::Table& table, const std::string& id) {
      for (const pb::Column& column : table.column()) {
        if (column.id() == id) out.column = &column;
      }
      if (out.column->per().empty()) out.column_gemeente.reset();
    };
    const auto set_row = [&](const pb::Table& table, const std::string& id) {
      for (const pb::Row& row : table.row()) {
        if (row.id() == id) out.row = &row;
      }
      if (out.row->per().empty()) out.row_gemeente.reset();
    };
    if (expression.has_column()) {
      set_column(*scope.table, expression.column());
    } else if (expression.has_row()) {
      set_row(*scope.table, expression.row());
    } else {
      const auto path = parse_cell_path(expression.cell());
      TREDE_CHECK(path.has_value(), "a checked definition with a bad reference");
      out.table = tables_.at(path->table);
      set_row(*out.table, path->row);
      set_column(*out.table, path->column);
    }
    return out;
  }

  Result<Value> figure(const pb::Figure& figure, const Scope& scope) {
    const auto question = question_of(figure, scope);
    if (!question) return std::unexpected(question.error());
    auto query = query_of(*question, figure.aspect(), request_.period);
    if (!query) return std::unexpected(query.error());
    query->known = request_.known;
    const std::string key =
        query->measure + "?" + std::to_string(figure.aspect()) + "?" + waar_text(query->waar);
    if (const auto found = answers_.find(key); found != answers_.end()) return found->second;
    const auto answer = answerer_(*query);
    if (!answer) return std::unexpected(answer.error());
    generation_ = answer->generation;
    const Value value = value_of(*answer);
    answers_.emplace(key, value);
    return value;
  }

  static Value value_of(const Answer& answer) {
    if (answer.rows.size() != 1) return nothing(CellState::kGeenGegevens);
    const AnswerRow& row = answer.rows.front();
    if (!answer.is_ratio) return {CellState::kNumber, Rational(row.waarde)};
    if (row.noemer.is_zero()) return nothing(CellState::kGeenGegevens);
    const Rational ratio = Rational(row.teller) / Rational(row.noemer);
    return {CellState::kNumber, answer.is_percentage ? ratio * Rational(Int128{100}) : ratio};
  }

  Result<Value> target(const pb::Target& target, Soort soort, const Scope& scope) const {
    const auto key = target_key_of(target, soort, scope, year_);
    if (!key) return std::unexpected(key.error());
    const auto found = find_target(organisatie_, *key);
    if (!found) return nothing(CellState::kGeenGegevens);
    return Value{CellState::kNumber, *found};
  }

  using Combine = Value (*)(const std::vector<Value>&);
  Result<Value> combined(const pb::Expressions& parts, const Scope& scope, Combine combine) {
    std::vector<Value> values;
    for (const pb::Expression& part : parts.of()) {
      auto value = work_out(part, scope);
      if (!value) return value;
      values.push_back(*value);
    }
    return combine(values);
  }

  // An answer that is missing makes the whole missing; n.v.t. and leeg add nothing.
  static Value sum(const std::vector<Value>& values) {
    Value out = nothing(CellState::kLeeg);
    for (const Value& value : values) {
      if (value.state == CellState::kGeenGegevens) return value;
      if (value.state == CellState::kNumber) {
        out = {CellState::kNumber, out.number + value.number};
      } else if (out.state == CellState::kLeeg) {
        out.state = value.state;
      }
    }
    return out;
  }

  // The strongest reason among `values` not to have a number.
  static std::optional<Value> missing(const std::vector<Value>& values) {
    for (const CellState state : {CellState::kGeenGegevens, CellState::kNvt, CellState::kLeeg}) {
      for (const Value& value : values) {
        if (value.state == state) return value;
      }
    }
    return std::nullopt;
  }

  static Value difference(const std::vector<Value>& values) {
    if (const auto empty = missing(values)) return *empty;
    Rational out = values.front().number;
    for (std::size_t i = 1; i < values.size(); ++i) out = out - values[i].number;
    return {CellState::kNumber, out};
  }

  static Value percentage(const std::vector<Value>& values) {
    if (const auto empty = missing(values)) return *empty;
    if (values[1].number.is_zero()) return nothing(CellState::kNvt);
    return {CellState::kNumber, Rational(Int128{100}) * values[0].number / values[1].number};
  }

  using Key = std::tuple<const pb::Row*, const pb::Column*, std::string, std::string>;

  const pb::ReportDefinition& definition_;
  const ReportRequest& request_;
  const Organisatie& organisatie_;
  const Answerer& answerer_;
  std::vector<std::string> gemeenten_;
  std::string year_;
  std::map<std::string, const pb::Table*> tables_;
  std::map<Key, Value> cells_;
  std::map<std::string, Value> answers_;
  std::uint64_t generation_ = 0;
};

}  // namespace

Result<Report> evaluate(const pb::ReportDefinition& definition, const ReportRequest& request,
                        const Organisatie& organisatie, const Answerer& answerer) {
  return Evaluator(definition, request, organisatie, answerer).run();
}

Result<std::vector<Query>> queries_of(const pb::ReportDefinition& definition,
                                      const ReportRequest& request,
                                      const Organisatie& organisatie) {
  std::vector<Query> queries;
  const auto report =
      evaluate(definition, request, organisatie, [&queries](const Query& query) -> Result<Answer> {
        queries.push_back(query);
        return Answer{};
      });
  if (!report) return std::unexpected(report.error());
  return queries;
}

}  // namespace trede
