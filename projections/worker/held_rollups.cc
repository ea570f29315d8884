#include "projections/worker/held_rollups.h"

#include <algorithm>
#include <utility>

namespace trede {

namespace {

bool is_among(std::span<const RollupKey> keys, const RollupKey& key) {
  return std::ranges::find(keys, key) != keys.end();
}

}  // namespace

const Rollup* HeldRollups::ask(const RollupKey& key) const {
  const auto found = held_.find(key);
  if (found == held_.end()) return nullptr;
  found->second.asked = ++questions_;
  return &found->second.rollup;
}

std::size_t HeldRollups::bytes() const {
  std::size_t bytes = 0;
  for (const auto& [key, held] : held_) bytes += held.rollup.bytes();
  return bytes;
}

// Whether `newcomer` was asked for the last time after one that is here and no guest.
bool HeldRollups::was_asked_after_another(const RollupKey& newcomer,
                                          std::span<const RollupKey> together) const {
  const auto before = asked_before_.find(newcomer);
  if (before == asked_before_.end()) return false;
  return std::ranges::any_of(held_, [&](const auto& other) {
    const auto& [key, held] = other;
    return !held.is_guest && held.asked < before->second && !is_among(together, key);
  });
}

void HeldRollups::take(Rollups fresh, std::span<const RollupKey> together) {
  for (auto& [key, rollup] : fresh) {
    held_.try_emplace(key, std::move(rollup)).first->second.asked = ++questions_;
  }
  const std::size_t taken = bytes();
  for (const auto& [key, moved] : fresh) {
    held_.at(key).is_guest = taken > most_bytes_ && !was_asked_after_another(key, together);
    asked_before_.erase(key);
  }
  make_room(together, taken);
}

void HeldRollups::make_room() {
  const auto last = std::ranges::max_element(
      held_, {}, [](const auto& held) { return held.second.asked.load(); });
  if (last != held_.end()) make_room({&last->first, 1}, bytes());
}

HeldRollups::Map::iterator HeldRollups::first_to_go(std::span<const RollupKey> keep) {
  const auto rank = [](const Held& held) { return std::pair(!held.is_guest, held.asked.load()); };
  auto first = held_.end();
  for (auto at = held_.begin(); at != held_.end(); ++at) {
    if (is_among(keep, at->first)) continue;
    if (first == held_.end() || rank(at->second) < rank(first->second)) first = at;
  }
  return first;
}

void HeldRollups::make_room(std::span<const RollupKey> keep, std::size_t bytes) {
  while (bytes > most_bytes_) {
    const auto first = first_to_go(keep);
    if (first == held_.end()) return;
    bytes -= first->second.rollup.bytes();
    asked_before_[first->first] = first->second.asked;
    held_.erase(first);
  }
}

}  // namespace trede
