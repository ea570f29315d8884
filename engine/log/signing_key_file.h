// The key that signs the checkpoints of a data folder: the file `signing.key` in it, for the eyes
// of its owner alone. No backup carries it.
#pragma once

#include <filesystem>
#include <optional>

#include "engine/ledger/checkpoint.h"
#include "engine/log/event_log.h"
#include "engine/log/finding_list.h"

namespace trede {

// Absent when the folder has none: made before there were keys, or put back from a backup.
// Errors: kInvalid when what is there is no key, or that of another log than `identity`, or when
//         others than its owner may read or write it: as long as they may, it proves nothing;  kIo.
Result<std::optional<SigningKey>> find_signing_key(const std::filesystem::path& folder,
                                                   const Uuid& identity);

// Makes the key of a folder. Durable: on return; it is there whole or not at all.
// Errors: kInvalid when it has one already: a checkpoint of another key is one of another signer;
//         kIo.
// Threads: any; of several processes at once one makes it, and the others find that it is there.
Result<SigningKey> make_signing_key(const std::filesystem::path& folder, const Uuid& identity,
                                    RandomSource& random);

// Adds to `findings` when the folder has a key that cannot be used. A folder may have none, and the
// key is no business of a user who may not read it: neither is a finding.
void check_signing_key(const std::filesystem::path& folder, const Uuid& identity,
                       FindingList& findings);

// The head of `log` at `position`, unsigned, with when it was recorded: `vastgelegd_op MOMENT`.
// Errors: kInvalid beyond the last position; those of reading.
Result<Checkpoint> checkpoint_at(const EventLog& log, Position position);

}  // namespace trede
