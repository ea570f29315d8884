// Events as messages of the API, and back.
#pragma once

#include <string>

#include "engine/event/event.h"
#include "proto/api.pb.h"
#include "tools/server/api/problem.h"
#include "tools/trede/rows/kind_finder.h"

namespace trede::server {

// Without what became of it (`gecorrigeerd_door`, `ingetrokken`). Of a kind that this program does
// not know: `soort` empty, no attributes.
api::Gebeurtenis event_message(const pb::Event& event);

// `dossier/UUID`, `werkgever/UUID` or `organisatie`. Errors: kInvalid.
Result<StreamId> parse_stream_id(std::string_view text);

// What an event gets that its message does not say.
struct EventFrame {
  StreamId stream;
  std::string actor;
  EventId id;         // when the message has none
  std::string place;  // for what is wrong: `gebeurtenissen[0]`
};

// The event that `message` describes. `find_kind` tells of which kind a correctie is.
// Errors: 400 with where; 409 for a correctie of what is not there or is one itself.
OrProblem<pb::Event> read_event(const api::NieuweGebeurtenis& message, const EventFrame& frame,
                                const tool::KindFinder& find_kind);

// Whether events of this kind tell that somebody is sick, or no longer.
bool is_verzuim(Soort soort);
// What a case of verzuim stands on.
bool is_of_employment(Soort soort);

}  // namespace trede::server
