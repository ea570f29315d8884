// A disk for RocksDB that fails, or keeps a sync waiting, when a test says so; and a log on it.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "engine/log/open_check_internal.h"
#include "engine/log/rocks_log_internal.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {

enum class Fault {
  kNone,
  kSync,     // a sync of the write-ahead log fails
  kNoSpace,  // half of a write to it comes on the disk, then there is no space
};

// Threads: any.
class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  static const char* kClassName() { return "FaultyFileSystem"; }
  const char* Name() const override { return kClassName(); }

  void fail_with(Fault fault) { fault_ = fault; }

  // Keeps every sync of the write-ahead log waiting until `release`.
  void hold() {
    const std::lock_guard lock(mutex_);
    is_held_ = true;
  }
  // Returns when a sync waits.
  void wait_until_held() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_held_ && waiting_ > 0; });
  }
  void release() {
    const std::lock_guard lock(mutex_);
    is_held_ = false;
    changed_.notify_all();
  }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    std::unique_ptr<rocksdb::FSWritableFile> real;
    auto status = target()->NewWritableFile(name, options, &real, context);
    if (!status.ok()) return status;
    if (name.ends_with(".log")) {
      *file = std::make_unique<Log>(std::move(real), *this);
    } else {
      *file = std::move(real);
    }
    return status;
  }

 private:
  class Log final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    Log(std::unique_ptr<rocksdb::FSWritableFile> file, FaultyFileSystem& disk)
        : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk) {}

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
      if (disk_.fault_ != Fault::kNoSpace) {
        return FSWritableFileOwnerWrapper::Append(data, options, context);
      }
      const rocksdb::Slice half(data.data(), data.size() / 2);
      const auto written = FSWritableFileOwnerWrapper::Append(half, options, context);
      return written.ok() ? rocksdb::IOStatus::NoSpace("injected") : written;
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo&,
                             rocksdb::IODebugContext* context) override {
      return Append(data, options, context);
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
      disk_.wait_while_held();
      if (disk_.fault_ == Fault::kSync) return rocksdb::IOStatus::IOError("injected");
      return FSWritableFileOwnerWrapper::Sync(options, context);
    }

   private:
    FaultyFileSystem& disk_;
  };

  void wait_while_held() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !is_held_; });
    --waiting_;
  }

  std::atomic<Fault> fault_ = Fault::kNone;
  std::mutex mutex_;  // over what follows
  std::condition_variable changed_;
  bool is_held_ = false;
  int waiting_ = 0;
};

class FaultyDiskTest : public LogTest {
 protected:
  // The log of the folder, on a disk that can be made to fail.
  std::unique_ptr<RocksLog> open_on_faulty_disk() { return open_on_faulty_disk(clock_); }
  std::unique_ptr<RocksLog> open_on_faulty_disk(const Clock& clock) {
    folder_.reset();
    const AnchorFound anchor = value_of(load_anchor(path() / "anchor"));
    auto tables = value_of(LogTables::open(path() / "log", {Access::kWrite, env_.get()}));
    Tail tail = value_of(check_and_load_tail(*tables, anchor.state));
    return std::make_unique<RocksLog>(
        RocksLog::Parts{std::move(tables), anchor.state.identity, std::move(tail),
                        value_of(AnchorWriter::open(path() / "anchor", anchor.sequence)),
                        anchor.state},
        clock);
  }

  std::shared_ptr<FaultyFileSystem> disk_ = std::make_shared<FaultyFileSystem>();
  std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(disk_);
};

}  // namespace trede::test
