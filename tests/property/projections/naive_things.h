// What holds in a dossier, one by one, with its dimensions in words.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/dossier/timeline.h"

namespace trede::test {

// Dimension to code; `doelgroep` stands apart because it may have several.
struct Traits {
  std::map<std::string, std::string> codes;
  std::set<std::string> doelgroepen;  // {"geen"} when there are none
};

// Something that holds.
struct Thing {
  const ActingEvent* opened;
  Traits traits;
  std::uint32_t deeltijdfactor = 0;
  std::uint32_t percentage = 0;
};

// An event and the states around it; owns its copies.
struct NaiveStep {
  const ActingEvent* event;
  State before;
  State after;
};

// The dossier's own dimensions.
Traits dossier_traits(const State& state);
// What holds of the kind that `stand` counts: `trajecten`, `voorzieningen`, ...
std::vector<Thing> things_of(const std::string& stand, const State& state);
// Why `thing` of `stand` ceased in this step.
std::string end_reden(const std::string& stand, const NaiveStep& step);
// Why something that went on changed rows.
std::string change_reden(const Thing& before, const Thing& after);

std::string or_onbekend(std::string_view text);
// Of an optional code: `onbekend` for 0.
template <typename Enum>
std::string code_or_onbekend(Enum value) {
  return static_cast<int>(value) == 0 ? "onbekend" : code_of(value);
}

}  // namespace trede::test
