// Small files of a data folder: read and written whole, on disk when it says so.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace trede {

// An Error kIo that names `path` and says what the system said.
Error io_error(const std::filesystem::path& path, int system_error);

// Errors: kNotFound when there is no such file;  kIo.
Result<std::string> read_file(const std::filesystem::path& path);

// Writes a file that must not be there yet, and syncs it; `mode` says who may read it, as far as
// the umask allows. Errors: kIo; then it is not there.
Status write_new_file(const std::filesystem::path& path, std::string_view bytes,
                      unsigned mode = 0666);

// Syncs a file or folder opened for reading. Errors: kNotFound, kIo.
Status sync_path(const std::filesystem::path& path);

}  // namespace trede
