// Exact fractions: what a cell of a report is computed in, so that rounding happens once, when it
// is printed.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "projections/measures/query.h"

namespace trede {

// Thrown when a fraction needs more than 38 digits above or below the line.
struct NumberTooLarge {};

// A fraction in lowest terms. Invariant: below > 0. Throws NumberTooLarge (work_out catches it).
class Rational {
 public:
  Rational() = default;
  explicit Rational(Int128 whole) : above_(whole) {}
  // Requires: below != 0.
  Rational(Int128 above, Int128 below);
  explicit Rational(const Number& number);

  bool is_zero() const { return above_ == 0; }
  bool is_negative() const { return above_ < 0; }
  // Whether it can be printed and stored: less than 10^30 above and below the line.
  bool is_printable() const;
  Int128 above() const { return above_; }
  Int128 below() const { return below_; }

  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  // Requires: b is not zero.
  friend Rational operator/(const Rational& a, const Rational& b);
  bool operator==(const Rational&) const = default;

  // With so many decimals, half up (away from zero at exactly half): `12.1`, `-0.5`, never `-0`.
  std::string text(int decimals) const;

 private:
  Int128 above_ = 0;
  Int128 below_ = 1;
};

// A decimal as written in a definition: `75`, `-0.5`; at most 18 digits. Errors: kInvalid.
Result<Rational> parse_rational(const std::string& text);

}  // namespace trede
