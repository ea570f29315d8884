#include <algorithm>
#include <condition_variable>

#include "engine/log/envelope.h"
#include "engine/log/files.h"
#include "engine/log/open_check_internal.h"
#include "engine/log/reader_log_internal.h"

namespace trede {

namespace {

using namespace std::chrono_literals;

constexpr auto kPoll = 10ms;

Error read_only() { return {ErrorCode::kClosed, "the data folder was opened for reading"}; }

// Makes sure that what was read of the writer's write-ahead log is on disk, so that nothing is
// shown that could still be lost.
Status sync_write_ahead_logs(const std::filesystem::path& log) {
  std::error_code error;
  for (std::filesystem::directory_iterator it(log, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() != ".log") continue;
    const Status synced = sync_path(it->path());
    // One that is gone meanwhile was written to table files, which are on disk.
    if (!synced && synced.error().code != ErrorCode::kNotFound) return synced;
  }
  if (error) return io_error(log, error.value());
  return {};
}

}  // namespace

Result<std::unique_ptr<ReaderLog>> ReaderLog::open(const std::filesystem::path& folder) {
  const auto anchor = load_anchor(folder / "anchor");
  if (!anchor) return anchor.error();
  auto tables = LogTables::open(folder / "log", {.access = Access::kFollow});
  if (!tables) return std::move(tables).error();
  const auto tail = check_and_load_tail(**tables, anchor->state);
  if (!tail) return tail.error();
  const bool all = sync_write_ahead_logs(folder / "log").has_value();
  const Position last = all ? tail->head.position : Position{anchor->state.tree.size()};
  return std::unique_ptr<ReaderLog>(new ReaderLog(folder, std::move(*tables), anchor->state, last));
}

Result<Appended> ReaderLog::append(std::span<const StreamAppend>, const AppendOptions&) {
  return read_only();
}

Result<std::unique_ptr<StagedImport>> ReaderLog::begin_import(const ImportOptions&) {
  return read_only();
}

Result<LogHead> ReaderLog::head() const {
  const Position last = last_position();
  const auto root = root_at(last);
  if (!root) return root.error();
  LogHead head{last, {}, *root};
  if (last.value == 0) return head;
  const auto event = tables().load_event(last);
  if (!event) return event.error();
  const auto envelope = decode_envelope(*event);
  if (!envelope) return envelope.error();
  head.vastgelegd_op = envelope->vastgelegd_op;
  return head;
}

Status ReaderLog::refresh() {
  const std::lock_guard lock(mutex_);
  const auto anchor = load_anchor(folder_ / "anchor");
  if (!anchor) return anchor.error();
  const auto status = tables().db()->TryCatchUpWithPrimary();
  if (!status.ok()) return rocks_error(status, folder_.string());
  const auto head = tables().load_head();
  if (!head) return head.error();
  const bool all = sync_write_ahead_logs(folder_ / "log").has_value();
  const Position last = all ? head->position : Position{anchor->state.tree.size()};
  show(std::max(last, last_position()));
  return {};
}

Status ReaderLog::wait_beyond(Position position, std::chrono::milliseconds patience,
                              const std::stop_token& stop) {
  const auto until = std::chrono::steady_clock::now() + patience;
  std::mutex nobody;
  std::condition_variable_any never;
  for (;;) {
    TREDE_RETURN_IF_ERROR(refresh());
    if (last_position() > position || stop.stop_requested()) return {};
    const auto now = std::chrono::steady_clock::now();
    if (now >= until) return {};
    std::unique_lock lock(nobody);
    const auto nap = std::min<std::chrono::steady_clock::duration>(kPoll, until - now);
    never.wait_for(lock, stop, nap, [] { return false; });
  }
}

}  // namespace trede
