// Chance that repeats: the same seed draws the same on every machine. Whole numbers only, because
// the last bits of a logarithm are not the same everywhere.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace trede::simulate {

// The values below which 0, 10, ..., 100 % of the draws lie; in between they lie evenly.
using Deciles = std::array<int, 11>;

// One of several, as often as its weight.
template <typename T>
struct Weighted {
  T value;
  std::uint32_t weight;
};

// The output function of SplitMix64: every bit of the result depends on every bit of `value`.
constexpr std::uint64_t scrambled(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31);
}
constexpr std::uint64_t mixed(std::uint64_t one, std::uint64_t other) {
  return scrambled(one + 0x9E3779B97F4A7C15U * (other + 1));
}

// SplitMix64. Copies go on from the same point. Threads: one.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() { return scrambled(state_ += 0x9E3779B97F4A7C15U); }

  // In [0, limit). Requires: 1 <= limit <= 2^32.
  std::uint64_t below(std::uint64_t limit) { return ((next() >> 32) * limit) >> 32; }

  // Both included. Requires: least <= most.
  int between(int least, int most) {
    return least + static_cast<int>(below(static_cast<std::uint64_t>(most - least) + 1));
  }

  bool chance(int per_mille) { return static_cast<int>(below(1000)) < per_mille; }

  int draw(const Deciles& deciles) {
    const auto at = below(10'000);
    const auto part = static_cast<std::size_t>(at / 1000);
    const int width = deciles[part + 1] - deciles[part];
    return deciles[part] + width * static_cast<int>(at % 1000) / 1000;
  }

  // Requires: a total weight in [1, 2^32].
  template <typename T, std::size_t n>
  T pick(const std::array<Weighted<T>, n>& choices) {
    std::uint64_t total = 0;
    for (const auto& choice : choices) total += choice.weight;
    std::uint64_t at = below(total);
    std::size_t i = 0;
    while (at >= choices[i].weight) at -= choices[i++].weight;
    return choices[i].value;
  }

 private:
  std::uint64_t state_;
};

}  // namespace trede::simulate
