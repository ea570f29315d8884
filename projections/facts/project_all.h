// From a whole log to deltas, stream by stream, on several threads.
#pragma once

#include <functional>
#include <span>

#include "engine/log/event_store.h"
#include "projections/cube/dictionary.h"
#include "projections/facts/deltas.h"

namespace trede {

// (done, total) of long work, in events.
using ProjectProgress = std::function<void(std::uint64_t, std::uint64_t)>;

struct ProjectOptions {
  ProjectProgress progress = {};
  // What the events in memory may take, over all threads: half a kilobyte is some seven events.
  std::size_t memory_bytes = std::size_t{512} << 20;
};

// As many threads as a rebuild uses here: one a processor, eight at most.
unsigned project_threads();

// Projects events 1..to, each stream once, in memory that does not grow with the log: it is read
// as often as its streams do not fit. Runs a thread for each of `sinks`, which is called by that
// thread alone; the calling one takes part. The deltas of a stream come in order of position and to
// one sink, streams in any order.
// Requires: `to` is the last position of an append; 1 or more sinks.
// Errors: those of the log and of decode_event; of several unknown events any may be named.
Status project_all(const EventStore& log, Position to, Dictionary& dictionary,
                   std::span<const DeltaSink> sinks, const ProjectOptions& options = {});

}  // namespace trede
