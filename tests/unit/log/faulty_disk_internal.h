// A disk for RocksDB that fails when a test says so.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

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

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* context) override {
    std::unique_ptr<rocksdb::FSWritableFile> real;
    auto status = target()->NewWritableFile(name, options, &real, context);
    if (!status.ok()) return status;
    if (name.ends_with(".log")) {
      *file = std::make_unique<Log>(std::move(real), fault_);
    } else {
      *file = std::move(real);
    }
    return status;
  }

 private:
  class Log final : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    Log(std::unique_ptr<rocksdb::FSWritableFile> file, const std::atomic<Fault>& fault)
        : FSWritableFileOwnerWrapper(std::move(file)), fault_(fault) {}

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* context) override {
      if (fault_ != Fault::kNoSpace) {
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
      if (fault_ == Fault::kSync) return rocksdb::IOStatus::IOError("injected");
      return FSWritableFileOwnerWrapper::Sync(options, context);
    }

   private:
    const std::atomic<Fault>& fault_;
  };

  std::atomic<Fault> fault_ = Fault::kNone;
};

}  // namespace trede::test
