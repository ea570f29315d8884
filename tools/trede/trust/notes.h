// What the commands about proofs have in common: keys and checkpoints as files, and the log of a
// folder as it signs.
#pragma once

#include <optional>
#include <string>

#include "engine/log/data_folder.h"
#include "engine/log/signing_key_file.h"
#include "engine/trail/trail.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"

namespace trede::tool {

// At most; a checkpoint has a few hundred bytes, a proof some kilobytes.
inline constexpr std::size_t kNoteBytesMax = 32 << 20;

// A file of the caller, whole. Errors: exit status 2 when it cannot be read or is longer.
Outcome<std::string> load_file(const std::string& path, std::size_t bytes_max);
inline Outcome<std::string> load_note(const std::string& path) {
  return load_file(path, kNoteBytesMax);
}

// `--key`: a file with a public key, or the key itself. Errors: exit status 2.
Outcome<VerifierKey> load_verifier(const std::string& key);

// The key with which the folder signs. Errors: exit status 1 when it has none, and says what to do.
Outcome<SigningKey> load_signing_key(DataFolder& folder);

// `--key` when given, else the public half of the folder's own.
Outcome<VerifierKey> verifier_for(const std::optional<std::string>& key, DataFolder& folder);

// `trail COUNT HASH`: the head of the audit trail, as a line of a checkpoint; and what it says.
// Errors: exit status 2 when it is no such line.
std::string trail_extension(const TrailHead& head);
Outcome<std::optional<TrailHead>> find_trail_head(const Checkpoint& checkpoint);

// The head of the log at `until` with that of the audit trail, so that neither can be cut.
// Errors: those of checkpoint_at and load_trail_head.
Result<Checkpoint> accounted_head(DataFolder& folder, Position until, const Clock& clock);

// To `path`, whole or not at all, or to standard output when absent.
Outcome<> write_result(const std::optional<std::string>& path, std::string_view text,
                       Context& context);

}  // namespace trede::tool
