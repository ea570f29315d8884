#include "projections/reports/evaluator.h"

#include <algorithm>
#include <set>

#include "engine/base/check.h"
#include "engine/dossier/zinnen.h"
#include "projections/measures/measures.h"
#include "projections/reports/begroting.h"
#include "projections/reports/check.h"
#include "projections/reports/tijdvak.h"

namespace trede {

namespace {

using std::chrono::days;

void replace_all(std::string& text, const std::string& mark, const std::string& by) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size())) {
    text.replace(at, mark.size(), by);
  }
}

bool is_named(const google::protobuf::RepeatedPtrField<std::string>& ids, const std::string& id) {
  return std::ranges::find(ids, id) != ids.end();
}

// The line of this id; of one that stands for many that of the same codes as `from` (null: none).
template <typename Lines>
std::size_t index_of(const Lines& lines, const std::string& id,
                     const typename Lines::value_type* from) {
  const auto is_meant = [&](const auto& line) {
    if (line.source->id() != id) return false;
    return !line.is_one_of_many || (from != nullptr && line.words == from->words);
  };
  const auto found = std::ranges::find_if(lines, is_meant);
  TREDE_CHECK(found != lines.end(), "a checked definition with a bad reference");
  return static_cast<std::size_t>(found - lines.begin());
}

std::vector<const pb::Row*> rows_of(const pb::Table& table) {
  std::vector<const pb::Row*> out;
  for (const pb::Row& row : table.row()) out.push_back(&row);
  return out;
}

// Absent for an empty code. Requires: one that exists otherwise.
std::optional<pb::Dienst> dienst_of(const std::string& code) {
  if (code.empty()) return std::nullopt;
  return static_cast<pb::Dienst>(
      number_of_code(*google::protobuf::GetEnumDescriptor<pb::Dienst>(), code));
}

Error too_large(const LaidTable& laid) {
  return {ErrorCode::kInvalid, "a report of more than " + std::to_string(kCellsMax) +
                                   " cells: its table '" + laid.table->id() + "' has " +
                                   std::to_string(laid.rows.size()) + " rows of " +
                                   std::to_string(laid.columns.size()) +
                                   " columns; ask for a shorter period, or repeat over less"};
}

std::string year_of(Day day) { return format_day(day).substr(0, 4); }

}  // namespace

bool is_reference(const pb::Expression& expression) {
  return expression.has_column() || expression.has_row() || expression.has_cell() ||
         expression.has_at();
}

Evaluator::Evaluator(const pb::ReportDefinition& definition, const ReportRequest& request,
                     const ReportSources& sources, Asker& asker)
    : definition_(definition), request_(request), sources_(sources), asker_(asker) {}

Status Evaluator::lay_out() {
  for (const pb::Section& section : definition_.section()) {
    for (const pb::Table& table : section.table()) {
      TREDE_RETURN_IF_ERROR(lay_out(section, table));
    }
  }
  return {};
}

Status Evaluator::lay_out(const pb::Section& section, const pb::Table& table) {
  LaidTable out{&section, &table, {}, {}};
  const auto codes_for = [&](const Repeated& over) -> CodesOf {
    return [this, over](const std::string& dimension) { return codes(over, dimension); };
  };
  const auto is_repeated = [](const auto* line) { return !line->per().empty(); };
  const auto rows = rows_of(table);
  const bool only_row = std::ranges::count_if(rows, is_repeated) == 1;
  for (const pb::Row* row : rows) {
    auto lines =
        repeat(*row, only_row, request_.period, codes_for({table, row->measure(), row->dienst()}));
    if (!lines) return std::unexpected(lines.error());
    out.rows.insert(out.rows.end(), lines->begin(), lines->end());
  }
  const auto columns = columns_of(definition_, table);
  const bool only_column = std::ranges::count_if(columns, is_repeated) == 1;
  for (const pb::Column* column : columns) {
    // A month is one of the period that the column is over.
    const auto period = period_at(column->periode(), request_.period);
    if (!period) return std::unexpected(period.error());
    auto lines = repeat(*column, only_column, *period, codes_for({table, {}, column->dienst()}));
    if (!lines) return std::unexpected(lines.error());
    out.columns.insert(out.columns.end(), lines->begin(), lines->end());
  }
  tell_apart(out.rows);
  tell_apart(out.columns);
  cells_laid_ += std::max<std::size_t>(out.rows.size(), 1) * out.columns.size();
  if (cells_laid_ > kCellsMax) return too_large(out);
  by_id_[table.id()] = tables_.size();
  tables_.push_back(std::move(out));
  return {};
}

Result<std::vector<std::string>> Evaluator::codes(const Repeated& over,
                                                  const std::string& dimension) {
  for (const Filter& chosen : request_.chosen) {
    if (chosen.dimension == dimension) return chosen.codes;
  }
  if (dimension == "gemeente") return gemeenten(over);
  const std::string& name = over.measure.empty() ? over.table.measure() : over.measure;
  const Measure* found = find_measure(name);
  TREDE_CHECK(found != nullptr, "a checked definition that repeats over no measure");
  for (const Dimension& one : found->dimensions) {
    if (one.name == dimension && !one.codes.empty()) return one.codes;
  }
  auto out = asker_.codes(name, dimension, request_.period);
  if (!out) return out;
  std::set<std::string> all(out->begin(), out->end());
  if (soort_bedrag_of(name)) {
    const auto more = budgeted(sources_.organisatie, dimension, request_.period);
    all.insert(more.begin(), more.end());
  }
  return std::vector<std::string>(all.begin(), all.end());
}

// Those that take part; of no dienst in particular also those that left and have figures still, so
// that what a total holds has a line.
Result<std::vector<std::string>> Evaluator::gemeenten(const Repeated& over) {
  auto out = gemeenten_in(sources_.organisatie, request_.period, dienst_of(over.dienst));
  if (!over.dienst.empty()) return out;
  std::set<std::string> measures = {over.measure, over.table.measure()};
  for (const pb::Row& row : over.table.row()) measures.insert(row.measure());
  std::set<std::string> all(out.begin(), out.end());
  for (const std::string& name : measures) {
    const Measure* measure = find_measure(name);
    const bool has_it = measure != nullptr &&
                        std::ranges::find(measure->dimensions, "gemeente", &Dimension::name) !=
                            measure->dimensions.end();
    if (!has_it) continue;
    const Day before = request_.period.van - days{1};
    for (const Period& period : {request_.period, Period{before, before}}) {
      if (period.tm == before && !measure->asks_day) continue;
      const auto found = asker_.codes(name, "gemeente", period);
      if (!found) return std::unexpected(found.error());
      all.insert(found->begin(), found->end());
    }
  }
  return std::vector<std::string>(all.begin(), all.end());
}

std::string Evaluator::titled(std::string text, const Period& period,
                              const std::string& words) const {
  if (text.find('{') == std::string::npos) return text;
  replace_all(text, "{begin}", dutch_day(period.van - days{1}));
  replace_all(text, "{van}", dutch_day(period.van));
  replace_all(text, "{eind}", dutch_day(period.tm));
  replace_all(text, "{periode}", dutch_period(period));
  replace_all(text, "{jaar}", year_of(period.tm));
  replace_all(text, "{vorig-jaar}", std::to_string(std::stoi(year_of(period.tm)) - 1));
  replace_all(text, "{code}", words);
  for (const Filter& chosen : request_.chosen) {
    replace_all(text, "{" + chosen.dimension + "}", chosen.codes.front());
  }
  return text;
}

Result<Scope> Evaluator::scope_of(const CellKey& key) const {
  const auto& [t, r, c] = key;
  const LaidTable& laid = tables_[t];
  const RowLine& row = laid.rows[r];
  const ColumnLine& column = laid.columns[c];
  Scope out;
  out.table = laid.table;
  out.row = row.source;
  out.column = column.source;
  out.row_codes = row.codes;
  out.column_codes = column.codes;
  out.chosen = request_.chosen;
  if (!definition_.volgt().empty()) {
    const std::string waar = waar_text(request_.chosen);
    const auto followed = sources_.published.over({definition_.volgt(), request_.period, waar});
    if (!followed) return std::unexpected(followed.error());
    out.published = *followed;
  }
  out.period = row.period.value_or(column.period.value_or(request_.period));
  // Which period a column of months is over was used when it was repeated.
  const bool of_column = row.source->periode() == pb::ZELFDE && !column.period;
  const auto period =
      period_at(of_column ? column.source->periode() : row.source->periode(), out.period);
  if (!period) return std::unexpected(period.error());
  out.period = *period;
  return out;
}

Result<Worked> Evaluator::cell(const CellKey& key) {
  if (const auto found = cells_.find(key); found != cells_.end()) return found->second;
  auto worked = work_out(key);
  if (worked) cells_.emplace(key, *worked);
  return worked;
}

Result<Worked> Evaluator::work_out(const CellKey& key) {
  auto scope = scope_of(key);
  if (!scope) return std::unexpected(scope.error());
  CellSources sources;
  const Here here{key, std::move(*scope), &sources};
  const pb::Row& row = *here.scope.row;
  if (row.has_identiteit()) return control(row.identiteit(), here.scope.column->id(), here);
  if (row.stijl() == pb::KOP) return Worked{nothing(CellState::kLeeg)};
  const pb::Expression* expression = expression_of(row, *here.scope.column);
  if (expression == nullptr) return totals(key, here);

  auto found = value(*expression, here);
  if (!found) return std::unexpected(found.error());
  Worked out{std::move(*found)};
  out.derivation = derivation_of(*expression, key);
  auto parts = parts_of(*expression, here);
  if (!parts) return std::unexpected(parts.error());
  out.parts = std::move(*parts);
  if (!out.derivation) {
    auto adds = rows_of_total(key);
    if (adds.empty()) adds = columns_of_total(key);
    if (!adds.empty()) out.derivation = Derivation{CellFormula::Kind::kSum, std::move(adds)};
  }
  out.sources = std::move(sources);
  return out;
}

Result<Worked> Evaluator::totals(const CellKey& key, const Here& here) {
  auto adds = rows_of_total(key);
  if (adds.empty()) adds = columns_of_total(key);
  if (adds.empty()) return Worked{nothing(CellState::kLeeg)};
  std::vector<Value> values;
  for (const CellKey& one : adds) {
    auto worked = cell(one);
    if (!worked) return worked;
    values.push_back(worked->value);
    here.sources->add(worked->sources);
  }
  return Worked{sum_of(values), Derivation{CellFormula::Kind::kSum, std::move(adds)},
                *here.sources};
}

std::vector<CellKey> Evaluator::rows_of_total(const CellKey& key) const {
  const auto& [t, r, c] = key;
  const auto& rows = tables_[t].rows;
  const auto& of = rows[r].source->totaal_van();
  if (of.empty()) return {};
  std::vector<CellKey> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (is_named(of, rows[i].source->id())) out.emplace_back(t, i, c);
  }
  return out;
}

std::vector<CellKey> Evaluator::columns_of_total(const CellKey& key) const {
  const auto& [t, r, c] = key;
  const auto& columns = tables_[t].columns;
  const auto& of = columns[c].source->totaal_van();
  if (of.empty()) return {};
  std::vector<CellKey> out;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (is_named(of, columns[i].source->id())) out.emplace_back(t, r, i);
  }
  return out;
}

CellKey Evaluator::find(const std::string& path, const RowLine* from_row,
                        const ColumnLine* from_column) const {
  const auto parts = parse_cell_path(path);
  TREDE_CHECK(parts.has_value(), "a checked definition with a bad reference");
  const std::size_t t = by_id_.at(parts->table);
  return {t, index_of(tables_[t].rows, parts->row, from_row),
          index_of(tables_[t].columns, parts->column, from_column)};
}

CellKey Evaluator::meant(const pb::Expression& expression, const CellKey& from) const {
  auto [t, r, c] = from;
  const LaidTable& laid = tables_[t];
  const RowLine& here_row = laid.rows[r];
  const ColumnLine& here_column = laid.columns[c];
  const auto row = [&](const std::string& id) { r = index_of(laid.rows, id, &here_row); };
  const auto column = [&](const std::string& id) { c = index_of(laid.columns, id, &here_column); };
  if (expression.has_column()) {
    column(expression.column());
  } else if (expression.has_row()) {
    row(expression.row());
  } else if (expression.has_at()) {
    if (!expression.at().row().empty()) row(expression.at().row());
    if (!expression.at().column().empty()) column(expression.at().column());
  } else {
    return find(expression.cell(), &here_row, &here_column);
  }
  return {t, r, c};
}

std::optional<Derivation> Evaluator::derivation_of(const pb::Expression& expression,
                                                   const CellKey& key) const {
  using Follows = CellFormula::Kind;
  if (is_reference(expression)) return Derivation{Follows::kSum, {meant(expression, key)}};
  const pb::Expressions* parts = nullptr;
  Derivation out;
  if (expression.has_sum()) {
    parts = &expression.sum();
  } else if (expression.has_difference()) {
    parts = &expression.difference();
    out.kind = Follows::kDifference;
  } else if (expression.has_percentage()) {
    parts = &expression.percentage();
    out.kind = Follows::kPercentage;
  } else if (expression.has_quotient()) {
    parts = &expression.quotient();
    out.kind = Follows::kQuotient;
  } else if (expression.has_afwijking()) {
    const pb::Afwijking& a = expression.afwijking();
    if (!is_reference(a.van()) || !is_reference(a.tegen())) return std::nullopt;
    out.kind = Follows::kDifference;
    out.of = {meant(a.van(), key), meant(a.tegen(), key)};
    if (a.omgekeerd()) std::swap(out.of[0], out.of[1]);
    return out;
  }
  if (parts == nullptr || !std::ranges::all_of(parts->of(), is_reference)) return std::nullopt;
  for (const pb::Expression& part : parts->of()) out.of.push_back(meant(part, key));
  return out;
}

}  // namespace trede
