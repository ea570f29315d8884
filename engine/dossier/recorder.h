// The recorder: the one door through which events come into a store. It loads the history of the
// stream, asks the rules whether the whole resulting timeline is sound, and appends; when another
// writer was first it does all three again.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/clock.h"
#include "engine/event/event.h"
#include "engine/log/event_store.h"

namespace trede {

// Why an event is not accepted, for a person.
struct Refusal {
  std::string code;                  // stable, snake_case: `geen_traject`
  std::string zin;                   // one Dutch sentence; names days and kinds, never a person
  std::size_t index = 0;             // which of the proposed events
  std::optional<EventId> botst_met;  // the event that it collides with
};

struct Recorded {
  Position first;
  Position last;
  bool already_there = false;  // every event was in the store before
};

using RecordOutcome = std::variant<Recorded, Refusal>;

struct RecordOptions {
  std::optional<Moment> vastgelegd_op;  // see AppendOptions; else the clock
};

// Records events into one store. Keeps the histories of recent streams. `store`, `clock` must
// outlive it. Threads: any.
class Recorder {
 public:
  Recorder(EventStore& store, const Clock& clock);
  ~Recorder();

  // Records `events` as one atomic append, also over several streams; each stream is judged by its
  // result after all of them. Of each event the fields from stream_soort on are read; the first
  // seven are given by the log. An event whose id is in the store with the same content is judged
  // to be there.
  // Requires: 1..kAppendMax events, each with stream and id; events of one stream stand together.
  // Returns:  Recorded, or the Refusal of the first event that may not be recorded.
  // Errors:   kInvalid  attributes that are not valid in themselves (find_flaw), or an id that is
  //                     there with other content;  else those of EventStore::append.
  Result<RecordOutcome> record(std::span<const pb::Event> events,
                               const RecordOptions& options = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede
