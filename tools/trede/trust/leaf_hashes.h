// The hashes of all events up to a checkpoint, as a file beside it: with it an auditor sees exactly
// which events were altered since, without keeping the events.
#pragma once

#include <string>
#include <vector>

#include "engine/ledger/checkpoint.h"
#include "engine/log/event_log.h"
#include "tools/trede/failure.h"
#include "tools/trede/output.h"

namespace trede::tool {

// Writes `trede leaf hashes 1`, the number of events, each on a line, and 32 bytes an event.
// Errors: kCorrupt when the events do not give the tree head that the log has of them;  those of
//         reading.
Status write_leaf_hashes(const EventLog& log, const TreeHead& head, Output& out);

// The hashes in the file, which are those of `head`: they give its tree head.
// Errors: exit status 2 when it is no such file, or of another checkpoint.
Outcome<std::vector<Hash>> load_leaf_hashes(const std::string& path, const TreeHead& head);

}  // namespace trede::tool
