// The rollups in memory, within a limit, and who gives way when another one does not fit.
//
// Letting go of what was asked longest ago (LRU) fails where it hurts most: who asks for a little
// more than fits, over and over, finds nothing of it, for what goes is always what is asked next.
// So a rollup that comes in anew has to show first that it is asked more often than others, by the
// measure of LIRS (Jiang and Zhang, 2002): how long ago it was asked for the last time, against how
// long ago that was for what is here.
//
// Invariants
//  1. A rollup that did not fit when it came in is a guest, unless one that is here was last asked
//     before the newcomer was. A guest is asked as any other, and stays until there is need of
//     room.
//  2. Guests go first, then the others; of each the one not asked longest.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>

#include "projections/cube/cube.h"

namespace trede {

// Owner: a Generation. Threads: const functions from any number at once, others alone.
class HeldRollups {
 public:
  using Rollups = std::map<RollupKey, Rollup>;

  explicit HeldRollups(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  bool contains(const RollupKey& key) const { return held_.contains(key); }
  // Null when it is not here. It has been asked now.
  const Rollup* ask(const RollupKey& key) const;

  // Takes `fresh` in, of which none is here, and makes room; those of `together` stay, however
  // large: they are asked at once.
  void take(Rollups fresh, std::span<const RollupKey> together);
  // Makes room after they have grown; the one that was asked last stays.
  void make_room();

  // Calls `visit` with each rollup.
  template <typename Visit>
  void each(const Visit& visit) {
    for (auto& [key, held] : held_) visit(held.rollup);
  }
  // What they take, about; goes over all their cells.
  std::size_t bytes() const;

 private:
  struct Held {
    explicit Held(Rollup&& of) : rollup(std::move(of)) {}
    Rollup rollup;
    mutable std::atomic<std::uint64_t> asked{0};  // when last, counted in questions
    bool is_guest = false;
  };
  using Map = std::map<RollupKey, Held>;

  // The first to go, of those that are not in `keep`; the end when there is none.
  Map::iterator first_to_go(std::span<const RollupKey> keep);
  bool was_asked_after_another(const RollupKey& newcomer,
                               std::span<const RollupKey> together) const;
  // `bytes` is what all take now.
  void make_room(std::span<const RollupKey> keep, std::size_t bytes);

  std::size_t most_bytes_;
  Map held_;
  std::map<RollupKey, std::uint64_t> asked_before_;  // of what was let go; some hundreds at most
  mutable std::atomic<std::uint64_t> questions_{0};
};

}  // namespace trede
