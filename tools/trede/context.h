// What a command may touch of the world: made by `main`, handed down.
#pragma once

#include <cstdio>

#include "engine/base/clock.h"
#include "tools/trede/output.h"

namespace trede::tool {

struct Context {
  const Clock& clock;
  RandomSource& random;
  Output& out;
  Output& err;
  std::FILE* in;
  bool shows_progress;  // stderr is a terminal
};

}  // namespace trede::tool
