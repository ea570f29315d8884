#include "engine/log/anchor_keeper.h"

#include <chrono>

namespace trede {

namespace {

using namespace std::chrono_literals;

// The promise is 100 ms; what is left of it is for the write itself.
constexpr auto kLongest = 80ms;
constexpr auto kIdle = 4ms;

}  // namespace

AnchorKeeper::AnchorKeeper(AnchorWriter writer, AnchorState state, Hooks hooks)
    : hooks_(std::move(hooks)),
      writer_(std::move(writer)),
      state_(std::move(state)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

AnchorKeeper::~AnchorKeeper() {
  const Status ignored = close();  // nobody is left to tell
  static_cast<void>(ignored);
}

void AnchorKeeper::touch() {
  if (touched_.exchange(true)) return;
  const std::lock_guard lock(wake_mutex_);  // so that it is not between looking and sleeping
  wake_.notify_one();
}

// Returns when the anchor should be written: the log is idle, or it has been long enough.
void AnchorKeeper::wait_until_due(const std::stop_token& stop) {
  std::unique_lock lock(wake_mutex_);
  if (!wake_.wait(lock, stop, [this] { return touched_.load(); })) return;
  const auto latest = std::chrono::steady_clock::now() + kLongest;
  for (;;) {
    touched_ = false;
    wake_.wait_for(lock, stop, kIdle, [] { return false; });
    if (stop.stop_requested() || !touched_ || std::chrono::steady_clock::now() >= latest) break;
  }
  touched_ = false;  // before what was acknowledged is asked: what comes after wakes us again
}

void AnchorKeeper::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    wait_until_due(stop);
    const std::lock_guard lock(mutex_);
    if (const Status written = write_locked(); !written) return;
  }
}

Status AnchorKeeper::write_locked() {
  if (failed_) return *failed_;
  MerkleFrontier tree = hooks_.acknowledged();
  if (tree == state_.tree) return {};
  state_.tree = std::move(tree);
  return write_state_locked();
}

// Whoever fails: an anchor that stays behind would let a loss go unnoticed, so the log is told.
Status AnchorKeeper::write_state_locked() {
  const Status written = writer_.write(state_);
  if (written) return {};
  failed_ = written.error();
  hooks_.on_failure(*failed_);
  return written;
}

Status AnchorKeeper::write_keys(std::uint64_t key_changes) {
  const std::lock_guard lock(mutex_);
  if (failed_) return *failed_;
  state_.tree = hooks_.acknowledged();
  state_.key_changes = key_changes;
  return write_state_locked();
}

Status AnchorKeeper::close() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  const std::lock_guard lock(mutex_);
  if (closed_) return {};
  closed_ = true;
  return write_locked();
}

}  // namespace trede
