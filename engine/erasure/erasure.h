// Erasing a dossier, or its notes about verzuim, from everything that is ours but the log: keys and
// sealed data of the vault, the KEY, and the copies that are known of.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/backup/copies.h"
#include "engine/base/clock.h"
#include "engine/log/data_folder.h"
#include "engine/vault/erasures.h"

namespace trede {

struct ErasureRequest {
  std::vector<StreamId> dossiers;
  std::vector<StreamId> verzuim;  // only their notes about verzuim
};

// The steps, in order. A crash after any of them, or within one, leaves a state that
// finish_erasures completes: each can be done again, and the register says what was begun.
enum class ErasureStep {
  kEntered,        // in the register: from here on it is done, whatever happens
  kKeysDestroyed,  // of the vault: nobody can open the sealed data any more
  kSealedRemoved,
  kKeysForgotten,  // the KEYs of the dossiers
  kCopiesReached,  // the backups that are known of and can be reached
  kFinished,
};

struct ErasureOutcome {
  std::uint64_t dossiers = 0;
  std::uint64_t verzuim = 0;
  std::uint64_t persons = 0;
  std::vector<CopyOutcome> copies;  // of the data folder, reached or not
};

// What was entered and not finished: a crash cut it short, or another process is at it.
// Errors: kCorrupt, kIo.
Result<std::vector<ErasureEntry>> begun_erasures(DataFolder& folder);

// For tests: called after each step.
using ErasureWatch = std::function<void(ErasureStep)>;

// A copy that cannot be reached is no error: it is remembered, and named in the outcome.
// Erases what is asked, and all that an earlier call began and a crash cut short. Events stay.
// Requires: a folder opened for writing.
// Errors: kLocked, kCorrupt, kIo: what was begun is completed by the next call.
// Durable: on return.
Result<ErasureOutcome> erase(DataFolder& folder, const ErasureRequest& request, const Clock& clock,
                             const ErasureWatch& watch = {});
// Completes what was begun; nothing begun is no error.
Result<ErasureOutcome> finish_erasures(DataFolder& folder, const Clock& clock,
                                       const ErasureWatch& watch = {});

// What is wrong with the vault of `folder` (find_vault_flaws), and the KEYs that are there of
// dossiers whose erasure is done. One line each, ids only. Errors: kLocked, kIo.
Result<std::vector<std::string>> find_person_flaws(DataFolder& folder);

}  // namespace trede
