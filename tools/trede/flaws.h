// What of a folder can be seen to be wrong, beyond the bytes of its log (engine/log/verify.h).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/log/event_log.h"
#include "projections/projections.h"

namespace trede::tool {

// Whether the rules would let stand what stands in the log: a line for each event that cannot,
// `positie N: why`. `progress`: streams done and in all. Errors: those of the log.
Result<std::vector<std::string>> find_dossier_flaws(
    const EventLog& log, const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

// Whether the reports that were laid down can be read: later ones start from them.
// Errors: kIo; what else keeps one from being read is a line.
Result<std::vector<std::string>> find_report_flaws(const EventLog& log, Projections& projections);

}  // namespace trede::tool
