// The organisation's own strings (gemeente, werkcoach, afdeling, ...) as numbers.
#pragma once

#include <deque>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "projections/cube/schema.h"

namespace trede {

// Numbers strings from 1 in the order in which they are first seen; `onbekend` and "" are zero, for
// an absent value and one that is called so are one row. Only grows. Threads: any.
class Dictionary {
 public:
  // The number of `text`, a new one when it has none.
  Code intern(std::string_view text);
  std::optional<Code> find(std::string_view text) const;
  // Requires: a number from this dictionary. The view lives as long as the dictionary.
  std::string_view text(Code code) const;
  // The highest number in use.
  Code size() const;

 private:
  mutable std::shared_mutex mutex_;
  std::deque<std::string> texts_;  // number - 1; never moves its elements
  std::unordered_map<std::string_view, Code> codes_;
};

}  // namespace trede
