// A dictionary as one thread of work uses it: the strings seen lately are at hand, without a lock.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "projections/cube/dictionary.h"

namespace trede {

// The dictionary must outlive it. Threads: one.
class Interner {
 public:
  explicit Interner(Dictionary& dictionary) : dictionary_(dictionary) {}

  // As Dictionary::intern.
  Code intern(std::string_view text) {
    if (text.empty()) return kOnbekend;
    Slot& slot = slots_[slot_of(text)];
    if (slot.text != text) slot = {std::string(text), dictionary_.intern(text)};
    return slot.code;
  }

  Dictionary& dictionary() { return dictionary_; }

 private:
  struct Slot {
    std::string text;
    Code code = kOnbekend;
  };
  static constexpr int kSlotBits = 9;

  // By its length and last bytes: names of one organisation often begin alike.
  static std::size_t slot_of(std::string_view text) {
    std::uint64_t tail = 0;
    const std::size_t size = std::min(text.size(), sizeof tail);
    std::memcpy(&tail, text.data() + text.size() - size, size);
    return static_cast<std::size_t>(((tail ^ text.size()) * 0x9E3779B97F4A7C15u) >>
                                    (64 - kSlotBits));
  }

  Dictionary& dictionary_;
  std::array<Slot, std::size_t{1} << kSlotBits> slots_;
};

}  // namespace trede
