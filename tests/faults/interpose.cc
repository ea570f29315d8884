// The calls of the C library that change files, for the whole program: those below the folder that
// Disk watches go there, all others to the system. A program that defines them is asked first by
// every library it is linked with. What would change a watched file by a way that Disk does not
// know ends the program: nothing passes it in silence. (Nothing here maps a file to write into it.)
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>

#include "tests/faults/disk.h"

namespace {

using trede::test::Disk;

std::string read_link(const std::string& link) {
  char target[4096];
  const ssize_t length =
      ::syscall(SYS_readlinkat, AT_FDCWD, link.c_str(), static_cast<char*>(target), sizeof target);
  return length < 0 ? std::string() : std::string(target, static_cast<std::size_t>(length));
}

std::string absolute(int folder, const char* path) {
  std::string text(path);
  if (text.empty() || text[0] != '/') {
    const std::string base = folder == AT_FDCWD
                                 ? read_link("/proc/self/cwd")
                                 : read_link("/proc/self/fd/" + std::to_string(folder));
    text = base + "/" + text;
  }
  std::string normal = std::filesystem::path(text).lexically_normal().string();
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  return normal;
}

[[noreturn]] void unknown_way(const char* call) {
  std::fprintf(stderr, "tests/faults: a watched file is changed by %s, which Disk lacks\n", call);
  std::abort();
}

int open_any(int folder, const char* path, int flags, mode_t mode) {
  const std::string full = absolute(folder, path);
  if (Disk::the().watches(full)) return Disk::the().open(full, flags, mode);
  const int descriptor = static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
  if (descriptor >= 0) Disk::the().forget(descriptor);  // a stream may have closed it unseen
  return descriptor;
}

int unlink_any(int folder, const char* path, int flags) {
  const std::string full = absolute(folder, path);
  if (Disk::the().watches(full)) return Disk::the().unlink(full, (flags & AT_REMOVEDIR) != 0);
  return static_cast<int>(::syscall(SYS_unlinkat, folder, path, flags));
}

int rename_any(int from_folder, const char* from, int to_folder, const char* to) {
  const std::string full_from = absolute(from_folder, from);
  const std::string full_to = absolute(to_folder, to);
  if (Disk::the().watches(full_from) != Disk::the().watches(full_to)) unknown_way("rename");
  if (Disk::the().watches(full_from)) return Disk::the().rename(full_from, full_to);
  return static_cast<int>(::syscall(SYS_renameat, from_folder, from, to_folder, to));
}

mode_t mode_of(int flags, va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_any(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_any(AT_FDCWD, path, flags, mode);
}
int openat(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_any(folder, path, flags, mode);
}
int close(int descriptor) {
  Disk::the().forget(descriptor);
  return static_cast<int>(::syscall(SYS_close, descriptor));
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
  if (!Disk::the().watches(descriptor)) return ::syscall(SYS_write, descriptor, bytes, count);
  const std::string_view view(static_cast<const char*>(bytes), count);
  const off_t at = ::syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
  const bool appends = (::syscall(SYS_fcntl, descriptor, F_GETFL) & O_APPEND) != 0;
  const ssize_t written =
      Disk::the().write(descriptor, view, appends ? std::optional<off_t>() : at);
  if (written > 0) ::syscall(SYS_lseek, descriptor, written, SEEK_CUR);
  return written;
}
ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t at) {
  if (!Disk::the().watches(descriptor)) {
    return ::syscall(SYS_pwrite64, descriptor, bytes, count, at);
  }
  return Disk::the().write(descriptor, {static_cast<const char*>(bytes), count}, at);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t at) {
  return pwrite(descriptor, bytes, count, at);
}
ssize_t writev(int descriptor, const iovec* parts, int count) {
  if (!Disk::the().watches(descriptor)) return ::syscall(SYS_writev, descriptor, parts, count);
  ssize_t whole = 0;  // one write after another: a caller has to take a short one anyhow
  for (int i = 0; i < count; ++i) {
    const ssize_t taken = write(descriptor, parts[i].iov_base, parts[i].iov_len);
    if (taken < 0) return whole > 0 ? whole : taken;
    whole += taken;
    if (static_cast<size_t>(taken) < parts[i].iov_len) break;
  }
  return whole;
}
ssize_t sendfile(int to, int from, off_t* offset, size_t count) noexcept {
  if (Disk::the().watches(to)) unknown_way("sendfile");
  return ::syscall(SYS_sendfile, to, from, offset, count);
}

int ftruncate(int descriptor, off_t size) noexcept {
  if (Disk::the().watches(descriptor)) return Disk::the().resize(descriptor, size, false);
  return static_cast<int>(::syscall(SYS_ftruncate, descriptor, size));
}
int ftruncate64(int descriptor, off64_t size) noexcept { return ftruncate(descriptor, size); }
int truncate(const char* path, off_t size) noexcept {
  if (Disk::the().watches(absolute(AT_FDCWD, path))) unknown_way("truncate");
  return static_cast<int>(::syscall(SYS_truncate, path, size));
}
int fallocate(int descriptor, int mode, off_t at, off_t count) {
  if (!Disk::the().watches(descriptor)) {
    return static_cast<int>(::syscall(SYS_fallocate, descriptor, mode, at, count));
  }
  if (mode != 0) unknown_way("fallocate");
  return Disk::the().resize(descriptor, at + count, true);
}
int posix_fallocate(int descriptor, off_t at, off_t count) {
  return fallocate(descriptor, 0, at, count) == 0 ? 0 : errno;
}

// After a job that failed RocksDB waits a second for the disk to come round.
int usleep(useconds_t time_us) {
  const timespec at_most{0, std::min<long>(time_us, 1000) * 1000};
  return static_cast<int>(::syscall(SYS_nanosleep, &at_most, nullptr));
}

int fsync(int descriptor) {
  if (Disk::the().watches(descriptor)) return Disk::the().sync(descriptor);
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}
int fdatasync(int descriptor) {
  if (Disk::the().watches(descriptor)) return Disk::the().sync(descriptor);
  return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}

int rename(const char* from, const char* to) noexcept {
  return rename_any(AT_FDCWD, from, AT_FDCWD, to);
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  return rename_any(from_folder, from, to_folder, to);
}
int unlink(const char* path) noexcept { return unlink_any(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char* path, int flags) noexcept {
  return unlink_any(folder, path, flags);
}
int rmdir(const char* path) noexcept { return unlink_any(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char* path) noexcept {
  const int status = unlink(path);
  return status != 0 && (errno == EISDIR || errno == EPERM) ? rmdir(path) : status;
}
int mkdir(const char* path, mode_t mode) noexcept {
  const std::string full = absolute(AT_FDCWD, path);
  if (Disk::the().watches(full)) return Disk::the().make_folder(full, mode);
  return static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}
int link(const char* from, const char* to) noexcept {
  const std::string full = absolute(AT_FDCWD, to);
  if (Disk::the().watches(full)) return Disk::the().link(absolute(AT_FDCWD, from), full);
  return static_cast<int>(::syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}

}  // extern "C"
