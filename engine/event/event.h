// Events as stored bytes: strict decoding, the content that a writer hands over, and its accessors.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/event/catalogue.h"
#include "proto/event.pb.h"

namespace trede {

// What the log gives an event when it writes it.
struct Envelope {
  Position positie;
  Moment vastgelegd_op;
  StreamVersion versie;
  std::uint32_t atomair_index = 0;
  std::uint32_t atomair_aantal = 1;
  std::optional<ImportId> import;
  std::optional<Moment> overgenomen_op;
};

// The bytes a writer hands over: fields 8 and up of Event, in the order of their numbers. The same
// event gives the same bytes. Fields 1..7 of `event` are left out.
std::string encode_content(const pb::Event& event);
// The stored bytes: the envelope, then `content` byte for byte.
std::string encode_stored(const Envelope& envelope, std::string_view content);
// The content within stored bytes. Errors: kCorrupt.
Result<std::string_view> content_of(std::string_view stored);

// Decodes the envelope and whatever body there is, also one of a kind this program does not know;
// encode_content of it gives every unknown field back.
// Errors: kCorrupt  not an event, or fields of the envelope that are not in their place;
//         kNewer    an unknown kind of stream.
Result<pb::Event> decode_any(std::string_view stored);
// Decodes for use: as decode_any, and every kind and code is known.
// Unknown attributes are left alone: a newer version adds only what an older one may ignore.
// Errors: kCorrupt  not an event, or what no version may have written: a required attribute that is
//                   missing, code 0, a day out of range;
//         kNewer    an unknown kind or code: written by a newer version.
Result<pb::Event> decode_event(std::string_view stored);
// What decode_event checks, for an event that is decoded already.
Status check_known(const pb::Event& event);
Status check_known(const pb::Body& body, Position position, std::optional<Day> geldig_op);

// Requires (all below): an event from decode_any or decode_event.
Position position_of(const pb::Event& event);
Moment moment_of(const pb::Event& event);
StreamId stream_of(const pb::Event& event);
EventId id_of(const pb::Event& event);
std::optional<Day> day_of(const pb::Event& event);
// The first and last position of the atomic append that the event belongs to.
Position append_first(const pb::Event& event);
Position append_last(const pb::Event& event);

void set_stream(pb::Event& event, const StreamId& stream);
void set_id(pb::Event& event, const EventId& id);

}  // namespace trede
