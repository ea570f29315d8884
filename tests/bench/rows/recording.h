// Events through the front door, one a call.
#pragma once

#include <vector>

#include "engine/dossier/recorder.h"

namespace trede::bench {

// Returns where it stands. Throws when it is refused.
Position record(Recorder& recorder, const pb::Event& event);

// What the organisation lays down, into an empty log or behind a history that has it already: what
// is refused as being there is passed over.
void record_organisatie(Recorder& recorder, const std::vector<pb::Event>& events);

}  // namespace trede::bench
