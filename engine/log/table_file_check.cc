#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <new>

#include "engine/log/files.h"
#include "engine/log/table_file_check_internal.h"

namespace trede {

namespace {

constexpr std::size_t kBufferBytes = 256 << 10;
constexpr std::size_t kAlignment = 4096;  // of the largest sectors there are

int open_file(const std::filesystem::path& path) {
  const int direct = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECT);
  if (direct >= 0 || errno != EINVAL) return direct;
  return ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

}  // namespace

TableFileCheck::TableFileCheck(const TableFile& file, int descriptor)
    : file_(file),
      descriptor_(descriptor),
      checksum_(rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator({})),
      buffer_(static_cast<char*>(std::aligned_alloc(kAlignment, kBufferBytes))) {
  if (buffer_ == nullptr) throw std::bad_alloc();
}

Result<std::unique_ptr<TableFileCheck>> TableFileCheck::open(const TableFile& file) {
  const int descriptor = open_file(file.path);
  if (descriptor >= 0) {
    return std::unique_ptr<TableFileCheck>(new TableFileCheck(file, descriptor));
  }
  if (errno != ENOENT) return io_error(file.path, errno);
  return Error{ErrorCode::kNotFound, file.path.string() + " is missing"};
}

Result<bool> TableFileCheck::read(std::uint64_t bytes) {
  for (std::uint64_t done = 0; done < bytes;) {
    const ssize_t got = ::read(descriptor_.number(), buffer_.get(), kBufferBytes);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error(file_.path, errno);
    if (got == 0) return compare();
    checksum_->Update(buffer_.get(), static_cast<std::size_t>(got));
    done += static_cast<std::uint64_t>(got);
  }
  return false;
}

Result<bool> TableFileCheck::compare() {
  checksum_->Finalize();
  if (checksum_->GetChecksum() == file_.checksum) return true;
  return Error{ErrorCode::kCorrupt, file_.path.string() +
                                        ": its bytes are not those that were written: they have "
                                        "another checksum"};
}

}  // namespace trede
