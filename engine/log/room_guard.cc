#include "engine/log/room_guard.h"

#include <sys/statvfs.h>

#include <algorithm>

namespace trede {

namespace {

constexpr std::uint64_t kReserveBytes = 32 << 20;
constexpr std::uint64_t kReserveShare = 20;  // on a small disk 1/20 of it
constexpr auto kInterval = std::chrono::milliseconds(20);

}  // namespace

Status RoomGuard::check() {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return {};
  struct statvfs disk {};
  if (::statvfs(folder_.c_str(), &disk) != 0) return {};  // the write itself will tell
  const std::uint64_t room = disk.f_bavail * disk.f_frsize;
  const std::uint64_t reserve =
      std::min<std::uint64_t>(kReserveBytes, disk.f_blocks * disk.f_frsize / kReserveShare);
  if (room < reserve) {
    return Error{ErrorCode::kIo, folder_.string() + ": the disk is full (" +
                                     std::to_string(room >> 10) + " KiB left, " +
                                     std::to_string(reserve >> 10) +
                                     " KiB are kept free); nothing was written"};
  }
  next_ = now + kInterval;
  return {};
}

}  // namespace trede
