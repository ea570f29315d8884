// The set of a backup: what stands in it as it was at the last run, beside the log that only grows:
// the reports of the organisation, the sealed vault, the signed checkpoint, and STATE. One set, so
// that an erasure reaches all there is; a new one is made whole before the old one goes.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "engine/backup/state.h"

namespace trede {

struct BackupSet {
  std::filesystem::path path;  // DIR/set/N
  std::uint64_t number = 0;
  BackupState state;
};

// The set of the backup `dir`; absent when no run has ended yet.
// Errors: kCorrupt when STATE is damaged or missing;  kIo.
Result<std::optional<BackupSet>> find_set(const std::filesystem::path& dir);

// Makes the next set of `dir`: `fill` puts its files into the empty folder that it is given, and
// `state.files` follows from them. Then the sets before it are removed. Durable: on return.
// Returns: `state` with its files.
// Errors: those of `fill`, kIo; the set before stands, and the new one may besides.
using FillSet = std::function<Status(const std::filesystem::path& folder)>;
Result<BackupState> put_set(const std::filesystem::path& dir, BackupState state,
                            const FillSet& fill);

// What of the files of `set` is not as STATE says, one line each.
Result<std::vector<std::string>> verify_set(const BackupSet& set);

// Copies the files below `from`, if it is there, to `to`, and syncs them. Errors: kIo.
Status copy_files(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace trede
