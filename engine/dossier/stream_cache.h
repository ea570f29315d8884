// The streams that a recorder has in memory.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "engine/dossier/stream.h"

namespace trede {

// A stream in memory. Everything but `mutex` is guarded by it.
struct CachedStream {
  explicit CachedStream(const StreamId& id) : stream(id) {}

  std::mutex mutex;
  Stream stream;
  bool is_current = false;  // as far as we know, it holds all that is in the store
};

// Keeps the most recently used streams, up to a number of events. Owner: a recorder. Threads: any;
// its own mutex is held for a look-up only, never while folding.
//
// Invariants
//  1. A stream that somebody holds is not dropped, so there is never more than one of it.
class StreamCache {
 public:
  explicit StreamCache(std::size_t max_events) : max_events_(max_events) {}

  // The stream with `id`, empty and not current when it was not here.
  std::shared_ptr<CachedStream> acquire(const StreamId& id);
  // Says that the stream holds `events` events now, and drops others when that is too many.
  void account(const StreamId& id, std::size_t events);

  std::size_t events() const;

 private:
  struct Slot {
    std::shared_ptr<CachedStream> cached;
    std::list<StreamId>::iterator place;
    std::size_t events = 0;
  };

  const std::size_t max_events_;
  mutable std::mutex mutex_;
  std::unordered_map<StreamId, Slot> slots_;
  std::list<StreamId> recent_;  // the least recently used last
  std::size_t events_ = 0;
};

}  // namespace trede
