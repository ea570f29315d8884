#include "projections/reports/scope.h"

#include <algorithm>
#include <array>
#include <utility>

#include "projections/measures/measures.h"
#include "projections/reports/begroting.h"

namespace trede {

namespace {

using std::chrono::days;

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

using Conditions = google::protobuf::RepeatedPtrField<std::string>;

// Adds a condition that lies further in: it takes the place of one on the same dimension.
void add_inner(std::vector<Filter>& waar, const Filter& inner) {
  std::erase_if(waar, [&](const Filter& f) { return f.dimension == inner.dimension; });
  const bool any = inner.codes.size() == 1 && inner.codes.front() == "*";
  if (!any) waar.push_back(inner);
}

Status add_inner(std::vector<Filter>& waar, const Conditions& inner) {
  for (const std::string& text : inner) {
    auto filter = parse_waar(text);
    if (!filter) return std::unexpected(filter.error());
    add_inner(waar, *filter);
  }
  return {};
}

void add_codes(std::vector<Filter>& waar, const std::vector<Filter>& codes) {
  for (const Filter& filter : codes) add_inner(waar, filter);
}

// `own`, or where that is empty the measure of the row, with the conditions of the row.
Result<Question> question_of_row(const Scope& scope, const std::string& own) {
  Question out{own.empty() ? scope.row->measure() : own, scope.chosen};
  if (out.measure.empty()) {
    out.measure = scope.table->measure();
    TREDE_RETURN_IF_ERROR(add_inner(out.waar, scope.table->waar()));
  }
  TREDE_RETURN_IF_ERROR(add_inner(out.waar, scope.row->waar()));
  add_codes(out.waar, scope.row_codes);
  return out;
}

// How every control is shown.
const std::array<pb::Column, 4>& control_columns() {
  static const std::array<pb::Column, 4> kColumns = [] {
    std::array<pb::Column, 4> out;
    const std::array<std::pair<const char*, const char*>, 4> names = {{{"links", "Links"},
                                                                       {"rechts", "Rechts"},
                                                                       {"verschil", "Verschil"},
                                                                       {"oordeel", "Oordeel"}}};
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i].set_id(names[i].first);
      out[i].set_title(names[i].second);
    }
    return out;
  }();
  return kColumns;
}

Error wrong_side(const std::string& measure, const char* what, const char* expected) {
  return invalid("measure '" + measure + "' has no " + what + ", expected aspect " + expected);
}

}  // namespace

Result<Question> question_of(const pb::Figure& figure, const Scope& scope) {
  auto out = question_of_row(scope, figure.measure());
  if (!out) return out;
  if (out->measure.empty()) return invalid("no measure: none in the figure, its row or its table");
  TREDE_RETURN_IF_ERROR(add_inner(out->waar, scope.column->waar()));
  add_codes(out->waar, scope.column_codes);
  TREDE_RETURN_IF_ERROR(add_inner(out->waar, figure.waar()));
  return out;
}

Result<TargetKey> target_key_of(const pb::Target& target, Soort soort, const Scope& scope,
                                const std::string& periode) {
  Question of;
  if (target.maat().empty()) {
    auto inherited = question_of_row(scope, {});
    if (!inherited) return std::unexpected(inherited.error());
    of = std::move(*inherited);
  } else {
    of.measure = target.maat();
    of.waar = scope.chosen;
    add_codes(of.waar, scope.row_codes);
  }
  add_codes(of.waar, scope.column_codes);
  if (of.measure.empty()) return invalid("no maat: none in the target, its row or its table");
  TREDE_RETURN_IF_ERROR(add_inner(of.waar, target.waar()));
  return TargetKey{soort, of.measure, target.periode().empty() ? periode : target.periode(),
                   waar_text(std::move(of.waar))};
}

Result<Question> budget_question_of(const Conditions& waar, const Scope& scope) {
  auto out = question_of_row(scope, {});
  if (!out) return out;
  if (!soort_bedrag_of(out->measure)) {
    return invalid("no budget of '" + out->measure +
                   "', expected baten, lasten, onttrekking or toevoeging");
  }
  TREDE_RETURN_IF_ERROR(add_inner(out->waar, scope.column->waar()));
  add_codes(out->waar, scope.column_codes);
  TREDE_RETURN_IF_ERROR(add_inner(out->waar, waar));
  return out;
}

Result<Query> query_of(const Question& question, pb::Aspect aspect, Period period) {
  if (aspect == pb::NAGEKOMEN || aspect == pb::VORIG || aspect == pb::SINDS) {
    const Measure* measure = find_measure(question.measure);
    if (measure == nullptr) return invalid("there is no measure '" + question.measure + "'");
    if (measure->kind == MeasureKind::kVerhouding) {
      return invalid("measure '" + question.measure +
                     "' is a ratio, which cannot be taken apart in time, expected another aspect");
    }
    if (measure->asks_day && aspect != pb::NAGEKOMEN) {
      return wrong_side(question.measure, "period", "BEGIN, NAGEKOMEN or EIND");
    }
    return query_of(question, measure->asks_day ? pb::BEGIN : pb::PERIODE, period);
  }
  const bool flow = aspect == pb::BIJ || aspect == pb::AF;
  const std::string name = question.measure + (aspect == pb::BIJ  ? "_bij"
                                               : aspect == pb::AF ? "_af"
                                                                  : "");
  const Measure* plain = find_measure(question.measure);
  if (plain == nullptr) return invalid("there is no measure '" + question.measure + "'");
  const Measure* measure = find_measure(name);
  if (measure == nullptr) {
    return wrong_side(question.measure, "bij and af", plain->asks_day ? "EIND" : "PERIODE");
  }
  const bool on_a_day = aspect == pb::BEGIN || aspect == pb::EIND;
  if (measure->asks_day && !on_a_day) {
    return wrong_side(name, "period", plain->asks_day ? "BEGIN or EIND" : "PERIODE");
  }
  if (!measure->asks_day && !flow && aspect != pb::PERIODE) {
    return wrong_side(name, "stand", "PERIODE");
  }
  Query out;
  out.measure = name;
  out.waar = question.waar;
  if (on_a_day) {
    out.time = aspect == pb::BEGIN ? period.van - days{1} : period.tm;
  } else {
    out.time = period;
  }
  return out;
}

bool has_controls(const pb::Table& table) {
  return !table.row().empty() &&
         std::ranges::any_of(table.row(), [](const pb::Row& row) { return row.has_identiteit(); });
}

std::vector<const pb::Column*> columns_of(const pb::ReportDefinition& definition,
                                          const pb::Table& table) {
  std::vector<const pb::Column*> out;
  if (has_controls(table)) {
    for (const pb::Column& column : control_columns()) out.push_back(&column);
    return out;
  }
  for (const pb::ColumnSet& set : definition.columns()) {
    if (set.id() != table.columns()) continue;
    for (const pb::Column& column : set.column()) out.push_back(&column);
  }
  for (const pb::Column& column : table.column()) out.push_back(&column);
  return out;
}

}  // namespace trede
