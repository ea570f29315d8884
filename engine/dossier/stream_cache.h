// The streams that a recorder has in memory.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/index_table.h"
#include "engine/dossier/stream.h"
#include "engine/dossier/turn.h"

namespace trede {

// A stream in memory. What stands above the line belongs to who has the turn, what stands below it
// is guarded by the mutex of the cache.
struct CachedStream {
  explicit CachedStream(const StreamId& id) : stream(id) {}

  Turn turn;
  Stream stream;
  bool is_current = false;  // as far as we know, it holds all that is in the store
  // ---
  bool was_used = true;  // since the cache last looked
  std::size_t counted_bytes = 0;
};

// Keeps the streams used lately, up to so many bytes: when there are too many it goes round and
// drops what was not used since the round before. That tells nearly as much as the order of use,
// and a stream that is found need not be moved. Owner: a recorder. Threads: any; its own mutex is
// held for a look-up only, never while folding.
//
// Invariants
//  1. A stream that somebody holds is not dropped, so there is never more than one of it.
class StreamCache {
 public:
  explicit StreamCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // The stream with `id`, empty and not current when it was not here.
  std::shared_ptr<CachedStream> acquire(const StreamId& id);
  // A hint: those with `ids` are acquired next. What is here of them is brought near.
  void expect(std::span<const StreamId> ids) const;
  // Counts what `cached` takes now, and drops others when all of them take too much.
  // Requires: the caller has its turn.
  void account(CachedStream& cached);

  std::size_t bytes() const;

 private:
  using Dropped = std::vector<std::shared_ptr<CachedStream>>;
  std::optional<std::size_t> find(const StreamId& id) const;
  void drop_unused(Dropped& dropped);

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  IndexTable index_;                                  // in the round, by id
  std::vector<std::shared_ptr<CachedStream>> round_;  // all of them
  std::size_t at_ = 0;                                // where the round has come
  std::size_t bytes_ = 0;
};

}  // namespace trede
