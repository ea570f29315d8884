#include "projections/reports/value.h"

#include <algorithm>

namespace trede {

namespace {

bool holds_small(const Value& value) { return value.is_small || value.holds_small; }

bool any_small(const std::vector<Value>& values) {
  return std::ranges::any_of(values, &Value::is_small);
}

// With words nothing can be calculated.
bool holds_words(const Value& value) {
  return value.state == CellState::kText || value.state == CellState::kDay;
}

// The strongest reason among `values` not to have a number.
std::optional<Value> missing(const std::vector<Value>& values) {
  if (std::ranges::any_of(values, holds_words)) return nothing(CellState::kNvt);
  for (const CellState state : {CellState::kGeenGegevens, CellState::kNvt, CellState::kLeeg}) {
    for (const Value& value : values) {
      if (value.state == state) return nothing(state);
    }
  }
  return std::nullopt;
}

Value made_of(const std::vector<Value>& values, const Rational& number) {
  Value out = number_value(number);
  out.is_small = std::ranges::any_of(values, holds_small);
  out.holds_small = out.is_small;
  return out;
}

}  // namespace

Value nothing(CellState state) {
  Value out;
  out.state = state;
  return out;
}

Value number_value(const Rational& number) {
  Value out;
  out.number = number;
  return out;
}

Value text_value(std::string words) {
  Value out = nothing(CellState::kText);
  out.words = std::move(words);
  return out;
}

Value sum_of(const std::vector<Value>& values) {
  if (std::ranges::any_of(values, holds_words)) return nothing(CellState::kNvt);
  Value out = nothing(CellState::kLeeg);
  for (const Value& value : values) {
    if (value.state == CellState::kGeenGegevens) return nothing(CellState::kGeenGegevens);
    if (value.state == CellState::kNumber) {
      out = number_value(out.number + value.number);
    } else if (out.state == CellState::kLeeg) {
      out.state = value.state;
    }
  }
  constexpr Int128 kLeastPublishable = 5;
  const Rational far = out.number.is_negative() ? Rational() - out.number : out.number;
  const bool few = (far - Rational(kLeastPublishable)).is_negative();
  out.holds_small = std::ranges::any_of(values, holds_small);
  out.is_small = out.state == CellState::kNumber && any_small(values) &&
                 (values.size() == 1 || (few && !out.number.is_zero()));
  return out;
}

Value difference_of(const std::vector<Value>& values) {
  if (const auto empty = missing(values)) return *empty;
  Rational out = values.front().number;
  for (std::size_t i = 1; i < values.size(); ++i) out = out - values[i].number;
  return made_of(values, out);
}

Value percentage_of(const std::vector<Value>& values) {
  if (const auto empty = missing(values)) return *empty;
  if (values[1].number.is_zero()) return nothing(CellState::kNvt);
  return made_of(values, Rational(Int128{100}) * values[0].number / values[1].number);
}

Value quotient_of(const std::vector<Value>& values) {
  if (const auto empty = missing(values)) return *empty;
  if (values[1].number.is_zero()) return nothing(CellState::kNvt);
  return made_of(values, values[0].number / values[1].number);
}

Value product_of(const std::vector<Value>& values) {
  if (const auto empty = missing(values)) return *empty;
  Rational out(Int128{1});
  for (const Value& value : values) out = out * value.number;
  return made_of(values, out);
}

Value first_of(const std::vector<Value>& values) {
  for (const Value& value : values) {
    if (value.state == CellState::kNumber) return value;
  }
  return values.back();
}

}  // namespace trede
