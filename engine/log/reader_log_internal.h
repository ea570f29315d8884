// The log of a process that does not write. Beside a writer it shows, at each refresh, what the
// writer has on disk.
#pragma once

#include <functional>
#include <mutex>

#include "engine/log/anchor.h"
#include "engine/log/table_log_internal.h"

namespace trede {

// Owner: the data folder. Threads: any.
//
// It opens the tables anew for each refresh: RocksDB's own way of following a writer (a secondary
// instance) goes on without a word when table files are missing, and tolerates what a start of the
// writer would refuse.
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
  std::shared_ptr<const LogTables> tables() const override;

  // Called after each refresh that found something, with the changes of the key directory.
  using OnRefresh = std::function<Status(std::uint64_t key_changes)>;
  void on_refresh(OnRefresh hook) { on_refresh_ = std::move(hook); }

  // Shows what was written since. Errors: kCorrupt, kIo; then it shows what it showed.
  Status refresh();

  // Of the key directory, as the anchor knew them at the last refresh.
  std::uint64_t key_changes() const { return key_changes_; }
  std::uint64_t epoch() const { return epoch_; }

 private:
  // One look at the folder, whole and checked.
  struct View {
    std::string stamp;  // of the tables' folder just before
    AnchorState anchor;
    std::shared_ptr<const LogTables> tables;
    Position last;  // may be shown
  };
  static Result<View> look(const std::filesystem::path& folder);

  ReaderLog(std::filesystem::path folder, View view)
      : TableLog(view.anchor.identity, view.last),
        folder_(std::move(folder)),
        epoch_(view.anchor.epoch),
        key_changes_(view.anchor.key_changes),
        stamp_(std::move(view.stamp)),
        tables_(std::move(view.tables)) {}

  std::filesystem::path folder_;
  std::uint64_t epoch_;  // of a log in its place
  OnRefresh on_refresh_;
  std::mutex refresh_mutex_;  // one refresh at a time
  std::atomic<std::uint64_t> key_changes_;
  std::string stamp_;
  mutable std::mutex mutex_;  // over what follows
  std::shared_ptr<const LogTables> tables_;
};

}  // namespace trede
