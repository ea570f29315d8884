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
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"

namespace trede {

inline constexpr int kFormat = 1;

// Folders of one form, told apart by the name and the first line of this file, so that none of them
// is taken for another.
enum class FolderKind {
  kLive,       // FORMAT: a data folder
  kBackup,     // BACKUP: what `trede backup` keeps
  kRestoring,  // RESTORE: a data folder to be, while it is put back from a backup
};

// The name of the file.
std::string_view format_file(FolderKind kind);
std::string format_text(const Uuid& identity, FolderKind kind = FolderKind::kLive);

// The identity of the folder `folder`.
// Errors: kNotFound  there is no such folder;  kInvalid  it is not ours;
//         kNewer     its format is newer than this program;
//         kCorrupt   the file is damaged;  kIo.
Result<Uuid> load_format(const std::filesystem::path& folder, FolderKind kind = FolderKind::kLive);

}  // namespace trede
