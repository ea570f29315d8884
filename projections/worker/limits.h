// What the read side takes at most, where more than one place has to know.
#pragma once

#include <cstddef>

namespace trede {

// The default of what rollups take in memory: all that the reports ask of some seven million
// events. Of a larger log a report still holds all of its own at once (Projections::prepare).
inline constexpr std::size_t kRollupBytes = std::size_t{640} << 20;

}  // namespace trede
