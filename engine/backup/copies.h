// Where the copies of a data folder stand, so that an erasure reaches them:
// DATA/copies/copies.sqlite has the places of its backups and of copies of its wrapped keys, and
// what is still to be erased in a place that could not be reached. Ids only.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/vault/erasures.h"

namespace trede {

enum class CopyKind : std::uint8_t { kBackup = 1, kKeys = 2 };  // stored numbers

struct CopyPlace {
  CopyKind kind = CopyKind::kBackup;
  std::filesystem::path path;
};

// The places noted for the data folder `data`, sorted. Errors: kCorrupt, kIo, kLocked.
Result<std::vector<CopyPlace>> load_places(const std::filesystem::path& data);

// What waits to be erased, up to now: to be asked before a copy is made anew, and handed to
// note_place when it is there. 0 when nothing waits, or nothing can be read.
std::uint64_t waiting_until(const std::filesystem::path& data);
// Notes that a copy of `data` stands at `place`, made anew: what waited for it up to `waiting` is
// done with. Durable: on return. Errors: kIo, kLocked, kCorrupt.
Status note_place(const std::filesystem::path& data, const CopyPlace& place, std::uint64_t waiting);

struct Erasure {
  std::vector<StreamId> streams;  // whose KEY goes
  VaultErasure vault;
};

struct CopyOutcome {
  CopyPlace place;
  std::string why_not;  // empty when it was reached, and all that waited for it is gone there
};

// Erases in every copy of `data`: the bytes are gone there when it returns. What cannot be reached,
// because the disk is away or a backup is under way, is remembered and erased by the next call, or
// gone when the next backup into that place ends. Nothing to erase: only what still waits.
// Errors: kIo, kLocked, kCorrupt of the list itself; then nothing was erased in a copy.
// Durable: on return.
Result<std::vector<CopyOutcome>> erase_in_copies(const std::filesystem::path& data,
                                                 const Erasure& erasure, const Clock& clock);

// For the backup: the list as a file in `folder`, and the vault's sealed data and register without
// any key. What is not there is not copied. Errors: kIo, kCorrupt, kLocked.
Status copy_places(const std::filesystem::path& data, const std::filesystem::path& folder);
Status copy_vault(const std::filesystem::path& data, const std::filesystem::path& folder);
// The one current copy of the wrapped keys, in a folder of its own that is made.
// Errors: kInvalid when there are keys of another log, or something else.
Status copy_vault_keys(const std::filesystem::path& data, const std::filesystem::path& folder);
// The other way round, into a folder that is being restored, and then erases what the register of
// erasures knows: also what a copy was not reached for.
Status restore_vault(const std::filesystem::path& set, const std::filesystem::path& key_dir,
                     const std::filesystem::path& data, const Uuid& log);

}  // namespace trede
