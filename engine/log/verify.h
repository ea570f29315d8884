// The whole check of a log: everything that is stored against everything it must agree with.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/log/data_folder.h"
#include "engine/log/finding_list.h"

namespace trede {

// Checks, up to the last position when it begins:
//  - every file of the tables against its checksums;
//  - every event: that it is there and decodes, its positie, versie and moment (strictly rising),
//    that its atomic append is whole, its hash against the tree;
//  - the tree against the head and the anchor, and both slots of the anchor;
//  - the indexes of ids and streams, both ways: nothing missing, nothing extra, no hole;
//  - the key directory: both ways, and as many as were assigned and not erased;
//  - the key that signs checkpoints, where there is one.
// Calls `progress` (may be empty) with events done and in all. May run beside a writer.
// Returns: what is wrong, one line each (kFindingsMax), naming what and where; empty when all is
//          well.
// Errors:  kIo, kCorrupt when it cannot go on reading.
Result<std::vector<std::string>> verify_log(
    DataFolder& folder, const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

}  // namespace trede
