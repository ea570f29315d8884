// The log of a process that does not write. Beside a writer it follows what the writer writes.
#pragma once

#include <mutex>

#include "engine/log/anchor.h"
#include "engine/log/table_log_internal.h"

namespace trede {

// Owner: the data folder. Threads: any.
class ReaderLog final : public TableLog {
 public:
  // `folder` is the data folder. Errors: kCorrupt, kIo.
  static Result<std::unique_ptr<ReaderLog>> open(const std::filesystem::path& folder);

  Result<Appended> append(std::span<const StreamAppend> streams,
                          const AppendOptions& options) override;
  Result<LogHead> head() const override;
  Result<std::unique_ptr<StagedImport>> begin_import(const ImportOptions& options) override;
  Status wait_beyond(Position position, std::chrono::milliseconds patience,
                     const std::stop_token& stop) override;

  // Of the key directory, as the anchor knows them.
  std::uint64_t key_changes() const { return key_changes_; }

  // Shows what was written since. Errors: kCorrupt, kIo.
  Status refresh();

 private:
  ReaderLog(std::filesystem::path folder, std::unique_ptr<LogTables> tables,
            const AnchorState& anchor, Position last)
      : TableLog(std::move(tables), anchor.identity, last),
        folder_(std::move(folder)),
        key_changes_(anchor.key_changes) {}

  std::filesystem::path folder_;
  std::uint64_t key_changes_;
  std::mutex mutex_;  // one refresh at a time
};

}  // namespace trede
