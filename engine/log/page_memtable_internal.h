// A memtable for RocksDB whose keys come in no order: sorted pages instead of a skip list, whose
// every step goes to another place in memory. Putting a random key among a hundred thousand takes a
// quarter of the time, and two of the three keys of an event are random.
#pragma once

#include <rocksdb/memtablerep.h>

#include <memory>

namespace trede {

// For families with the usual order of bytes, in a database that one thread at a time writes to
// (RocksOptions::one_writer).
std::shared_ptr<rocksdb::MemTableRepFactory> page_memtables();

}  // namespace trede
