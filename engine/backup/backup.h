// A backup: a folder in which the log of a data folder is kept behind, with what belongs to it.
// README.md describes what is in it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/backup/state.h"
#include "engine/log/data_folder.h"

namespace trede {

struct BackupRun {
  std::uint64_t added = 0;  // events
  std::uint64_t keys_added = 0;
  std::uint64_t keys_erased = 0;
  bool is_signed = false;  // the set has a checkpoint with a signature
  BackupState state;
  std::vector<std::string> notes;  // what was not done, and the backup is good all the same
  std::string trail_finding;       // why the audit trail was not taken over; empty when it was
};

struct BackupOptions {
  std::filesystem::path dir;
  // Where a copy of the vault's wrapped keys goes, a place of its own; empty = none is made.
  std::filesystem::path key_dir = {};
  std::function<void(std::uint64_t, std::uint64_t)> progress = {};  // events done and in all
};

// Brings the backup in `options.dir` up to what `live` holds now, and makes it when the folder is
// not there or empty. May run beside a writer of `live`, which is not changed.
// Returns: what was added, when all of it is on disk.
// Errors (each names the folder; the backup is as it was, or has the new events besides):
//   kInvalid  `dir` is something else, or the backup of another log; lies in the data folder or
//             around it; is of another epoch, or ahead of `live`: one of the two was put back;
//   kCorrupt  one of both is damaged, or they have other events at one positie;
//   kLocked   another run is under way;  kIo.
Result<BackupRun> back_up(DataFolder& live, const BackupOptions& options, const Clock& clock);

// Whether `inner` is `outer` or lies below it, links resolved.
bool is_within(const std::filesystem::path& inner, const std::filesystem::path& outer);

// The events of `from` after the last of `to`, up to `until`: whole or not at all. They must give
// the tree head that `from` has there. Durable: on return. Errors: kCorrupt, kIo; nothing is added.
struct EventCopy {
  const EventLog& from;
  EventLog& to;
  Position until;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress;
};
Status copy_events(const EventCopy& copy, const std::function<Status()>& before_commit = {});

}  // namespace trede
