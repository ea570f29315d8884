// What an expression comes to, before it is put in its unit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/event/catalogue.h"
#include "projections/reports/report.h"

namespace trede {

struct Value {
  CellState state = CellState::kNumber;
  Rational number = {};
  Oordeel oordeel = Oordeel::kGeen;
  std::string words = {};                     // of kText
  std::optional<pb::Richting> richting = {};  // of a target: what is better
  // A count of 1 to 4, or a ratio over one: it can be told from the number.
  bool is_small = false;
  // A small count is part of it: what is worked out from it further may tell that one.
  bool holds_small = false;
};

Value nothing(CellState state);
Value number_value(const Rational& number);
Value text_value(std::string words);

// Adds up what has a number; leeg and n.v.t. add nothing, an answer that is missing makes the whole
// missing. A sum over small counts does not tell them, unless it is as small itself.
Value sum_of(const std::vector<Value>& values);
// The first less all others. Empty when one of them is: the strongest reason, geen gegevens,
// n.v.t., leeg.
Value difference_of(const std::vector<Value>& values);
// 100 x the first / the second; n.v.t. over nul. Requires: two.
Value percentage_of(const std::vector<Value>& values);
// The first / the second; n.v.t. over nul. Requires: two.
Value quotient_of(const std::vector<Value>& values);
Value product_of(const std::vector<Value>& values);
// The first that is a number, else the last. Requires: one or more.
Value first_of(const std::vector<Value>& values);

}  // namespace trede
