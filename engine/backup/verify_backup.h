// The whole check of a backup: everything in it, against what it must agree with.
#pragma once

#include <functional>

#include "engine/backup/set.h"
#include "engine/log/data_folder.h"

namespace trede {

struct BackupCheck {
  std::vector<std::string> findings;  // one line each; empty when all is well
  std::optional<BackupState> state;   // of the last run that ended
  TreeHead head;                      // of the log that it holds; beyond it after a run cut off
  std::vector<Epoch> epochs;
};

// Reads all of the backup `dir`: its log, KEYs and anchor as verify_log does, the audit trail, and
// the set with its checkpoint. Changes nothing. `progress` (may be empty) gets events done and in
// all.
// Errors: as DataFolder::open_copy; kCorrupt, kIo when it cannot go on reading.
Result<BackupCheck> verify_backup(
    const std::filesystem::path& dir, const Clock& clock,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

}  // namespace trede
