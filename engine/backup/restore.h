// Putting a backup back: a new data folder of the same log, in an epoch of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "engine/backup/set.h"
#include "engine/ledger/checkpoint.h"
#include "engine/log/data_folder.h"
#include "engine/trail/entry.h"

namespace trede {

struct RestoreOptions {
  std::filesystem::path dir = {};      // the backup
  std::filesystem::path data = {};     // the folder to be: not there, or empty
  std::filesystem::path key_dir = {};  // a copy of the vault's wrapped keys; may be empty
  // A signed head of this log that somebody kept, and the key to believe it by; without a key that
  // of the backup.
  std::optional<std::string> checkpoint = {};
  std::optional<VerifierKey> key = {};
  std::optional<Position> until = {};  // left out: all that the backup has
  bool accepts_loss = false;           // of what is known to have been acknowledged after that
  // Who puts it back, for the trail of the new folder (kTerugzetten, the positions are filled in):
  // on disk before the folder can be used. Left out: nobody is noted.
  std::optional<TrailEntry> noted = {};
  std::function<void(std::uint64_t, std::uint64_t)> progress = {};
};

struct Restored {
  TreeHead head;
  std::vector<Epoch> epochs;        // the last one is the new one
  std::optional<TreeHead> held_to;  // the furthest head that it was held against
};

// Makes `options.data` of the backup, completely or not at all.
// Errors: kInvalid  something is in the folder already; the backup is none, or no run of it has
//                   ended; the checkpoint is not of this log or not signed by the key;
//                   `until` lies within an append or beyond the backup;
//         kRefused  events that were acknowledged are not in what would be put back: the message
//                   says which, and `accepts_loss` takes it;
//         kCorrupt  the backup is damaged, or has other events than the checkpoint;
//         kLocked   a backup or another restore is under way;  kIo.
Result<Restored> restore(const RestoreOptions& options, const Clock& clock, RandomSource& random);

}  // namespace trede
