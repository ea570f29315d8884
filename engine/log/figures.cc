#include "engine/log/figures.h"

#include "engine/base/check.h"
#include "engine/log/folder_internal.h"

namespace trede {

namespace fs = std::filesystem;

std::uint64_t write_ahead_bytes_in(const fs::path& path) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    std::error_code gone;  // meanwhile
    const auto size = it->path().extension() == ".log" ? it->file_size(gone) : 0;
    if (!gone) bytes += size;
  }
  return bytes;
}

DatabaseFigures database_figures(const fs::path& path,
                                 const std::function<std::uint64_t(const char* property)>& ask) {
  return {.name = path.filename().string(),
          .keys = ask("rocksdb.estimate-num-keys"),
          .memtable_bytes = ask("rocksdb.cur-size-all-mem-tables"),
          .table_bytes = ask("rocksdb.live-sst-files-size"),
          .compaction_pending_bytes = ask("rocksdb.estimate-pending-compaction-bytes"),
          .write_ahead_bytes = write_ahead_bytes_in(path),
          .is_slowed = ask("rocksdb.actual-delayed-write-rate") != 0,
          .is_stopped = ask("rocksdb.is-write-stopped") != 0,
          .background_errors = ask("rocksdb.background-errors")};
}

LogFigures figures_of(DataFolder& folder) {
  auto* const opened = dynamic_cast<RocksFolder*>(&folder);
  auto* const log = opened == nullptr ? nullptr : dynamic_cast<RocksLog*>(&opened->log());
  TREDE_CHECK(log != nullptr, "figures are of a folder that was opened for writing");
  return log->figures();
}

}  // namespace trede
