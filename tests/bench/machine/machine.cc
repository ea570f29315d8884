#include "tests/bench/machine/machine.h"

#include <fcntl.h>
#include <sys/statfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <thread>

#include "tests/bench/machine/measuring.h"

namespace trede::bench {

namespace {

constexpr std::size_t kSyncs = 500;
constexpr std::size_t kSyncedBytes = 200;

// The rest of the first line of `file` that begins with `name`.
std::string line_of(const char* file, const std::string& name) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(name)) continue;
    const std::size_t at = line.find_first_not_of(" \t:", name.size());
    return at == std::string::npos ? "unknown" : line.substr(at);
  }
  return "unknown";
}

std::string file_system(const std::filesystem::path& folder) {
  struct statfs found {};
  if (statfs(folder.c_str(), &found) != 0) return "unknown";
  switch (static_cast<unsigned long>(found.f_type)) {
    case 0xEF53: return "ext4";
    case 0x58465342: return "xfs";
    case 0x9123683E: return "btrfs";
    case 0x01021994: return "tmpfs (a sync costs nothing here: appends say nothing)";
    case 0x794C7630: return "overlayfs";
    default: return std::to_string(found.f_type);
  }
}

std::string fdatasync_ms(const std::filesystem::path& folder) {
  const std::vector<std::string> values(kSyncs, std::string(kSyncedBytes, 'x'));
  const double taken = append_synced(folder / "sync", values);
  std::filesystem::remove(folder / "sync");
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4f", 1e3 * taken / kSyncs);
  return text.data();
}

}  // namespace

double append_synced(const std::filesystem::path& file, const std::vector<std::string>& values) {
  const int descriptor = open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (descriptor < 0) throw std::runtime_error("cannot write " + file.string());
  bool good = true;
  const double taken = seconds([&] {
    for (const std::string& value : values) {
      const auto size = static_cast<ssize_t>(value.size());
      good = good && write(descriptor, value.data(), value.size()) == size;
      good = good && fdatasync(descriptor) == 0;
    }
  });
  close(descriptor);
  if (!good) throw std::runtime_error("cannot sync " + file.string());
  return taken;
}

Facts machine(const std::filesystem::path& folder) {
  struct utsname system {};
  uname(&system);
  return {{"cpu", line_of("/proc/cpuinfo", "model name")},
          {"cores", std::to_string(std::thread::hardware_concurrency())},
          {"memory", line_of("/proc/meminfo", "MemTotal")},
          {"kernel", system.release},
          {"file_system", file_system(folder)},
          {"fsync_mode", "fdatasync before every answer"},
          {"fdatasync_ms", fdatasync_ms(folder)}};
}

}  // namespace trede::bench
