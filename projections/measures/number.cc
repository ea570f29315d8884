#include <algorithm>

#include "engine/base/check.h"
#include "projections/measures/query.h"

namespace trede {

namespace {

__extension__ typedef unsigned __int128 Magnitude;

Magnitude magnitude(Int128 value) {
  return value < 0 ? Magnitude{0} - static_cast<Magnitude>(value) : static_cast<Magnitude>(value);
}

Magnitude power_of_ten(int exponent) {
  Magnitude out = 1;
  for (int i = 0; i < exponent; ++i) out *= 10;
  return out;
}

std::string digits(Magnitude value) {
  std::string out;
  do {
    out.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  std::ranges::reverse(out);
  return out;
}

// `value` / 10^decimals, all decimals written.
std::string fixed(Magnitude value, int decimals) {
  std::string text = digits(value);
  const auto places = static_cast<std::size_t>(decimals);
  if (places == 0) return text;
  if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
  text.insert(text.size() - places, ".");
  return text;
}

}  // namespace

std::string Number::text() const {
  std::string out = fixed(magnitude(units), decimals);
  if (decimals > 0) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
  }
  return units < 0 ? "-" + out : out;
}

std::string ratio_text(const AnswerRow& row, bool is_percentage) {
  constexpr int kDecimals = 4;
  if (row.noemer.is_zero()) return {};
  // Both sides brought to whole units. Sums of facts are far below 10^25, so this fits in 128 bits.
  const int shift = kDecimals + (is_percentage ? 2 : 0) + row.noemer.decimals - row.teller.decimals;
  const Magnitude above = magnitude(row.teller.units) * power_of_ten(std::max(shift, 0));
  const Magnitude below = magnitude(row.noemer.units) * power_of_ten(std::max(-shift, 0));
  Magnitude rounded = above / below;
  if (above % below >= below - above % below) ++rounded;
  const bool negative = (row.teller.units < 0) != (row.noemer.units < 0) && rounded != 0;
  return (negative ? "-" : "") + fixed(rounded, kDecimals);
}

}  // namespace trede
