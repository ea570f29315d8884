// A hash table from a hash to the index of an entry that stands elsewhere, in one block of memory:
// filling and clearing it allocates nothing once it is large enough.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace trede {

// Threads: one at a time.
class IndexTable {
 public:
  // The entry with `hash` for which `is_it(index)` holds.
  template <typename IsIt>
  std::optional<std::size_t> find(std::size_t hash, const IsIt& is_it) const {
    if (used_ == 0) return std::nullopt;
    for (std::size_t at = start_of(hash); slots_[at].index != kFree; at = (at + 1) & mask()) {
      if (slots_[at].hash == hash && is_it(slots_[at].index)) return slots_[at].index;
    }
    return std::nullopt;
  }

  // Adds an entry that is not there.
  void add(std::size_t hash, std::size_t index) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    place({index, hash});
    ++used_;
  }

  // Lets an entry that is there stand for `index`.
  template <typename IsIt>
  void replace(std::size_t hash, const IsIt& is_it, std::size_t index) {
    for (std::size_t at = start_of(hash); slots_[at].index != kFree; at = (at + 1) & mask()) {
      if (slots_[at].hash != hash || !is_it(slots_[at].index)) continue;
      slots_[at].index = index;
      return;
    }
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
