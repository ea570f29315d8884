#include "projections/reports/asker.h"

#include <algorithm>

#include "projections/measures/measures.h"

namespace trede {

namespace {

using std::chrono::days;

constexpr Int128 kLeastPublishable = 5;

bool is_small_count(const Number& number) {
  const Int128 above = number.units < 0 ? -number.units : number.units;
  const Rational count(Number{above, number.decimals});
  return !count.is_zero() && (Rational(kLeastPublishable) - count).above() > 0;
}

// Of amounts, days and fte no small number tells of a person.
bool counts_persons(const Measure& measure) {
  if (measure.kind == MeasureKind::kVerhouding) return measure.is_percentage;
  return (measure.kind == MeasureKind::kStand || measure.kind == MeasureKind::kStroom) &&
         measure.unit != "fte";
}

Value value_of(const Answer& answer, const Measure& measure) {
  if (answer.rows.size() != 1) return nothing(CellState::kGeenGegevens);
  const AnswerRow& row = answer.rows.front();
  Value out;
  if (answer.is_ratio) {
    if (row.noemer.is_zero()) return nothing(CellState::kGeenGegevens);
    const Rational ratio = Rational(row.teller) / Rational(row.noemer);
    out = number_value(answer.is_percentage ? ratio * Rational(Int128{100}) : ratio);
    out.is_small = is_small_count(row.teller) || is_small_count(row.noemer);
  } else {
    out = number_value(Rational(row.waarde));
    out.is_small = is_small_count(row.waarde);
  }
  out.is_small = out.is_small && counts_persons(measure);
  return out;
}

Value published_value(const std::optional<Rational>& number, const Measure& measure) {
  if (!number) return nothing(CellState::kGeenGegevens);
  Value out = number_value(*number);
  out.is_small = measure.kind != MeasureKind::kVerhouding && counts_persons(measure) &&
                 is_small_count({number->above(), 0});
  return out;
}

}  // namespace

Result<Value> Asker::figure(const pb::Figure& figure, const Scope& scope, CellSources& sources) {
  const auto question = question_of(figure, scope);
  if (!question) return std::unexpected(question.error());
  auto query = query_of(*question, figure.aspect(), scope.period);
  if (!query) return std::unexpected(query.error());
  sources.questions.insert(question_text(*query));
  queries_.emplace(question_text(*query), *query);
  const PublishedReport* as = scope.published;
  const bool is_stand = std::holds_alternative<Day>(query->time);
  switch (figure.aspect()) {
    case pb::BEGIN:
    case pb::NAGEKOMEN:
    case pb::VORIG:
    case pb::SINDS: break;
    case pb::PERIODE:
    case pb::EIND:
    case pb::BIJ:
    case pb::AF:
    case pb::ASPECT_UNSPECIFIED:
    default: return ask(std::move(*query), as);  // the sentinels of an open enum
  }
  const auto found = report_before(scope, is_stand);
  if (!found) return std::unexpected(found.error());
  const PublishedReport* before = *found;
  if (figure.aspect() == pb::BEGIN) return ask(std::move(*query), before != nullptr ? before : as);
  if (before == nullptr) return nothing(CellState::kLeeg);
  if (figure.aspect() == pb::SINDS) {
    query->time = Period{before->period.tm + days{1}, scope.period.tm};
    return ask(std::move(*query), as);
  }
  if (!is_stand) query->time = before->period;
  if (figure.aspect() == pb::VORIG) return ask(std::move(*query), before);
  return nagekomen(*query, *before, as);
}

// Of a stand the one that ends where the period begins; else, and of what is asked over a period,
// the last one within the period. As it was known to the report whose figures are asked.
Result<const PublishedReport*> Asker::report_before(const Scope& scope, bool is_stand) const {
  const PublishedReport* as = scope.published;
  const RapportKey key{as == nullptr ? report_.name : as->name, scope.period, report_.waar};
  auto before = is_stand ? published_.before(key) : published_.earlier(key);
  // A report over more of the same year starts where that one did.
  if (is_stand && before && *before == nullptr) before = published_.earlier(key);
  if (!before || *before == nullptr || as == nullptr) return before;
  return (*before)->source <= as->known ? *before : nullptr;
}

Result<Value> Asker::nagekomen(const Query& now, const PublishedReport& before,
                               const PublishedReport* as) {
  const auto then = ask(now, &before);
  if (!then) return then;
  const auto known = ask(now, as);
  if (!known) return known;
  Value out = difference_of({*known, *then});
  // What came in late is a count of its own.
  out.is_small = out.state == CellState::kNumber && is_small_count({out.number.above(), 0}) &&
                 counts_persons(*find_measure(now.measure));
  return out;
}

Result<Value> Asker::ask(Query query, const PublishedReport* report) {
  const std::string text = question_text(query);
  if (report != nullptr) {
    if (const auto found = report->figures.find(text); found != report->figures.end()) {
      return published_value(found->second, *find_measure(query.measure));
    }
  }
  query.known = report == nullptr ? report_.known : report->known;
  const std::string key = std::to_string(query.known.value) + " " + text;
  if (const auto found = answers_.find(key); found != answers_.end()) return found->second;
  const auto answer = answerer_(query);
  if (!answer) return std::unexpected(answer.error());
  generation_ = answer->generation;
  const Value value = value_of(*answer, *find_measure(query.measure));
  answers_.emplace(key, value);
  if (report == nullptr) {
    figures_.emplace(
        text, value.state == CellState::kNumber ? std::optional(value.number) : std::nullopt);
  }
  return value;
}

Result<std::optional<Rational>> Asker::answer(const Query& query) {
  const auto value = ask(query, nullptr);
  if (!value) return std::unexpected(value.error());
  return value->state == CellState::kNumber ? std::optional(value->number) : std::nullopt;
}

Result<std::vector<std::string>> Asker::codes(const std::string& measure,
                                              const std::string& dimension, const Period& period) {
  const Measure* found = find_measure(measure);
  Query query;
  query.measure = measure;
  query.per = {dimension};
  if (found != nullptr && found->asks_day) {
    query.time = period.tm;
  } else {
    query.time = period;
  }
  query.known = report_.known;
  const auto [known, fresh] = codes_.try_emplace(dimension + " " + question_text(query));
  if (!fresh) return known->second;
  const auto answer = answerer_(query);
  if (!answer) return std::unexpected(answer.error());
  for (const AnswerRow& row : answer->rows) {
    if (!row.codes.empty()) known->second.push_back(row.codes.front());
  }
  return known->second;
}

}  // namespace trede
