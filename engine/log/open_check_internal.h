// What must hold of a log before it is served, whoever opens it.
#pragma once

#include "engine/log/anchor.h"
#include "engine/log/rocks_draft_internal.h"
#include "engine/log/rocks_tables_internal.h"

namespace trede {

// Checks the tables against the identity of the folder and the anchor, and that every event since
// the anchor is there. Reads little: what came after the anchor, and some hundred hashes.
// Returns: the end of the log.
// Errors:  kCorrupt  the head is behind the anchor, the tree differs, or an event is missing; kIo.
Result<Tail> check_and_load_tail(const LogTables& tables, const AnchorState& anchor);

}  // namespace trede
