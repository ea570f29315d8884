// FORMAT, the file that says whose a folder is and how it is to be read:
//
//   trede data folder
//   format 1
//   identity 0197c3d4-...            the log's identity
//
// The first two lines keep this form for ever, so that an older program can name a newer format.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/ids.h"
#include "engine/base/result.h"

namespace trede {

inline constexpr int kFormat = 1;

std::string format_text(const Uuid& identity);

// The identity of the data folder `folder`.
// Errors: kNotFound  there is no such folder;  kInvalid  it is not ours;
//         kNewer     its format is newer than this program;
//         kCorrupt   the file is damaged;  kIo.
Result<Uuid> load_format(const std::filesystem::path& folder);

}  // namespace trede
