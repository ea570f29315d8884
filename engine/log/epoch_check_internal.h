// Whether the epochs that a log tells of are those of its events.
#pragma once

#include "engine/log/event_log.h"
#include "engine/log/finding_list.h"

namespace trede {

// Adds a finding for each epoch that began with other events than the log has. What an epoch began
// with and a later one did without is not looked for. Errors: those of reading.
Status check_epochs(const EventLog& log, FindingList& findings);

}  // namespace trede
