#include "projections/reports/rational.h"

#include <algorithm>

#include "engine/base/check.h"

namespace trede {

namespace {

Int128 greatest_common_divisor(Int128 a, Int128 b) {
  if (a < 0) a = -a;
  while (b != 0) {
    const Int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

Int128 times(Int128 a, Int128 b) {
  Int128 out = 0;
  if (__builtin_mul_overflow(a, b, &out)) throw NumberTooLarge();
  return out;
}

Int128 plus(Int128 a, Int128 b) {
  Int128 out = 0;
  if (__builtin_add_overflow(a, b, &out)) throw NumberTooLarge();
  return out;
}

Int128 power_of_ten(int exponent) {
  Int128 out = 1;
  for (int i = 0; i < exponent; ++i) out *= 10;
  return out;
}

}  // namespace

Rational::Rational(Int128 above, Int128 below) {
  TREDE_CHECK(below != 0, "a fraction over zero");
  const Int128 sign = below < 0 ? -1 : 1;
  const Int128 divisor = greatest_common_divisor(above, below < 0 ? -below : below);
  above_ = sign * above / divisor;
  below_ = sign * below / divisor;
}

Rational::Rational(const Number& number) : Rational(number.units, power_of_ten(number.decimals)) {}

bool Rational::is_printable() const {
  static const Int128 kMost = power_of_ten(30);
  return above_ < kMost && above_ > -kMost && below_ < kMost;
}

Rational operator+(const Rational& a, const Rational& b) {
  const Int128 divisor = greatest_common_divisor(a.below_, b.below_);
  return {plus(times(a.above_, b.below_ / divisor), times(b.above_, a.below_ / divisor)),
          times(a.below_, b.below_ / divisor)};
}

Rational operator-(const Rational& a, const Rational& b) {
  return a + Rational(times(b.above_, -1), b.below_);
}

Rational operator*(const Rational& a, const Rational& b) {
  const Rational one(a.above_, b.below_);
  const Rational other(b.above_, a.below_);
  return {times(one.above_, other.above_), times(one.below_, other.below_)};
}

Rational operator/(const Rational& a, const Rational& b) {
  return a * Rational(b.below_, b.above_);
}

std::string Rational::text(int decimals) const {
  const Int128 scaled = (above_ < 0 ? -above_ : above_) * power_of_ten(decimals);
  Int128 units = scaled / below_;
  if (2 * (scaled % below_) >= below_) ++units;
  std::string digits;
  for (Int128 rest = units; rest != 0; rest /= 10) {
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  const auto places = static_cast<std::size_t>(decimals);
  while (digits.size() <= places) digits.push_back('0');
  std::ranges::reverse(digits);
  if (places > 0) digits.insert(digits.size() - places, ".");
  return (above_ < 0 && units != 0 ? "-" : "") + digits;
}

Result<Rational> parse_rational(const std::string& text) {
  const Error bad{ErrorCode::kInvalid, "not a decimal: '" + text + "', expected as 75 or -0.5"};
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  Int128 units = 0;
  Int128 scale = 1;
  int digits = 0;
  bool after_point = false;
  for (const char c : rest) {
    if (c == '.' && !after_point && digits > 0) {
      after_point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > 18) return bad;
    units = units * 10 + (c - '0');
    if (after_point) scale *= 10;
  }
  if (digits == 0 || rest.ends_with('.')) return bad;
  return Rational(negative ? -units : units, scale);
}

}  // namespace trede
