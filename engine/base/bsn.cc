#include "engine/base/bsn.h"

#include <algorithm>

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

}  // namespace trede
