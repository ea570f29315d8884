// What an expression comes to; the cells around it are those of evaluator.cc.
#include <algorithm>

#include "engine/base/check.h"
#include "projections/measures/measures.h"
#include "projections/reports/begroting.h"
#include "projections/reports/evaluator.h"
#include "projections/reports/tijdvak.h"

namespace trede {

namespace {

CellState state_of(pb::Empty empty) {
  switch (empty) {
    case pb::NVT: return CellState::kNvt;
    case pb::GEEN_GEGEVENS: return CellState::kGeenGegevens;
    case pb::LEEG:
    case pb::EMPTY_UNSPECIFIED:
    default: return CellState::kLeeg;  // the sentinels of an open enum
  }
}

// Whether more is better; absent when nobody says.
std::optional<bool> more_is_better(pb::Afwijking::Beter beter, const Value& norm,
                                   const std::string& measure) {
  switch (beter) {
    case pb::Afwijking::HOGER: return true;
    case pb::Afwijking::LAGER: return false;
    case pb::Afwijking::GEEN_OORDEEL: return std::nullopt;
    case pb::Afwijking::VOLGENS_DOEL:
    default: break;  // the sentinels of an open enum
  }
  if (norm.richting) return *norm.richting == pb::RICHTING_HOGER;
  const auto soort = soort_bedrag_of(measure);
  if (!soort) return std::nullopt;
  return *soort == pb::SOORT_BEDRAG_BATEN || *soort == pb::SOORT_BEDRAG_ONTTREKKING;
}

// The calendar year of a target without a periode.
std::string year_of(const Period& period) { return format_day(period.tm).substr(0, 4); }

std::string dutch_decimal(const Rational& number) {
  std::string out = number.text(number.below() == Int128{1} ? 0 : 2);
  std::ranges::replace(out, '.', ',');
  return out;
}

}  // namespace

Result<Value> Evaluator::value(const pb::Expression& expression, const Here& here) {
  switch (expression.what_case()) {
    case pb::Expression::kFigure:
      return asker_.figure(expression.figure(), here.scope, *here.sources);
    case pb::Expression::kAfspraak:
      return target(expression.afspraak(), Soort::kAfspraakVastgesteld, here);
    case pb::Expression::kBenchmark:
      return target(expression.benchmark(), Soort::kBenchmarkVastgesteld, here);
    case pb::Expression::kTaakstelling:
      return target(expression.taakstelling(), Soort::kTaakstellingVastgesteld, here);
    case pb::Expression::kColumn:
    case pb::Expression::kRow:
    case pb::Expression::kAt:
    case pb::Expression::kCell: return reference(expression, here);
    case pb::Expression::kSum: return combined(expression.sum(), here, sum_of);
    case pb::Expression::kDifference: return combined(expression.difference(), here, difference_of);
    case pb::Expression::kPercentage: return combined(expression.percentage(), here, percentage_of);
    case pb::Expression::kQuotient: return combined(expression.quotient(), here, quotient_of);
    case pb::Expression::kProduct: return combined(expression.product(), here, product_of);
    case pb::Expression::kEerste: return combined(expression.eerste(), here, first_of);
    case pb::Expression::kIn: return elsewhen(expression.in(), here);
    case pb::Expression::kAfwijking: return afwijking(expression.afwijking(), here);
    case pb::Expression::kBegroting: return begroting(expression.begroting(), here);
    case pb::Expression::kPrognose: return prognose(expression.prognose(), here);
    case pb::Expression::kTekst: return text_value(titled(expression.tekst(), here.scope.period));
    case pb::Expression::kConstant: {
      const auto number = parse_rational(expression.constant());
      if (!number) return std::unexpected(number.error());
      return number_value(*number);
    }
    case pb::Expression::kEmpty: return nothing(state_of(expression.empty()));
    case pb::Expression::WHAT_NOT_SET: return nothing(CellState::kLeeg);
  }
  return nothing(CellState::kLeeg);
}

Result<Value> Evaluator::reference(const pb::Expression& expression, const Here& here) {
  const CellKey key = meant(expression, here.key);
  auto worked = cell(key);
  if (!worked) return std::unexpected(worked.error());
  here.sources->add(worked->sources);
  return worked->value;
}

Result<Value> Evaluator::combined(const pb::Expressions& parts, const Here& here, Combine combine) {
  std::vector<Value> values;
  for (const pb::Expression& part : parts.of()) {
    auto one = value(part, here);
    if (!one) return one;
    values.push_back(std::move(*one));
  }
  return combine(values);
}

Result<const Organisatie*> Evaluator::organisatie(const Scope& scope) {
  if (scope.published == nullptr) return &sources_.organisatie;
  const Position known = scope.published->known;
  if (const auto found = organisaties_.find(known); found != organisaties_.end()) {
    return &found->second;
  }
  auto then = sources_.organisatie_at(known);
  if (!then) return std::unexpected(then.error());
  return &organisaties_.emplace(known, std::move(*then)).first->second;
}

Result<Value> Evaluator::target(const pb::Target& target, Soort soort, const Here& here) {
  const auto key = target_key_of(target, soort, here.scope, year_of(here.scope.period));
  if (!key) return std::unexpected(key.error());
  const auto by = organisatie(here.scope);
  if (!by) return std::unexpected(by.error());
  const Doel* doel = (*by)->find_doel(key->soort, key->maat, key->periode, key->waar);
  if (doel == nullptr) return nothing(CellState::kGeenGegevens);
  here.sources->events.insert(doel->source);
  Value out = number_value(target_value(*doel));
  out.richting = doel->richting;
  return out;
}

Result<Value> Evaluator::elsewhen(const pb::In& in, const Here& here) {
  Here there = here;
  const auto period = period_at(in.periode(), here.scope.period);
  if (!period) return std::unexpected(period.error());
  there.scope.period = *period;
  if (!in.gepubliceerd().empty()) {
    const std::string& name = in.gepubliceerd() == "dit" ? definition_.name() : in.gepubliceerd();
    const std::string waar = waar_text(request_.chosen);
    const auto then = sources_.published.over({name, *period, waar});
    if (!then) return std::unexpected(then.error());
    there.scope.published = *then;
    if (there.scope.published == nullptr) return nothing(CellState::kGeenGegevens);
  }
  return value(in.of(), there);
}

Result<Value> Evaluator::afwijking(const pb::Afwijking& afwijking, const Here& here) {
  const auto number = value(afwijking.van(), here);
  if (!number) return number;
  const auto norm = value(afwijking.tegen(), here);
  if (!norm) return norm;
  Value out =
      afwijking.omgekeerd() ? difference_of({*norm, *number}) : difference_of({*number, *norm});
  if (out.state != CellState::kNumber || out.number.is_zero()) return out;
  const std::string& measure =
      here.scope.row->measure().empty() ? here.scope.table->measure() : here.scope.row->measure();
  const auto better = more_is_better(afwijking.beter(), *norm, measure);
  if (!better) return out;
  const bool above = afwijking.omgekeerd() == out.number.is_negative();
  out.oordeel = above == *better ? Oordeel::kGunstig : Oordeel::kOngunstig;
  return out;
}

Result<Value> Evaluator::begroting(const pb::Begroting& begroting, const Here& here) {
  const auto question = budget_question_of(begroting.waar(), here.scope);
  if (!question) return std::unexpected(question.error());
  const auto by = organisatie(here.scope);
  if (!by) return std::unexpected(by.error());
  Period period = here.scope.period;
  if (begroting.heel_jaar()) {
    const auto year = period_at(pb::HEEL_JAAR, period);
    if (!year) return std::unexpected(year.error());
    period = *year;
  }
  const auto budget = budget_of(**by, {*soort_bedrag_of(question->measure), question->waar}, period,
                                begroting.versie());
  if (!budget) return nothing(CellState::kGeenGegevens);
  here.sources->events.insert(budget->sources.begin(), budget->sources.end());
  return number_value(budget->bedrag_eurocent);
}

Result<Value> Evaluator::prognose(const pb::Prognose& prognose, const Here& here) {
  const auto question = budget_question_of(prognose.waar(), here.scope);
  if (!question) return std::unexpected(question.error());
  const auto by = organisatie(here.scope);
  if (!by) return std::unexpected(by.error());
  const auto forecast = forecast_of(**by, {*soort_bedrag_of(question->measure), question->waar},
                                    std::chrono::year_month_day(here.scope.period.tm).year());
  if (!forecast) return nothing(CellState::kGeenGegevens);
  here.sources->events.insert(forecast->sources.begin(), forecast->sources.end());
  return number_value(forecast->bedrag_eurocent);
}

Result<Worked> Evaluator::control(const pb::Identiteit& identiteit, const std::string& column,
                                  const Here& here) {
  if (column == "links" || column == "rechts") {
    const pb::Expression& side = column == "links" ? identiteit.links() : identiteit.rechts();
    auto found = value(side, here);
    if (!found) return std::unexpected(found.error());
    return Worked{std::move(*found), derivation_of(side, here.key), *here.sources};
  }
  const auto [t, r, c] = here.key;
  const CellKey links{t, r, 0};
  const CellKey rechts{t, r, 1};
  const auto left = cell(links);
  if (!left) return left;
  const auto right = cell(rechts);
  if (!right) return right;
  // What does not belong there is nothing; what nobody recorded cannot be judged.
  const auto plain = [](const Value& one) {
    return one.state == CellState::kLeeg ? number_value(Rational()) : one;
  };
  const Value difference = difference_of({plain(left->value), plain(right->value)});
  if (column == "verschil") {
    return Worked{difference, Derivation{CellFormula::Kind::kDifference, {links, rechts}},
                  *here.sources};
  }
  if (difference.state != CellState::kNumber) return Worked{nothing(CellState::kNvt)};
  const bool holds =
      difference.number.is_zero() ||
      (identiteit.relatie() == pb::Identiteit::HOOGSTENS && difference.number.is_negative());
  Value judged = text_value(holds ? "klopt" : "klopt niet");
  judged.oordeel = holds ? Oordeel::kGunstig : Oordeel::kOngunstig;
  return Worked{std::move(judged)};
}

Result<std::string> Evaluator::parts_of(const pb::Expression& expression, const Here& here) {
  const auto is_target = [](const pb::Expression& part) {
    return part.has_afspraak() || part.has_benchmark() || part.has_taakstelling();
  };
  if (!expression.has_sum() || expression.sum().of_size() < 2 ||
      !std::ranges::all_of(expression.sum().of(), is_target)) {
    return std::string();
  }
  std::string out;
  for (const pb::Expression& part : expression.sum().of()) {
    const auto one = value(part, here);
    if (!one) return std::unexpected(one.error());
    if (one->state != CellState::kNumber) return std::string();
    out += (out.empty() ? "" : " + ") + dutch_decimal(one->number);
  }
  return out;
}

}  // namespace trede
