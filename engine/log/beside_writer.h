// Reading a database that another process may be writing: its files come and go meanwhile.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/base/result.h"

namespace trede {

// Runs `read` until it succeeds, or fails while nothing in `database` changed: a file that is gone
// only because the writer replaced it is no damage. Gives up after half a minute of change.
// Errors: those of `read`; kIo when it gave up.
Status read_beside_writer(const std::filesystem::path& database,
                          const std::function<Status()>& read);

// Makes sure that what was read of the writer's write-ahead log is on disk, so that nothing is
// shown that could still be lost. Errors: kIo.
Status sync_write_ahead_logs(const std::filesystem::path& database);

// What tells whether anything in `database` changed: its files and their sizes.
std::string stamp_of(const std::filesystem::path& database);

}  // namespace trede
