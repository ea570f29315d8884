// What a bundle tells, in plain Dutch, to whoever opens it.
#pragma once

#include <string>

#include "projections/evidence/evidence.h"

namespace trede::tool {

// Lines of at most 100 characters, each ends in a line feed.
std::string readme_text(const Evidence& evidence, const Checkpoint& checkpoint);

}  // namespace trede::tool
