// Questions put to a generation itself, without a folder around it.
#pragma once

#include <stdexcept>
#include <vector>

#include "projections/worker/generation.h"

namespace trede::test {

// Loads what `query` needs and calls `use` with its plan and rollups.
template <typename Use>
auto ask(Generation& generation, const Query& query, const Use& use) {
  const std::vector<RollupKey> keys = rollups_of(query);
  const Status loaded = generation.load(keys);
  if (!loaded) throw std::runtime_error(loaded.error().message);
  const Plan plan(query, generation.dictionary());
  auto given = generation.read(keys, [&](Rollups rollups) { return use(plan, rollups); });
  if (!given) throw std::runtime_error("a rollup that was loaded is not there");
  return *std::move(given);
}

inline Answer answer_of(Generation& generation, const Query& query) {
  return ask(generation, query, [&generation](const Plan& plan, Rollups rollups) {
    return evaluate(plan, rollups, generation.layouts());
  });
}

}  // namespace trede::test
