#include "engine/dossier/stream_cache.h"

#include <utility>

namespace trede {

namespace {

// Beside the stream: its places in the table and in the round, and what allocating them takes.
constexpr std::size_t kEntryBytes = 160;

void prefetch(const CachedStream& one) {
  constexpr std::size_t kLine = 64;
  const auto* bytes = reinterpret_cast<const char*>(&one);
  for (std::size_t at = 0; at < sizeof one; at += kLine) __builtin_prefetch(bytes + at);
}

}  // namespace

std::shared_ptr<CachedStream> StreamCache::acquire(const StreamId& id) {
  const std::lock_guard lock(mutex_);
  if (const auto found = find(id)) {
    round_[*found]->was_used = true;
    return round_[*found];
  }
  index_.add(std::hash<StreamId>{}(id), round_.size());
  const auto& made = round_.emplace_back(std::make_shared<CachedStream>(id));
  made->counted_bytes = kEntryBytes;
  bytes_ += kEntryBytes;
  return made;
}

std::optional<std::size_t> StreamCache::find(const StreamId& id) const {
  return index_.find(std::hash<StreamId>{}(id),
                     [&](std::size_t i) { return round_[i]->stream.id() == id; });
}

// Step by step for all of them, because where one thing is stands in the one before it: so the
// memory is asked for many at a time.
void StreamCache::expect(std::span<const StreamId> ids) const {
  const std::lock_guard lock(mutex_);
  for (const StreamId& id : ids) index_.prefetch(std::hash<StreamId>{}(id));
  std::vector<std::size_t> places;  // in the round
  places.reserve(ids.size());
  for (const StreamId& id : ids) {
    // Two streams of one hash are so rare that either will do.
    const auto place = index_.find(std::hash<StreamId>{}(id), [](std::size_t) { return true; });
    if (!place) continue;
    __builtin_prefetch(&round_[*place]);
    places.push_back(*place);
  }
  for (const std::size_t place : places) prefetch(*round_[place]);
  for (const std::size_t place : places) {
    CachedStream& one = *round_[place];
    if (!one.turn.try_take()) continue;
    one.stream.prefetch();
    one.turn.pass();
  }
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
    std::shared_ptr<CachedStream>& one = round_[at_];
    // Copies are made under the mutex only, so a sole owner stays one.
    if (one.use_count() > 1 || std::exchange(one->was_used, false)) {
      ++at_;
      continue;
    }
    bytes_ -= one->counted_bytes;
    index_.remove(std::hash<StreamId>{}(one->stream.id()), at_);
    dropped.push_back(std::move(one));
    const std::size_t last = round_.size() - 1;
    if (at_ != last) {  // the last one takes its place
      one = std::move(round_[last]);
      index_.put(
          std::hash<StreamId>{}(one->stream.id()), [last](std::size_t i) { return i == last; },
          at_);
    }
    round_.pop_back();
  }
}

std::size_t StreamCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace trede
