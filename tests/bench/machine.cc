#include "tests/bench/machine.h"

#include <rocksdb/version.h>
#include <sys/statfs.h>
#include <sys/utsname.h>

#include <fstream>
#include <thread>

namespace trede::bench {

namespace {

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

std::string file_system(const std::filesystem::path& folder) {
  struct statfs found {};
  if (statfs(folder.c_str(), &found) != 0) return "unknown file system";
  switch (static_cast<unsigned long>(found.f_type)) {
    case 0xEF53: return "ext4";
    case 0x58465342: return "xfs";
    case 0x9123683E: return "btrfs";
    case 0x01021994: return "tmpfs: a sync costs nothing here, appends say nothing";
    case 0x794C7630: return "overlayfs";
    default: return "file system " + std::to_string(found.f_type);
  }
}

}  // namespace

std::string machine(const std::filesystem::path& folder) {
  struct utsname system {};
  uname(&system);
  return "- " + processor() + ", " + std::to_string(std::thread::hardware_concurrency()) +
         " cores, Linux " + system.release + ", " + file_system(folder) + "\n- GCC " + __VERSION__ +
         ", RocksDB " + rocksdb::GetRocksVersionAsString() +
         "; every append synced to disk before it is answered\n";
}

}  // namespace trede::bench
