// Whether what stands in a store can be true. What the rules let in always can; what came in past
// them (a file of stored bytes, a hand in the folder) may not.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/log/event_store.h"

namespace trede {

struct Unsound {
  Position position;  // of the event that cannot stand where it stands
  bool newer;         // only because this program does not know its kind or a code of it
  std::string what;   // `<code of the rule>: <Dutch sentence>`, or what is wrong with its bytes
};

// At most so many are handed back.
inline constexpr std::size_t kUnsoundMax = 1000;

// Folds every stream that has an event in [from, to], from its first event up to its last: the
// first violation of each, and every event that cannot be decoded or replaces what is not there.
// Calls `progress` (may be empty) with streams done and in all.
// Returns: in order of position. Errors: those of the store.
Result<std::vector<Unsound>> find_unsound(
    const EventStore& store, Position from, Position to,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

}  // namespace trede
