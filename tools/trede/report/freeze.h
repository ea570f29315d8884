// Laying a report down.
#pragma once

#include <string>

#include "engine/log/data_folder.h"
#include "projections/reports/desk.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"

namespace trede::tool {

// Records rapport_vastgesteld with the figures of `worked`. Requires: a folder opened for writing.
// Errors: a Dutch sentence when it was laid down already; nothing is recorded then.
Outcome<> record_vaststelling(const WorkedOut& worked, const std::string& actor, DataFolder& folder,
                              Context& context);

}  // namespace trede::tool
