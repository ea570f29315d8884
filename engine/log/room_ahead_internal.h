// A file system for RocksDB that gives write-ahead logs room ahead. A sync of a file that has grown
// writes its inode too, or waits for the journal of the file system, and costs half as much again
// as one of a file that has the same size as before.
#pragma once

#include <rocksdb/env.h>

#include <filesystem>
#include <memory>
#include <string>

#include "engine/base/distribution.h"

namespace trede {

// `base` as it is, but for files `*.log`: written ones are made longer ahead of what is written, a
// little at a time, and cut to their length when they are closed; where that fails they grow as
// they would. Read ones end where they were written to (find_wal_end).
// How long each sync of a written one took is added to `sync_seconds`.
// Requires: each write is synced before the next begins. `base` outlives the answer.
std::unique_ptr<rocksdb::Env> with_room_ahead(rocksdb::Env& base,
                                              std::shared_ptr<Distribution> sync_seconds);

// The length of a write-ahead log as far as two states of one that is written tell apart: its size,
// and where within the room ahead the zeros begin.
std::string wal_length_text(const std::filesystem::path& file);

}  // namespace trede
