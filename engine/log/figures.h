// How the databases of a data folder do, in numbers, for who watches over them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "engine/base/distribution.h"
#include "engine/log/data_folder.h"

namespace trede {

// Of one database, at this moment, as RocksDB says.
struct DatabaseFigures {
  std::string name;        // of its folder
  std::uint64_t keys = 0;  // about
  std::uint64_t memtable_bytes = 0;
  std::uint64_t table_bytes = 0;               // of table files that are in use
  std::uint64_t compaction_pending_bytes = 0;  // about; to be written anew before all is in order
  std::uint64_t write_ahead_bytes = 0;         // on disk, with the room ahead of the logs
  bool is_slowed = false;                      // writes wait for what is behind
  bool is_stopped = false;
  std::uint64_t background_errors = 0;  // since it was opened
};

// What the write-ahead logs of a database take on the disk.
std::uint64_t write_ahead_bytes_in(const std::filesystem::path& path);

// `ask` tells the number that RocksDB has under a name, of all column families together.
DatabaseFigures database_figures(const std::filesystem::path& path,
                                 const std::function<std::uint64_t(const char* property)>& ask);

struct LogFigures {
  // Since the folder was opened. An append: from the call until it is on disk and published, of
  // those that were acknowledged. Imports are no appends.
  DistributionCounts append_seconds;
  DistributionCounts group_events;      // that went into one write together
  DistributionCounts sync_seconds;      // of the write-ahead log of `log/`
  DatabaseFigures database;             // `log/`
  std::uint64_t block_cache_bytes = 0;  // of `log/` and `keys/` together
  std::string refuses = {};             // why it refuses appends now; empty = it takes them
};

// Requires: `folder` was opened for writing, and is not closed. Threads: any.
LogFigures figures_of(DataFolder& folder);

}  // namespace trede
