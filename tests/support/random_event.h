// Events with random attributes, and kinds that fit what holds: what random_history is made of.
#pragma once

#include <random>
#include <string_view>
#include <vector>

#include "engine/dossier/timeline.h"

namespace trede::test {

// Numbers that a seed repeats, the same on every platform.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  // least <= answer <= most
  int between(int least, int most);
  bool percent(int chance) { return between(1, 100) <= chance; }
  template <typename Values>
  auto one_of(const Values& values) -> decltype(*std::begin(values)) {
    return *std::next(std::begin(values), between(0, static_cast<int>(std::size(values)) - 1));
  }

 private:
  std::mt19937_64 engine_;
};

// The organisation of random histories.
inline constexpr const char* kGemeenten[] = {"Alkmaar", "Bergen", "Castricum", "Dijk en Waard"};
inline constexpr const char* kAfdelingen[] = {"Groen", "Schoon", "Post"};

// A body of `soort`: what it requires, and about half of what it may have.
pb::Body random_body(Dice& dice, Soort soort);

// A body that is likely to be accepted when it acts on `state`; now and then one of any kind.
pb::Body random_dossier_body(Dice& dice, const State& state, Day day);

}  // namespace trede::test
