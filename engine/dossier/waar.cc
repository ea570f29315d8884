#include "engine/dossier/waar.h"

#include <algorithm>
#include <vector>

namespace trede {

std::string canonical_waar(std::string_view waar) {
  std::vector<std::string_view> conditions;
  while (!waar.empty()) {
    const auto end = std::min(waar.find(';'), waar.size());
    conditions.push_back(waar.substr(0, end));
    waar.remove_prefix(std::min(end + 1, waar.size()));
  }
  std::ranges::sort(conditions);
  std::string out;
  for (const auto condition : conditions) {
    if (!out.empty()) out.push_back(';');
    out.append(condition);
  }
  return out;
}

}  // namespace trede
