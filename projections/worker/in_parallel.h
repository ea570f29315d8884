// The same work on many things, on a few threads.
#pragma once

#include <cstddef>
#include <functional>

#include "engine/base/result.h"

namespace trede {

// Calls `work` once with each of 0..count-1, in that order but several at once: give what takes
// longest first. The calling thread takes part; with one thing there is no other.
// Errors: those of `work`; of several the one of the lowest number, when all were called.
Status in_parallel(std::size_t count, const std::function<Status(std::size_t)>& work);

}  // namespace trede
