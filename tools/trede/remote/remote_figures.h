// Figures that a server answers.
#pragma once

#include <memory>

#include "tools/trede/figures.h"

namespace trede::tool {

// Reads the token; asks nothing yet. Requires: a source that was checked and is a server.
Outcome<std::unique_ptr<FigureSource>> open_remote_figures(const SourceOptions& source);

}  // namespace trede::tool
