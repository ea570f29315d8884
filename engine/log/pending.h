// Events that were judged good and wait to be written together: found by position, id and stream
// before they are on disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/index_table.h"

namespace trede {

// Positions are consecutive. Threads: one at a time; any while nothing is added or cleared.
class PendingEvents {
 public:
  struct Entry {
    EventId id;
    StreamId stream;
    StreamVersion version;
    std::size_t at;      // of its bytes, which end where the next begin
    std::size_t before;  // the entry of the same stream before this one, or kNone
  };

  // Forgets all; the next event added gets `next`.
  void clear(Position next);

  // Appends an event of `stream`. Requires: the version follows the one before it, if any is here.
  void add(const StreamId& stream, StreamVersion version, const EventId& id,
           std::string_view stored);

  bool empty() const { return entries_.empty(); }
  std::size_t count() const { return entries_.size(); }
  std::size_t bytes() const { return bytes_.size(); }
  Position first() const { return first_; }

  std::optional<Position> find(const EventId& id) const;
  // The stored bytes; valid until the next add or clear. Requires: a position that is here.
  std::string_view load(Position position) const;
  // The last version of `stream` that is here; absent when none is.
  std::optional<StreamVersion> version_of(const StreamId& stream) const;
  // The positions of versions >= `from` of `stream` that are here, in order.
  std::vector<Position> positions_of(const StreamId& stream, StreamVersion from) const;

  // Hands (position, entry, stored bytes) of every event to `visit`, in order.
  template <typename Visit>
  void each(const Visit& visit) const {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const Position position{first_.value + i};
      visit(position, entries_[i], load(position));
    }
  }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};
  std::optional<std::size_t> last_of(const StreamId& stream) const;

  Position first_;
  std::string bytes_;
  std::vector<Entry> entries_;
  IndexTable by_id_;
  IndexTable by_stream_;  // the last of each
};

}  // namespace trede
