// Which event ids were certainly not seen, in two bytes for each one that was.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/ids.h"

namespace trede {

// A Bloom filter that grows: when it is full a larger one takes what comes next. Each looks at one
// word only, so that asking costs one place in memory. Of ids that it does not hold it takes about
// one in a hundred for one that it does. Threads: one at a time.
class IdFilter {
 public:
  void add(const EventId& id);
  bool may_hold(const EventId& id) const;

 private:
  static constexpr std::size_t kFirstWords = 1 << 14;  // a power of two
  static constexpr std::size_t kGrowth = 4;            // likewise
  static constexpr std::size_t kIdsPerWord = 4;

  std::vector<std::vector<std::uint64_t>> filters_;  // the last one takes what is added
  std::size_t room_ = 0;                             // in it
};

}  // namespace trede
