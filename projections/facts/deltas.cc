#include "projections/facts/deltas.h"

#include <algorithm>
#include <utility>

namespace trede {

namespace {

// Days from the least to the greatest, as numbers from the least to the greatest.
constexpr std::uint32_t kDayZero = std::uint32_t{1} << 31;

std::uint64_t place_of(Table table, int day) {
  return std::uint64_t{std::to_underlying(table)} << 32 |
         (static_cast<std::uint32_t>(day) ^ kDayZero);
}
Table table_in(std::uint64_t place) { return static_cast<Table>(place >> 32); }
int day_in(std::uint64_t place) {
  return static_cast<int>(static_cast<std::uint32_t>(place) ^ kDayZero);
}

}  // namespace

void DeltaSum::add(const Fact& fact, int sign) {
  Entry& entry = entries_.emplace_back(place_of(fact.table, fact.day), fact.cell, fact.weights);
  if (sign > 0) return;
  for (auto& weight : entry.weights) weight = -weight;
}

bool DeltaSum::is_before(const Entry* one, const Entry* other) {
  return one->place != other->place ? one->place < other->place : one->cell < other->cell;
}

void DeltaSum::take(Position position, const DeltaSink& sink) {
  sorted_.clear();
  for (const Entry& entry : entries_) sorted_.push_back(&entry);
  if (sorted_.size() > 1) std::ranges::sort(sorted_, is_before);
  for (auto from = sorted_.begin(); from != sorted_.end();) {
    const Entry& first = **from;
    Delta delta{table_in(first.place), first.cell, {position, day_in(first.place), first.weights}};
    auto to = from + 1;
    for (; to != sorted_.end() && (*to)->place == first.place && (*to)->cell == first.cell; ++to) {
      for (std::size_t i = 0; i < kMaxWeights; ++i) delta.change.weights[i] += (*to)->weights[i];
    }
    from = to;
    if (delta.change.weights != Weights{}) sink(delta);
  }
  entries_.clear();
}

}  // namespace trede
