// The envelope of a stored event as bytes, without building a message: written on the append path,
// read where only a few numbers of many events are asked. The same bytes as encode_stored gives.
#pragma once

#include <string>
#include <string_view>

#include "engine/event/event.h"

namespace trede {

// Appends fields 1..7 of Event to `out`.
void append_envelope(std::string& out, const Envelope& envelope);

// Reads fields 1..7. Errors: kCorrupt.
Result<Envelope> decode_envelope(std::string_view stored);

// The bytes that encode_content puts first for an event of this stream with this id.
std::string content_prefix(const StreamId& stream, const EventId& id);

}  // namespace trede
