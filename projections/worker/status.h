// What the worker tells of itself and of what it found.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/ids.h"

namespace trede {

struct ProjectionStatus {
  Position position;             // up to where the store on disk stands
  std::uint64_t generation = 0;  // 0 = there is no store yet
  std::string stopped;           // why it makes no progress; empty when it does
};

// What verify found, one line each.
using Findings = std::vector<std::string>;

// (done, total) of long work, in events.
using Progress = std::function<void(std::uint64_t, std::uint64_t)>;

}  // namespace trede
