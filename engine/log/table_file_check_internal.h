// One table file against the checksum that RocksDB took of all its bytes when it wrote them, a
// share at a time.
#pragma once

#include <rocksdb/file_checksum.h>

#include <memory>

#include "engine/log/descriptor.h"
#include "engine/log/rocks_db_internal.h"

namespace trede {

// Reads past the page cache where the file system lets it: what memory still holds of a file says
// nothing about the disk, and the cache is for those who ask. Threads: one.
class TableFileCheck {
 public:
  // Errors: kNotFound when it is gone; kIo.
  static Result<std::unique_ptr<TableFileCheck>> open(const TableFile& file);

  // Reads `bytes` more at most (at least a few). Returns: whether that was the last of them.
  // Errors: kCorrupt  they are not the bytes that were written;  kIo  it cannot be read.
  Result<bool> read(std::uint64_t bytes);

 private:
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  TableFileCheck(const TableFile& file, int descriptor);
  Result<bool> compare();

  TableFile file_;
  Descriptor descriptor_;
  std::unique_ptr<rocksdb::FileChecksumGenerator> checksum_;
  std::unique_ptr<char, Free> buffer_;  // aligned, for reading past the cache
};

}  // namespace trede
