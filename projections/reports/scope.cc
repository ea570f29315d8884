#include "projections/reports/scope.h"

#include <algorithm>

#include "projections/measures/measures.h"

namespace trede {

namespace {

using std::chrono::days;

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

using Conditions = google::protobuf::RepeatedPtrField<std::string>;

// Adds conditions that lie further in: they take the place of those on the same dimension.
Status add_inner(std::vector<Filter>& waar, const Conditions& inner) {
  for (const std::string& text : inner) {
    auto filter = parse_waar(text);
    if (!filter) return std::unexpected(filter.error());
    std::erase_if(waar, [&](const Filter& f) { return f.dimension == filter->dimension; });
    waar.push_back(std::move(*filter));
  }
  return {};
}

void add_gemeente(std::vector<Filter>& waar, const std::optional<std::string>& gemeente) {
  if (!gemeente) return;
  std::erase_if(waar, [](const Filter& f) { return f.dimension == "gemeente"; });
  waar.push_back({"gemeente", {*gemeente}});
}

// `own`, or where that is empty the measure of the row, with the conditions of the row.
Result<Question> question_of_row(const Scope& scope, const std::string& own) {
  Question out{own.empty() ? scope.row->measure() : own, {}};
  if (out.measure.empty()) {
    out.measure = scope.table->measure();
    TREDE_RETURN_IF_ERROR(add_inner(out.waar, scope.table->waar()));
  }
  TREDE_RETURN_IF_ERROR(add_inner(out.waar, scope.row->waar()));
  add_gemeente(out.waar, scope.row_gemeente);
  return out;
}

Error wrong_side(const std::string& measure, const char* what, const char* expected) {
  return invalid("measure '" + measure + "' has no " + what + ", expected aspect " + expected);
}

}  // namespace

Result<Filter> parse_waar(std::string_view text) {
  const Error bad = invalid("not a condition: '" + std::string(text) +
                            "', expected dimension=code or dimension=code,code");
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return bad;
  Filter out{std::string(text.substr(0, equals)), {}};
  std::string_view rest = text.substr(equals + 1);
  while (true) {
    const std::string_view code = rest.substr(0, rest.find(','));
    if (code.empty()) return bad;
    out.codes.emplace_back(code);
    if (code.size() == rest.size()) return out;
    rest.remove_prefix(code.size() + 1);
  }
}

Result<Question> question_of(const pb::Figure& figure, const Scope& scope) {
  auto out = question_of_row(scope, figure.measure());
  if (!out) return out;
  if (out->measure.empty()) return invalid("no measure: none in the figure, its row or its table");
  TREDE_RETURN_IF_ERROR(add_inner(out->waar, scope.column->waar()));
  add_gemeente(out->waar, scope.column_gemeente);
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
    add_gemeente(of.waar, scope.row_gemeente);
  }
  add_gemeente(of.waar, scope.column_gemeente);
  if (of.measure.empty()) return invalid("no maat: none in the target, its row or its table");
  TREDE_RETURN_IF_ERROR(add_inner(of.waar, target.waar()));
  return TargetKey{soort, of.measure, target.periode().empty() ? periode : target.periode(),
                   waar_text(std::move(of.waar))};
}

Result<Query> query_of(const Question& question, pb::Aspect aspect, Period period) {
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

}  // namespace trede
