// The recorder: the one door through which events come into a store. It loads the history of the
// stream, asks the rules whether the whole resulting timeline is sound, and appends; when another
// writer was first it does all three again.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <variant>

#include "engine/base/clock.h"
#include "engine/dossier/refusal.h"
#include "engine/event/event.h"
#include "engine/log/event_store.h"

namespace trede {

struct Recorded {
  Position first;
  Position last;
  bool already_there = false;  // every event was in the store before
};

// A stream is not at the version that the caller knew of.
struct Outdated {
  StreamId stream;
  StreamVersion current;
};

// Outdated only when versions were expected.
using RecordOutcome = std::variant<Recorded, Refusal, Outdated>;

struct ExpectedVersion {
  StreamId stream;
  StreamVersion version;  // 0 = it has no events
};

struct RecordOptions {
  std::optional<Moment> vastgelegd_op = {};  // see AppendOptions; else the clock
  std::span<const Moment> each = {};         // see AppendOptions; each is "today" for its own event
  bool flawless = false;  // find_flaw was asked of each event: it need not be asked once more
  // Streams of `events` that must be at these versions; what is there already is so nevertheless.
  std::span<const ExpectedVersion> expected = {};
  bool only_judge = false;  // records nothing; Recorded says where the log ends
};

struct RecorderOptions {
  // How much memory recent streams may take, at some 200 bytes an event: those of a million events.
  std::size_t max_cached_bytes = 200 << 20;
};

// Records events into one store: the log, or a staged import. Keeps the histories of recent
// streams. `store` and `clock` must outlive it. Threads: any; callers that record into different
// streams wait for one another in the store only, callers of one stream take turns.
class Recorder {
 public:
  Recorder(EventStore& store, const Clock& clock, const RecorderOptions& options = {});
  ~Recorder();

  // Records `events` as one atomic append, also over several streams; each stream is judged by its
  // result after all of them. Of each event the fields from stream_soort on are read; the first
  // seven are given by the log. Events whose ids are all in the store with the same content are
  // there already, whatever the rules would say of them now.
  // Requires: 1..kAppendMax events, each with stream and id; events of one stream stand together.
  //           `each` empty, or one for each event.
  // Returns:  Recorded, or the Refusal of the first event that may not be recorded; Outdated,
  // before
  //           anything is judged, when a stream is not at the version that is expected of it.
  // Errors:   kInvalid   an event that is not valid in itself (no id, stream or geldig_op, or
  //                      find_flaw), an id that is there with other content, a part of `events`
  //                      that is there already, or another number of moments; nothing written.
  //           kConflict  other writers were first time and again; nothing written; retry.
  //           else those of EventStore::append, and kNewer or kCorrupt for a stored event that
  //           cannot be judged.
  // Durable:  as EventStore::append.
  Result<RecordOutcome> record(std::span<const pb::Event> events,
                               const RecordOptions& options = {});

  // The same for a program of few threads: who waits for the log, or for another to be done with a
  // stream, keeps none. Judges in this thread if it can, and goes on in those of `run_later`;
  // hands the outcome to `receiver`, in this one or in one of those. Callers of both kinds may use
  // one recorder, but not in those threads: who waits there for a turn may keep the one who has it.
  // Requires: `run_later` runs each step once, soon, and not in the thread that calls it while it
  //           does; what it leads to stays until the store is closed, whose writer may be in such a
  //           call for longer than the step takes. `events`, what `options` leads to and the
  //           recorder stay until the outcome is there: what was begun is not given up on the way.
  using RunLater = std::function<void(std::move_only_function<void()> step)>;
  using Receiver = std::move_only_function<void(Result<RecordOutcome>)>;
  void record_later(std::span<const pb::Event> events, const RecordOptions& options,
                    const RunLater& run_later, Receiver receiver);

  // A hint: events of these streams are recorded next. What is in memory of them is brought near
  // the processor, for many at a time.
  void expect(std::span<const StreamId> streams) const;

 private:
  struct Impl;
  friend class Recording;  // what it does, in steps
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede
