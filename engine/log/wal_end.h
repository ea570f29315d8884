// Where a write-ahead log of RocksDB ends that has room ahead: zeros set aside behind what is
// written, so that a sync need not write the size of the file as well.
#pragma once

#include <cstddef>
#include <string_view>

namespace trede {

// How many of `bytes`, a whole file, were written. Behind them stand nothing, zeros, or the remains
// of the one write that a crash tore: parts of it that never came on the disk, which read as zeros,
// and others that did. What cannot come from a torn write is damage: it is left within the answer,
// for RocksDB to refuse.
// Requires: each write to the log was synced before the next began.
std::size_t find_wal_end(std::string_view bytes);

}  // namespace trede
