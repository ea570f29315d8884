#include "tools/trede/rows/input_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace trede::tool {

namespace {

constexpr std::size_t kPeekBytes = 64;

Failure unreadable(const std::string& path, int why) {
  return wrong_input(path + ": " + std::strerror(why) + ", expected a file that can be read");
}

}  // namespace

Outcome<InputFile> InputFile::open(const std::string& path) {
  InputFile input;
  input.path_ = path;
  input.file_.reset(std::fopen(path.c_str(), "rb"));
  if (!input.file_) return unreadable(path, errno);
  struct stat about {};
  if (fstat(fileno(input.file_.get()), &about) != 0) return unreadable(path, errno);
  if (S_ISDIR(about.st_mode)) return unreadable(path, EISDIR);
  if (S_ISREG(about.st_mode)) input.size_ = static_cast<std::uint64_t>(about.st_size);
  return input;
}

Outcome<InputFile> InputFile::over(std::string_view bytes, std::string name) {
  InputFile input;
  input.path_ = std::move(name);
  // Opened for reading: the bytes are left as they are.
  input.file_.reset(fmemopen(const_cast<char*>(bytes.data()), bytes.size(), "rb"));
  if (!input.file_) return unreadable(input.path_, errno);
  input.size_ = bytes.size();
  return input;
}

Result<std::string_view> InputFile::peek() {
  while (taken_ == 0 && peeked_.size() < kPeekBytes) {
    const std::size_t before = peeked_.size();
    peeked_.resize(kPeekBytes);
    const std::size_t got =
        std::fread(peeked_.data() + before, 1, kPeekBytes - before, file_.get());
    peeked_.resize(before + got);
    if (got > 0) continue;
    if (std::ferror(file_.get()) != 0) {
      return Error{ErrorCode::kIo, path_ + ": cannot be read: " + std::strerror(errno)};
    }
    break;
  }
  return std::string_view(peeked_);
}

Result<std::size_t> InputFile::read(std::string& buffer, std::size_t limit) {
  if (!peeked_.empty()) {
    const std::size_t part = std::min(limit, peeked_.size());
    buffer.append(peeked_, 0, part);
    peeked_.erase(0, part);
    taken_ += part;
    return part;
  }
  const std::size_t before = buffer.size();
  buffer.resize(before + limit);
  const std::size_t got = std::fread(buffer.data() + before, 1, limit, file_.get());
  const int why = errno;
  buffer.resize(before + got);
  taken_ += got;
  if (got == 0 && std::ferror(file_.get()) != 0) {
    return Error{ErrorCode::kIo, path_ + ": cannot be read: " + std::strerror(why)};
  }
  return got;
}

}  // namespace trede::tool
