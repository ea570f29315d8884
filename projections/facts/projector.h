// From appends to deltas: one by one behind the log, or a whole log stream by stream.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/log/event_store.h"
#include "projections/facts/deltas.h"

namespace trede {

// Decodes an event to be counted: the numbers and the periode that facts are made of are checked as
// well, so that none of them can be anything.
// Errors: those of decode_event; kCorrupt for a number or periode that no version may have written.
Result<EventPtr> decode_shared(std::string_view stored);

// Projects appends in the order of the log, with the histories of recent streams at hand. The store
// and the dictionary must outlive it. Threads: one at a time.
class Projector {
 public:
  // The most events that are kept in histories.
  static constexpr std::size_t kKeptEvents = 200'000;

  Projector(const EventStore& log, Dictionary& dictionary) : log_(log), dictionary_(dictionary) {}

  // Requires: all events of one append; everything before it went through here, or is in the log.
  // Errors: those of the log and of decode_event, without a delta handed out.
  Status project(std::vector<EventPtr> append, const DeltaSink& sink);

 private:
  struct Kept {
    StreamId stream;
    History history;
  };
  using Keep = std::list<Kept>;

  // The history of `stream` up to and including `version`.
  Result<History*> history_of(const StreamId& stream, StreamVersion version);
  Status load(const StreamId& stream, StreamVersion version, History& history) const;
  void forget_oldest();

  const EventStore& log_;
  Dictionary& dictionary_;
  Keep kept_;  // the latest used first
  std::unordered_map<StreamId, Keep::iterator> find_;
  std::size_t kept_events_ = 0;
};

// (done, total) of long work, in events.
using ProjectProgress = std::function<void(std::uint64_t, std::uint64_t)>;

// Projects events 1..to stream by stream, each stream once, in memory that does not grow with the
// log: it is read as often as its streams do not fit in `pass_bytes`. The deltas of a stream come
// in order of position, streams in any order. Requires: `to` is the last position of an append.
// Errors: those of the log and of decode_event; of several unknown events any may be named.
struct ProjectOptions {
  ProjectProgress progress = {};
  std::size_t pass_bytes = std::size_t{256} << 20;  // what a rebuild may take beside its rows
};
Status project_all(const EventStore& log, Position to, Dictionary& dictionary,
                   const DeltaSink& sink, const ProjectOptions& options = {});

// The last position in (after, to] up to which every event is known to this program, whole appends
// only; `after` when there is none. Errors: those of the log, and kCorrupt.
Result<Position> known_until(const EventStore& log, Position after, Position to);

}  // namespace trede
