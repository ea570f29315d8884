// What can be seen to be wrong with a vault and the register of erasures by who has no master key.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"

namespace trede {

// Looks through the files of the vault of `data`, of the log `log`, beside who writes them: their
// pages, that each person and each kind of note has its key and each key something it opens, that
// nothing is there without a dossier, and that nothing is left of what the register says was
// erased. Whether sealed data open is for Vault::verify to say.
// Returns: one line per finding, ids only; nothing for a folder without a vault.
// Errors: kLocked  another process wrote for longer than one waits;  kIo.
Result<std::vector<std::string>> find_vault_flaws(const std::filesystem::path& data,
                                                  const Uuid& log);

}  // namespace trede
