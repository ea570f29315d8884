#include "engine/base/bsn.h"

#include <algorithm>
#include <string>

#include "engine/base/text.h"

namespace trede {

bool passes_bsn_check(std::string_view text) {
  if (text.size() < 8 || text.size() > 9 || !std::ranges::all_of(text, is_digit)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int place = static_cast<int>(text.size() - i);  // 1 = the last digit
    sum += (place == 1 ? -1 : place) * (text[i] - '0');
  }
  return sum % 11 == 0;
}

bool may_be_bsn(std::string_view text) {
  constexpr std::string_view kBetween = " .";
  std::string digits;
  for (const char letter : text) {
    if (kBetween.find(letter) == kBetween.npos) digits += letter;
  }
  return passes_bsn_check(digits);
}

}  // namespace trede
