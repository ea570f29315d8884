// What is still to be recorded, by moment. Most acts lie far ahead, so they wait unsorted with
// their day, and only the current day is kept in order.
#pragma once

#include <cstddef>
#include <vector>

#include "tools/simulate/act.h"

namespace trede::simulate {

// Threads: one.
class Agenda {
 public:
  // For the days [first, last]. Requires: first <= last.
  Agenda(int first, int last);

  // Takes `act` in; an act after the last day is left out. Requires: a moment not before that of
  // the last act that was taken.
  // Returns: whether it is on the agenda.
  bool add(const Act& act);

  // The earliest act; null when there is none. Valid until the next call.
  const Act* find_next();
  // Requires: find_next() is not null.
  Act take();

 private:
  int first_;
  std::size_t today_ = 0;               // in days since first_
  std::vector<std::vector<Act>> days_;  // that of today is a heap
};

}  // namespace trede::simulate
