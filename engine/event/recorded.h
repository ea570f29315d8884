// An event as a fold wants it: its place taken out of the stored bytes, its body on an arena. The
// quick way through a whole log; whoever needs every field of one event decodes it (event.h).
#pragma once

#include <google/protobuf/arena.h>

#include <optional>

#include "engine/event/event.h"

namespace trede {

struct RecordedEvent {
  Position position;
  Position append_first;  // of the atomic append it belongs to
  Position append_last;
  EventId id;
  std::optional<Day> geldig_op;  // absent for an intrekking
  // Zero when it was not given.
  pb::NaAfsluiting na_afsluiting = pb::NA_AFSLUITING_UNSPECIFIED;
  const pb::Body* body = nullptr;  // as recorded
};

// Of `event`, from decode_event. The body is that of `event`, which must outlive the answer.
RecordedEvent recorded_of(const pb::Event& event);

// Decodes stored bytes; the body lives on `arena`. Accepts and refuses what decode_event does.
// Errors: those of decode_event.
Result<RecordedEvent> decode_recorded(std::string_view stored, google::protobuf::Arena& arena);

// Stored bytes taken apart, with the body as it stands in them; views into the bytes.
struct EventParts {
  StreamId stream;
  RecordedEvent event;  // without its body
  std::string_view body;
};
// Absent for bytes in another form than the one in which we write: decode_recorded reads those.
std::optional<EventParts> take_apart(std::string_view stored);
// Decodes the body of `event` onto `arena`. Accepts and refuses what decode_event does.
// Requires: both as taken apart. Errors: those of decode_event.
Status decode_body(std::string_view body, RecordedEvent& event, google::protobuf::Arena& arena);

// Of which stream stored bytes are, without decoding the rest. Errors: kCorrupt.
Result<StreamId> decode_stream(std::string_view stored);

}  // namespace trede
