// A hash table from a hash to the index of an entry that stands elsewhere, in one block of memory:
// filling and clearing it allocates nothing once it is large enough.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace trede {

// Threads: one at a time.
class IndexTable {
 public:
  // The entry with `hash` for which `is_it(index)` holds.
  template <typename IsIt>
  std::optional<std::size_t> find(std::size_t hash, const IsIt& is_it) const {
    if (used_ == 0) return std::nullopt;
    const std::size_t at = find_slot(hash, is_it);
    if (slots_[at].index == kFree) return std::nullopt;
    return slots_[at].index;
  }

  // Adds an entry that is not there.
  void add(std::size_t hash, std::size_t index) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    place({index, hash});
    ++used_;
  }

  // Lets the entry with `hash` for which `is_it(index)` holds stand for `index`, or adds it.
  // Returns: what it stood for.
  template <typename IsIt>
  std::optional<std::size_t> put(std::size_t hash, const IsIt& is_it, std::size_t index) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[find_slot(hash, is_it)];
    if (slot.index != kFree) return std::exchange(slot.index, index);
    slot = {index, hash};
    ++used_;
    return std::nullopt;
  }

  // Removes the entry with `hash` for `index`, which is there.
  void remove(std::size_t hash, std::size_t index) {
    std::size_t hole = find_slot(hash, [index](std::size_t other) { return other == index; });
    // What a hole would part from the place where it is looked for, moves into it.
    for (std::size_t at = (hole + 1) & mask(); slots_[at].index != kFree; at = (at + 1) & mask()) {
      const std::size_t start = start_of(slots_[at].hash);
      if (((at - start) & mask()) < ((at - hole) & mask())) continue;
      slots_[hole] = slots_[at];
      hole = at;
    }
    slots_[hole] = Slot{};
    --used_;
  }

  // Has the place of `hash` brought near: a find soon after will not wait for it.
  void prefetch(std::size_t hash) const {
    if (used_ > 0) __builtin_prefetch(&slots_[start_of(hash)]);
  }

  // Keeps the memory, unless it is far more than was used.
  void clear() {
    if (slots_.size() > kFirstSlots && slots_.size() / 16 > used_) {
      slots_ = std::vector<Slot>(kFirstSlots);
    } else if (used_ > 0) {
      slots_.assign(slots_.size(), Slot{});
    }
    used_ = 0;
  }

 private:
  static constexpr std::size_t kFirstSlots = 64;
  static constexpr std::size_t kFree = ~std::size_t{0};
  struct Slot {
    std::size_t index = kFree;
    std::size_t hash = 0;
  };

  std::size_t mask() const { return slots_.size() - 1; }
  // Hashes may differ in some of their bits only: all of them have a say.
  std::size_t start_of(std::size_t hash) const {
    return (((hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15U) >> 32) & mask();
  }

  // Where the entry stands, or the free slot where it would. Requires: a free slot.
  template <typename IsIt>
  std::size_t find_slot(std::size_t hash, const IsIt& is_it) const {
    std::size_t at = start_of(hash);
    while (slots_[at].index != kFree && !(slots_[at].hash == hash && is_it(slots_[at].index))) {
      at = (at + 1) & mask();
    }
    return at;
  }

  void place(const Slot& slot) {
    std::size_t at = start_of(slot.hash);
    while (slots_[at].index != kFree) at = (at + 1) & mask();
    slots_[at] = slot;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? kFirstSlots : 2 * slots_.size());
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.index != kFree) place(slot);
    }
  }

  std::vector<Slot> slots_;  // as many as a power of two
  std::size_t used_ = 0;
};

}  // namespace trede
