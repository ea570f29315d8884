#include <algorithm>
#include <set>

#include "projections/measures/catalogue.h"

namespace trede {

namespace {

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out;
}

std::string measure_names() {
  std::vector<std::string> names;
  for (const Measure& measure : measures()) names.push_back(measure.name);
  return joined(names);
}

std::string dimension_names(const Measure& measure) {
  std::vector<std::string> names;
  for (const Dimension& dimension : measure.dimensions) names.push_back(dimension.name);
  return names.empty() ? "none" : joined(names);
}

Error unknown_dimension(const Measure& measure, const std::string& name) {
  return invalid("measure '" + measure.name + "' has no dimension '" + name +
                 "'; allowed: " + dimension_names(measure));
}

Status check_time(const Measure& measure, const Query& query) {
  const bool has_day = std::holds_alternative<Day>(query.time);
  if (measure.asks_day && !has_day) {
    return invalid("measure '" + measure.name +
                   "' is asked on a day (op), not over a period (van, tm)");
  }
  if (!measure.asks_day && has_day) {
    return invalid("measure '" + measure.name +
                   "' is asked over a period (van, tm), not on a day (op)");
  }
  if (!has_day) {
    const auto& period = std::get<Period>(query.time);
    if (period.tm < period.van) {
      return invalid("the period ends on " + format_day(period.tm) + ", before it begins on " +
                     format_day(period.van));
    }
  }
  return {};
}

bool is_allowed(Dim dim, const std::string& code) {
  if (code == kOnbekendText) return true;
  const DimInfo& info = info_of(dim);
  switch (info.form) {
    case DimForm::kString: return !code.empty();
    case DimForm::kSet:
      return code == kGeenText || std::ranges::find(info.codes, code) != info.codes.end();
    case DimForm::kCodes: return find_code(dim, code).has_value();
  }
  return false;
}

Status check_filter(const MeasureEntry& entry, const Filter& filter) {
  const int index = find_dimension(entry, filter.dimension);
  if (index < 0) return unknown_dimension(entry.measure, filter.dimension);
  const auto at = static_cast<std::size_t>(index);
  if (filter.codes.empty()) {
    return invalid("no code for dimension '" + filter.dimension + "', expected at least one");
  }
  for (const std::string& code : filter.codes) {
    if (is_allowed(entry.dims[at], code)) continue;
    if (code.empty()) return invalid("an empty code for dimension '" + filter.dimension + "'");
    // A reden is one of all flows together, also where it counts 0.
    std::vector<std::string> allowed = info_of(entry.dims[at]).codes;
    if (entry.dims[at] == Dim::kDoelgroep) allowed.emplace_back(kGeenText);
    allowed.emplace_back(kOnbekendText);
    return invalid("dimension '" + filter.dimension + "' has no code '" + code +
                   "'; allowed: " + joined(allowed));
  }
  return {};
}

}  // namespace

Status check_query(const Query& query) {
  const MeasureEntry* entry = find_measure_entry(query.measure);
  if (entry == nullptr) {
    return invalid("there is no measure '" + query.measure + "'; allowed: " + measure_names());
  }
  TREDE_RETURN_IF_ERROR(check_time(entry->measure, query));
  std::set<std::string> seen;
  for (const std::string& name : query.per) {
    if (find_dimension(*entry, name) < 0) return unknown_dimension(entry->measure, name);
    if (!seen.insert(name).second) {
      return invalid("dimension '" + name + "' stands twice in the breakdown (per)");
    }
  }
  seen.clear();
  for (const Filter& filter : query.waar) {
    TREDE_RETURN_IF_ERROR(check_filter(*entry, filter));
    if (!seen.insert(filter.dimension).second) {
      return invalid("dimension '" + filter.dimension +
                     "' has two filters (waar); give its codes in one");
    }
  }
  return {};
}

}  // namespace trede
