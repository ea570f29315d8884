#include "engine/dossier/stream_cache.h"

#include <utility>

namespace trede {

namespace {

// Beside the stream: its places in the table and in the round, and what allocating them takes.
constexpr std::size_t kEntryBytes = 160;

}  // namespace

std::shared_ptr<CachedStream> StreamCache::acquire(const StreamId& id) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<CachedStream>& found = streams_[id];
  if (found != nullptr) {
    found->was_used = true;
    return found;
  }
  found = std::make_shared<CachedStream>(id);
  found->counted_bytes = kEntryBytes;
  bytes_ += kEntryBytes;
  round_.push_back(found.get());
  return found;
}

void StreamCache::account(CachedStream& cached) {
  const std::size_t bytes = cached.stream.bytes() + kEntryBytes;
  Dropped dropped;  // freed when the mutex is not held
  const std::lock_guard lock(mutex_);
  bytes_ += bytes - cached.counted_bytes;
  cached.counted_bytes = bytes;
  if (bytes_ > max_bytes_) drop_unused(dropped);
}

// Twice round at most: once to see which are used, and once to drop them.
void StreamCache::drop_unused(Dropped& dropped) {
  for (std::size_t left = 2 * round_.size(); left > 0 && bytes_ > max_bytes_; --left) {
    if (at_ >= round_.size()) at_ = 0;
    CachedStream*& one = round_[at_];
    const auto found = streams_.find(one->stream.id());
    // Copies are made under the mutex only, so a sole owner stays one.
    if (found->second.use_count() > 1 || std::exchange(one->was_used, false)) {
      ++at_;
      continue;
    }
    bytes_ -= one->counted_bytes;
    dropped.push_back(std::move(found->second));
    streams_.erase(found);
    one = round_.back();
    round_.pop_back();
  }
}

std::size_t StreamCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace trede
