#include "engine/log/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "engine/log/descriptor.h"

namespace trede {

namespace {

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Error open_error(const std::filesystem::path& path) {
  if (errno != ENOENT) return io_error(path, errno);
  return {ErrorCode::kNotFound, path.string() + ": there is no such file"};
}

}  // namespace

Error io_error(const std::filesystem::path& path, int system_error) {
  return {ErrorCode::kIo, path.string() + ": " + std::generic_category().message(system_error)};
}

Result<std::string> read_file(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return open_error(path);
  std::string bytes;
  std::array<char, 16 * 1024> buffer;
  for (;;) {
    const ssize_t got = ::read(file.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error(path, errno);
    if (got == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

Status write_new_file(const std::filesystem::path& path, std::string_view bytes, unsigned mode) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.number() < 0) return io_error(path, errno);
  if (write_all(file.number(), bytes) && ::fsync(file.number()) == 0) return {};
  const Error error = io_error(path, errno);
  ::unlink(path.c_str());
  return error;
}

Status sync_path(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) return open_error(path);
  if (::fsync(file.number()) != 0) return io_error(path, errno);
  return {};
}

}  // namespace trede
