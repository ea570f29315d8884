// A copy of a folder as a crash would leave it.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace trede::test {

// The files below `folder` with size and time of their last change; a file that goes meanwhile is
// left out.
inline auto files_as_they_are(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::map<std::string, std::pair<std::uintmax_t, fs::file_time_type>> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    std::error_code gone;
    const auto size = entry.is_regular_file(gone) ? entry.file_size(gone) : 0;
    const auto time = entry.last_write_time(gone);
    if (!gone) files.emplace(entry.path().string(), std::pair(size, time));
  }
  return files;
}

// Copies `from` to `to`, which must not be there. What writes in the background is waited for: a
// crash leaves all files of one moment, a copy made while they change is of several.
inline void crash_copy(const std::filesystem::path& from, const std::filesystem::path& to) {
  namespace fs = std::filesystem;
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{1};
  while (std::chrono::steady_clock::now() < until) {
    const auto before = files_as_they_are(from);
    std::error_code changed;
    fs::copy(from, to, fs::copy_options::recursive, changed);
    if (!changed && files_as_they_are(from) == before) return;
    fs::remove_all(to);
    std::this_thread::yield();
  }
  throw std::runtime_error(from.string() + " does not come to rest");
}

}  // namespace trede::test
