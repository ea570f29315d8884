#include "engine/log/beside_writer.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "engine/log/files.h"
#include "engine/log/room_ahead_internal.h"

namespace trede {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto kPatience = 30s;
constexpr auto kPause = 10ms;

}  // namespace

std::string stamp_of(const fs::path& database) {
  std::vector<std::string> files;
  std::error_code ignored;  // a file that goes meanwhile changes the stamp as well
  for (fs::directory_iterator it(database, ignored), end; it != end; it.increment(ignored)) {
    const bool is_wal = it->path().extension() == ".log";
    files.push_back(
        it->path().filename().string() + " " +
        (is_wal ? wal_length_text(it->path()) : std::to_string(it->file_size(ignored))));
  }
  std::ranges::sort(files);
  std::string stamp;
  for (const std::string& file : files) stamp += file + "\n";
  return stamp;
}

Status read_beside_writer(const fs::path& database, const std::function<Status()>& read) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    const std::string before = stamp_of(database);
    const Status done = read();
    if (done || stamp_of(database) == before) return done;
    if (std::chrono::steady_clock::now() > until) {
      return Error{ErrorCode::kIo, database.string() +
                                       ": changes faster than it can be read; try again when"
                                       " its writer is less busy (" +
                                       done.error().message + ")"};
    }
    std::this_thread::sleep_for(kPause);
  }
}

Status sync_write_ahead_logs(const fs::path& database) {
  std::error_code error;
  for (fs::directory_iterator it(database, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() != ".log") continue;
    const Status synced = sync_path(it->path());
    // One that is gone meanwhile was written to table files, which are on disk.
    if (!synced && synced.error().code != ErrorCode::kNotFound) return synced;
  }
  if (error) return io_error(database, error.value());
  return {};
}

}  // namespace trede
