// Histories that were asked for lately, so that asking again reads what is new alone.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>

#include "engine/dossier/history.h"

namespace trede {

struct HistoryCacheOptions {
  // Of all that is kept; an event takes about a kilobyte.
  std::size_t max_events = 100'000;
};

// Owner: who judges or shows dossiers of one store, which must outlive it. Threads: any; who asks
// for streams of the same part wait for one another.
//
// Invariants
//  1. A history that was handed out never changes.
//  2. At most max_events are kept, but for the history that was asked for last in each part.
class HistoryCache {
 public:
  explicit HistoryCache(const EventStore& store, const HistoryCacheOptions& options = {});

  // The history of `stream` with all that the store holds of it now; empty when that is nothing.
  // Errors: kNewer for an event of a newer version, and those of the store.
  Result<std::shared_ptr<const History>> load(const StreamId& stream);

  // The history as it is kept, which may be behind the store by what others recorded lately; as
  // load() when none of it is kept. For who has the store say that it was behind, or asks again.
  Result<std::shared_ptr<const History>> recall(const StreamId& stream);

  // Takes what was recorded just now, so that nobody need read it. Events that do not follow on
  // what is kept of their stream are left out: they are read when they are asked for.
  // Requires: all of `stream`, in order.
  void add(const StreamId& stream, std::span<const EventPtr> events);

  std::size_t events();  // how many are kept

 private:
  using Histories = std::unordered_map<StreamId, std::shared_ptr<History>>;
  // What was used since the last time it was full, and what was used before that.
  struct Part {
    std::mutex mutex;
    Histories young = {};
    Histories old = {};
    std::size_t young_events = 0;
  };
  static constexpr std::size_t kParts = 16;

  // Require the lock of the part.
  Result<std::shared_ptr<const History>> catch_up(Part& part, const StreamId& stream,
                                                  std::shared_ptr<History> history);
  static void add_to(std::shared_ptr<History>& history, std::span<const EventPtr> events);
  static std::shared_ptr<History> take(Part& part, const StreamId& stream);
  void keep(Part& part, const StreamId& stream, std::shared_ptr<History> history) const;

  const EventStore& store_;
  const std::size_t max_young_;  // events in `young` of a part
  std::array<Part, kParts> parts_;
};

}  // namespace trede
