// Which kind an event is of: a correctie takes its attributes from it.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "engine/event/event.h"
#include "engine/log/event_store.h"

namespace trede::tool {

// The kind of the event with that id; absent when there is none.
using KindFinder = std::function<Result<std::optional<Soort>>(const EventId&)>;

// Looks among `pending`, then in `store`. Errors: those of the store; kNewer for a kind that this
// program does not know.
Result<std::optional<Soort>> look_up_kind(const EventId& id, std::span<const pb::Event> pending,
                                          const EventStore& store);

// The kinds of rows that were read lately: where a row replaces one of them, nobody has to wait for
// what is still on its way to the store. Forgets some of them, older ones rather than new ones.
class RecentKinds {
 public:
  void note(const EventId& id, Soort soort);
  std::optional<Soort> find(const EventId& id) const;

 private:
  struct Entry {
    EventId id;
    Soort soort = Soort::SOORT_NOT_SET;
  };
  static constexpr std::size_t kFirstPlaces = 1 << 10;  // both powers of two
  static constexpr std::size_t kMostPlaces = 1 << 20;   // 20 MiB
  static constexpr std::size_t kWaiting = 8;

  void put(const Entry& entry);
  void grow();
  std::size_t place_of(const EventId& id) const;

  std::vector<Entry> places_;  // each id has one place; who comes later takes it
  std::size_t put_ = 0;
  // The last ones noted: they wait for their places to come out of memory.
  std::array<Entry, kWaiting> waiting_;
  std::size_t noted_ = 0;
};

}  // namespace trede::tool
