// From appends to deltas, one by one behind the log.
#pragma once

#include <google/protobuf/arena.h>

#include <list>
#include <unordered_map>
#include <vector>

#include "engine/dossier/history.h"
#include "engine/log/event_store.h"
#include "projections/facts/stream_facts.h"

namespace trede {

// Decodes an event to be counted: the numbers and the periode that facts are made of are checked as
// well, so that none of them can be anything.
// Errors: those of decode_event; kCorrupt for a number or periode that no version may have written.
Result<EventPtr> decode_shared(std::string_view stored);
// The same as a fold wants it, with its body on `arena`.
Result<RecordedEvent> decode_counted(std::string_view stored, google::protobuf::Arena& arena);
// The same of an event that is taken apart: decodes its body.
Status decode_counted_body(std::string_view body, RecordedEvent& event,
                           google::protobuf::Arena& arena);

// Projects appends in the order of the log, with the facts of recent streams at hand. The store and
// the dictionary must outlive it. Threads: one at a time.
class Projector {
 public:
  // The most events, and the most streams, that are kept: an event takes some 250 bytes, a stream
  // some 3 KiB by itself.
  static constexpr std::size_t kKeptEvents = 200'000;
  static constexpr std::size_t kKeptStreams = 40'000;

  Projector(const EventStore& log, Dictionary& dictionary) : log_(log), interner_(dictionary) {}

  // Requires: all events of one append; everything before it went through here, or is in the log.
  // Errors: those of the log and of decode_event, without a delta handed out.
  Status project(std::vector<EventPtr> append, const DeltaSink& sink);

 private:
  // A stream with what was recorded in it, which its facts point to.
  struct Kept {
    explicit Kept(const StreamId& of) : stream(of), facts(of.kind) {}
    StreamId stream;
    google::protobuf::Arena bodies;
    StreamFacts facts;
  };
  using Keep = std::list<Kept>;

  // `stream` up to and including `version`.
  Result<Kept*> find_or_load(const StreamId& stream, StreamVersion version);
  Status load(Kept& kept, StreamVersion version) const;
  void forget_oldest();

  const EventStore& log_;
  Interner interner_;
  Keep kept_;  // the latest used first
  std::unordered_map<StreamId, Keep::iterator> find_;
  std::uint64_t kept_events_ = 0;
};

// The last position in (after, to] up to which every event is known to this program, whole appends
// only; `after` when there is none. Errors: those of the log, and kCorrupt.
Result<Position> known_until(const EventStore& log, Position after, Position to);

}  // namespace trede
