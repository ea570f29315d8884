#include "engine/dossier/refusal.h"

#include <utility>

namespace trede {

Refusal refuse(Rule rule, std::string zin, std::size_t index) {
  return Refusal{std::string(rule_code(rule)), std::move(zin), index, std::nullopt};
}

}  // namespace trede
