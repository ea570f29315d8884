#include "projections/facts/deltas.h"

#include <algorithm>
#include <tuple>

namespace trede {

void DeltaSum::add(const Fact& fact, int sign) {
  Entry entry{fact.table, fact.day, fact.cell, fact.weights};
  for (auto& weight : entry.weights) weight *= sign;
  entries_.push_back(entry);
}

void DeltaSum::take(Position position, const DeltaSink& sink) {
  const auto key = [](const Entry& entry) { return std::tie(entry.table, entry.day, entry.cell); };
  std::ranges::sort(entries_, {}, key);
  for (auto from = entries_.begin(); from != entries_.end();) {
    Delta delta{from->table, from->cell, {position, from->day, {}}};
    const auto same = key(*from);
    auto to = from;
    for (; to != entries_.end() && key(*to) == same; ++to) {
      for (std::size_t i = 0; i < kMaxWeights; ++i) delta.change.weights[i] += to->weights[i];
    }
    from = to;
    if (delta.change.weights != Weights{}) sink(delta);
  }
  entries_.clear();
}

}  // namespace trede
