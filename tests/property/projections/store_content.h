// What a stored generation holds, in words: the same whatever numbers its cells and strings have.
#pragma once

#include <string>
#include <vector>

#include "projections/store/store.h"

namespace trede::test {

// One line per row, sorted: table, codes, position, day and weights. Throws when it cannot be read.
std::vector<std::string> content_of(const StoredGeneration& stored);

}  // namespace trede::test
