// The anchor against the log that it stands for.
#pragma once

#include <filesystem>

#include "engine/log/finding_list.h"
#include "engine/log/table_log_internal.h"

namespace trede {

// Whether both slots can be read, and what the anchor knows of is what stands in the log: as many
// events at least, and the same hashes in the tree. That the tree is that of the events is for
// EventCheck. A slot that its writer is busy with is looked at again.
// Errors: kIo when the log cannot be refreshed.
Status check_anchor(TableLog& log, const std::filesystem::path& anchor, FindingList& findings);

}  // namespace trede
