// Events as they are brought to a recorder: whether each is fit to be judged, and which belong
// together.
#pragma once

#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/event/event.h"

namespace trede {

// The events for one stream.
struct ProposedPart {
  StreamId stream;
  std::size_t offset = 0;  // of its first event among all
  std::span<const pb::Event> events;
};

// Checks every event by itself and divides them by stream, in the order given. `flawless`:
// find_flaw was asked of each. Errors: kInvalid  too few or too many events, one that is not valid
// whatever the store holds, an
//                   id twice, or events of one stream apart.
Result<std::vector<ProposedPart>> divide(std::span<const pb::Event> events, bool flawless);

}  // namespace trede
