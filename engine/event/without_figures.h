// Events without the figures of a frozen report, for whoever keeps many events in memory and reads
// figures in the log when they are asked for.
#pragma once

#include "engine/event/recorded.h"

namespace trede {

// A copy of `body` on `arena`, in which cijfers are empty.
const pb::Body* copy_without_figures(const pb::Body& body, google::protobuf::Arena& arena);

// As decode_recorded; what is large is kept without its figures. Errors: those of decode_event.
Result<RecordedEvent> decode_without_figures(std::string_view stored,
                                             google::protobuf::Arena& arena);

}  // namespace trede
