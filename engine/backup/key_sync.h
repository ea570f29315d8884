// The one current copy of the key directory that a backup has: which KEYs came and which went.
#pragma once

#include <vector>

#include "engine/log/key_directory.h"

namespace trede {

struct KeyDifference {
  std::vector<KeyEntry> added;
  std::vector<StreamId> gone;  // erased, or with another KEY now
};

// What must change in `kept` to be as `live`. Errors: those of both.
Result<KeyDifference> compare_keys(const KeyDirectory& live, const KeyDirectory& kept);

}  // namespace trede
