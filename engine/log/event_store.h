// What a writer of events needs of a store: append, and read back what it holds. Two things are a
// store: the log itself, and a staged import beyond its head (event_log.h).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/base/time.h"

namespace trede {

// An event as it stands in the store. `bytes` are the leaf of the Merkle tree, never re-serialised.
struct StoredEvent {
  Position position;
  std::string bytes;
};

// An event on its way in: `content` is encode_content() of it and holds the same id and stream.
struct NewEvent {
  EventId id;
  std::string content;
};

// Events for one stream, in order.
struct StreamAppend {
  StreamId stream;
  StreamVersion expected;  // the version the stream must have now
  std::vector<NewEvent> events;
};

struct AppendOptions {
  // The recording moment to adopt (staged imports into an empty log only). It must not fall; an
  // equal moment becomes one microsecond later than the one before.
  std::optional<Moment> vastgelegd_op;
  // One for each event, in order, when they have their own; `vastgelegd_op` is the first of them.
  std::span<const Moment> each = {};
};

struct Appended {
  Position first;
  Position last;
  Moment vastgelegd_op;        // of the last event
  bool already_there = false;  // all of it was in the store before; nothing was written
};

// The most events one atomic append may hold.
inline constexpr std::size_t kAppendMax = 10'000;

// Threads: any, for every function. Answers are those of an append that was acknowledged.
class EventStore {
 public:
  virtual ~EventStore() = default;

  // Appends all of `streams` (each stream once) in one atomic write; their events get consecutive
  // positions in the order given.
  // Requires: 1..kAppendMax events in all, each stream with at least one.
  // Returns:  where they stand; when every id is there already with the same content, where the
  //           first append put them.
  // Errors:   kConflict  a stream is not at `expected`; nothing written; reload and retry.
  //           kInvalid   an id is there with other content, or only some of the ids are there.
  //           kClock     the clock stands more than 5 minutes before the last recording.
  //           kIo        outcome unknown; the store refuses writes until reopened.
  //           kClosed    it refuses writes since an earlier kIo.
  // Durable:  on return (a staged import: on its commit).
  virtual Result<Appended> append(std::span<const StreamAppend> streams,
                                  const AppendOptions& options = {}) = 0;

  // The same without waiting: hands the answer to `answer`, in any thread, also in this one before
  // it returns. `answer` is to be short, for others wait behind it, and may not throw.
  // Requires: `streams` and what `options` leads to stay until then.
  using AppendAnswer = std::move_only_function<void(Result<Appended>)>;
  virtual void append_later(std::span<const StreamAppend> streams, const AppendOptions& options,
                            AppendAnswer answer) {
    answer(append(streams, options));
  }

  // The last position that may be read; Position{0} for an empty store.
  virtual Position last_position() const = 0;
  virtual Result<StreamVersion> version_of(const StreamId& stream) const = 0;
  virtual Result<std::optional<Position>> find_event(const EventId& id) const = 0;
  // Errors: kNotFound for a position beyond the last (or 0).
  virtual Result<StoredEvent> load(Position position) const = 0;
  // Events [from, from + limit) of `stream` in order of version, fewer when it ends before.
  virtual Result<std::vector<StoredEvent>> read_stream(const StreamId& stream, StreamVersion from,
                                                       std::size_t limit) const = 0;
  // Hands each event with from <= position <= to to `visit` in order, until it returns an error,
  // which is handed back. `to` may lie beyond the last.
  using Visitor = std::function<Status(Position, std::string_view stored)>;
  virtual Status scan(Position from, Position to, const Visitor& visit) const = 0;
};

}  // namespace trede
