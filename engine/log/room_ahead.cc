#include <fcntl.h>
#include <rocksdb/file_system.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "engine/log/descriptor.h"
#include "engine/log/files.h"
#include "engine/log/room_ahead_internal.h"
#include "engine/log/wal_end.h"

namespace trede {

namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

// One sync in some thousands of appends pays for it; a nearly full disk does not notice it.
constexpr std::uint64_t kStep = 512 << 10;
// What is written at once and is larger takes long enough for its sync not to matter.
constexpr std::uint64_t kSmallWrite = 64 << 10;
constexpr std::array<char, 64 << 10> kZeros{};

bool is_wal(const std::string& name) { return name.ends_with(".log"); }

class WrittenWal final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WrittenWal(std::unique_ptr<rocksdb::FSWritableFile> file, const std::string& name,
             std::shared_ptr<Distribution> sync_seconds)
      : FSWritableFileOwnerWrapper(std::move(file)),
        file_(::open(name.c_str(), O_WRONLY | O_CLOEXEC)),
        sync_seconds_(std::move(sync_seconds)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* context) override {
    const IOStatus room = make_room(data.size());
    if (!room.ok()) return room;
    return count(data, FSWritableFileOwnerWrapper::Append(data, options, context));
  }
  IOStatus Append(const Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& info, IODebugContext* context) override {
    const IOStatus room = make_room(data.size());
    if (!room.ok()) return room;
    return count(data, FSWritableFileOwnerWrapper::Append(data, options, info, context));
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* context) override {
    const auto begun = std::chrono::steady_clock::now();
    const IOStatus synced = FSWritableFileOwnerWrapper::Sync(options, context);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    sync_seconds_->add(took.count());
    return synced;
  }
  // What failed half way is cut off as well.
  IOStatus Close(const IOOptions& options, IODebugContext* context) override {
    if (room_end_ > written_) {
      const auto cut = Truncate(written_, options, context);
      if (!cut.ok()) return cut;
      room_end_ = 0;
    }
    return FSWritableFileOwnerWrapper::Close(options, context);
  }

 private:
  IOStatus count(const Slice& data, IOStatus appended) {
    if (appended.ok()) written_ += data.size();
    return appended;
  }
  // Sees to it that `size` bytes can be written with zeros behind them. Room is on the disk before
  // anything is written into it: a crash then leaves of each sector what was written or zeros.
  IOStatus make_room(std::uint64_t size) {
    // Where zeros were set aside but not written, the journal of the file system has to hear of
    // what is.
    const bool is_small = size <= kSmallWrite;
    if (!may_make_room_ || written_ + size < (is_small ? zeros_end_ : room_end_))
      return IOStatus::OK();
    const std::uint64_t end = std::max(room_end_, written_ + size + kStep);
    may_make_room_ = ::fallocate(file_.number(), 0, 0, static_cast<off_t>(end)) == 0;
    if (!may_make_room_) return IOStatus::OK();
    room_end_ = end;
    if (is_small) write_zeros(std::max(zeros_end_, written_), end);
    if (::fdatasync(file_.number()) == 0) return IOStatus::OK();
    return IOStatus::IOError("write-ahead log: " + std::generic_category().message(errno));
  }
  // Where it fails, syncs take longer.
  void write_zeros(std::uint64_t from, std::uint64_t to) {
    zeros_end_ = from;
    while (zeros_end_ < to) {
      const std::size_t count = std::min<std::size_t>(kZeros.size(), to - zeros_end_);
      const ssize_t wrote =
          ::pwrite(file_.number(), kZeros.data(), count, static_cast<off_t>(zeros_end_));
      if (wrote <= 0) return;
      zeros_end_ += static_cast<std::uint64_t>(wrote);
    }
  }

  Descriptor file_;
  std::shared_ptr<Distribution> sync_seconds_;
  std::uint64_t written_ = 0;
  std::uint64_t room_end_ = 0;   // what lies between the two reads as zeros
  std::uint64_t zeros_end_ = 0;  // up to here they were written
  bool may_make_room_ = true;    // until it once fails
};

class ReadWal final : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  ReadWal(std::unique_ptr<rocksdb::FSSequentialFile> file, std::uint64_t end)
      : FSSequentialFileOwnerWrapper(std::move(file)), left_(end) {}

  IOStatus Read(std::size_t count, const IOOptions& options, Slice* result, char* scratch,
                IODebugContext* context) override {
    const auto wanted = std::min<std::uint64_t>(count, left_);
    const auto status =
        FSSequentialFileOwnerWrapper::Read(wanted, options, result, scratch, context);
    if (status.ok()) left_ -= result->size();
    return status;
  }
  IOStatus Skip(std::uint64_t count) override {
    const auto skipped = std::min(count, left_);
    left_ -= skipped;
    return FSSequentialFileOwnerWrapper::Skip(skipped);
  }

 private:
  std::uint64_t left_;
};

class FileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FileSystem(const std::shared_ptr<rocksdb::FileSystem>& target,
             std::shared_ptr<Distribution> sync_seconds)
      : FileSystemWrapper(target), sync_seconds_(std::move(sync_seconds)) {}
  static const char* kClassName() { return "RoomAhead"; }
  const char* Name() const override { return kClassName(); }

  IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext* context) override {
    const auto status = target()->NewWritableFile(name, options, file, context);
    if (status.ok() && is_wal(name)) {
      *file = std::make_unique<WrittenWal>(std::move(*file), name, sync_seconds_);
    }
    return status;
  }

  IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                             std::unique_ptr<rocksdb::FSSequentialFile>* file,
                             IODebugContext* context) override {
    const auto status = target()->NewSequentialFile(name, options, file, context);
    if (!status.ok() || !is_wal(name)) return status;
    const auto bytes = read_file(name);
    if (!bytes && bytes.error().code == ErrorCode::kNotFound) return IOStatus::PathNotFound(name);
    if (!bytes) return IOStatus::IOError(bytes.error().message);
    *file = std::make_unique<ReadWal>(std::move(*file), find_wal_end(*bytes));
    return status;
  }

 private:
  std::shared_ptr<Distribution> sync_seconds_;
};

}  // namespace

std::unique_ptr<rocksdb::Env> with_room_ahead(rocksdb::Env& base,
                                              std::shared_ptr<Distribution> sync_seconds) {
  return rocksdb::NewCompositeEnv(
      std::make_shared<FileSystem>(base.GetFileSystem(), std::move(sync_seconds)));
}

std::string wal_length_text(const std::filesystem::path& file) {
  std::error_code ignored;  // a file that goes meanwhile has another length as well
  const std::uint64_t size = std::filesystem::file_size(file, ignored);
  if (ignored) return "gone";
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  std::string end(std::min(size, kStep), '\0');
  const ssize_t got =
      ::pread(descriptor.number(), end.data(), end.size(), static_cast<off_t>(size - end.size()));
  end.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  const std::size_t last = end.find_last_not_of('\0');
  return std::to_string(size) + "-" + std::to_string(end.size() - 1 - last);
}

}  // namespace trede
