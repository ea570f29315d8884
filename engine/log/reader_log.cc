#include <algorithm>
#include <condition_variable>

#include "engine/log/beside_writer.h"
#include "engine/log/envelope.h"
#include "engine/log/open_check_internal.h"
#include "engine/log/reader_log_internal.h"

namespace trede {

namespace {

using namespace std::chrono_literals;

constexpr auto kPoll = 10ms;

Error read_only() { return {ErrorCode::kClosed, "the data folder was opened for reading only"}; }

}  // namespace

Result<ReaderLog::View> ReaderLog::look(const std::filesystem::path& folder) {
  View view;
  const std::filesystem::path database = folder / "log";
  const Status done = read_beside_writer(database, [&]() -> Status {
    view.stamp = stamp_of(database);
    // The anchor first: what it says is on disk must then be found.
    const auto anchor = load_anchor(folder / "anchor");
    if (!anchor) return anchor.error();
    auto tables = LogTables::open(database, {.access = Access::kRead});
    if (!tables) return std::move(tables).error();
    const auto tail = check_and_load_tail(**tables, anchor->state);
    if (!tail) return tail.error();
    view.anchor = anchor->state;
    view.tables = std::move(*tables);
    view.last = tail->head.position;
    return {};
  });
  if (!done) return done.error();
  // Where the disk does not say that it has the rest, only what the anchor covers is shown.
  if (!sync_write_ahead_logs(database)) view.last = Position{view.anchor.tree.size()};
  return view;
}

Result<std::unique_ptr<ReaderLog>> ReaderLog::open(const std::filesystem::path& folder) {
  auto view = look(folder);
  if (!view) return std::move(view).error();
  return std::unique_ptr<ReaderLog>(new ReaderLog(folder, std::move(*view)));
}

std::shared_ptr<const LogTables> ReaderLog::tables() const {
  const std::lock_guard lock(mutex_);
  return tables_;
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
  const auto event = tables()->load_event(last);
  if (!event) return event.error();
  const auto envelope = decode_envelope(*event);
  if (!envelope) return envelope.error();
  head.vastgelegd_op = envelope->vastgelegd_op;
  return head;
}

Status ReaderLog::refresh() {
  const std::lock_guard refreshing(refresh_mutex_);
  if (stamp_of(folder_ / "log") == stamp_) return {};
  auto view = look(folder_);
  if (!view) return std::move(view).error();
  stamp_ = std::move(view->stamp);
  key_changes_ = view->anchor.key_changes;
  {
    const std::lock_guard lock(mutex_);
    tables_ = std::move(view->tables);
  }
  show(std::max(view->last, last_position()));
  return on_refresh_ ? on_refresh_(key_changes_) : Status();
}

Status ReaderLog::wait_beyond(Position position, std::chrono::milliseconds patience,
                              const std::stop_token& stop) {
  const auto until = std::chrono::steady_clock::now() + patience;
  std::mutex nobody;
  std::condition_variable_any never;
  for (;;) {
    const auto begin = std::chrono::steady_clock::now();
    TREDE_RETURN_IF_ERROR(refresh());
    if (last_position() > position || stop.stop_requested()) return {};
    const auto now = std::chrono::steady_clock::now();
    if (now >= until) return {};
    // A refresh that found much to read is not repeated at once.
    const auto pause = std::max<std::chrono::steady_clock::duration>(kPoll, 2 * (now - begin));
    std::unique_lock lock(nobody);
    never.wait_for(lock, stop, std::min(pause, until - now), [] { return false; });
  }
}

}  // namespace trede
