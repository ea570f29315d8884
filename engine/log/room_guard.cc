#include "engine/log/room_guard.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <limits>

namespace trede {

namespace {

constexpr std::uint64_t kReserveBytes = 32 << 20;
constexpr std::uint64_t kReserveShare = 20;  // of a small disk 1/20
constexpr std::uint64_t kLittleBytes = 1 << 20;
constexpr auto kInterval = std::chrono::milliseconds(20);

RoomGuard::Disk ask_file_system(const std::filesystem::path& folder) {
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0) {
    return {std::numeric_limits<std::uint64_t>::max(), 0};  // the write itself will tell
  }
  return {disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize};
}

}  // namespace

RoomGuard::RoomGuard(const std::filesystem::path& folder)
    : RoomGuard(folder, [folder] { return ask_file_system(folder); }) {}

Status RoomGuard::check(std::uint64_t bytes) {
  const auto now = std::chrono::steady_clock::now();
  if (bytes <= kLittleBytes && now < next_) return {};
  const Disk disk = ask_();
  const std::uint64_t reserve = std::min(kReserveBytes, disk.all_bytes / kReserveShare);
  if (disk.free_bytes < reserve || disk.free_bytes - reserve < bytes) {
    return Error{ErrorCode::kIo,
                 folder_.string() + ": the disk is full (" + std::to_string(disk.free_bytes >> 10) +
                     " KiB left, " + std::to_string(reserve >> 10) + " KiB are kept free, " +
                     std::to_string(bytes >> 10) + " KiB are needed); nothing was written"};
  }
  next_ = now + kInterval;
  return {};
}

}  // namespace trede
