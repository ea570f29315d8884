#include "engine/dossier/refusal.h"

#include <utility>

namespace trede {

Refusal refuse(Rule rule, std::string zin, std::size_t index) {
  return Refusal{std::string(rule_code(rule)), std::move(zin), index, std::nullopt};
}

const pb::Body* find_placed(const pb::Event& proposed) {
  if (proposed.body().has_intrekking()) return nullptr;
  return proposed.body().has_correctie() ? &proposed.body().correctie().door() : &proposed.body();
}

}  // namespace trede
