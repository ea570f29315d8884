// Where the fold of a stream stood lately, so that what is recorded late is folded from there and
// not from the beginning: most of it is late by a few events only.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "engine/dossier/fold.h"

namespace trede {

// What held when `day` began.
struct FoldMark {
  Day day;
  State before;
};

// Threads: one. Invariant: the days rise.
class FoldMarks {
 public:
  void clear() { size_ = 0; }

  // Remembers what held when `day` began; the oldest gives way. Requires: a day after all others.
  void add(Day day, const State& before) {
    if (size_ == marks_.size()) {
      forget(0, 1);
    }
    marks_[size_].day = day;
    marks_[size_].before = before;
    ++size_;
  }

  // The last one up to and including `day`; null when there is none.
  const FoldMark* find(Day day) const {
    for (std::size_t i = size_; i > 0; --i) {
      if (marks_[i - 1].day <= day) return &marks_[i - 1];
    }
    return nullptr;
  }

  // Forgets those of days in (first, last].
  void forget(Day first, Day last) {
    std::size_t from = 0;
    while (from < size_ && marks_[from].day <= first) ++from;
    std::size_t to = from;
    while (to < size_ && marks_[to].day <= last) ++to;
    forget(from, to);
  }

 private:
  static constexpr std::size_t kMost = 4;

  // Swapped, not destroyed: the room that a state has is used again.
  void forget(std::size_t from, std::size_t to) {
    if (from == to) return;
    for (; to < size_; ++from, ++to) std::swap(marks_[from], marks_[to]);
    size_ = from;
  }

  std::array<FoldMark, kMost> marks_;
  std::size_t size_ = 0;
};

}  // namespace trede
