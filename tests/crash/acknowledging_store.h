// A store that keeps, outside the log, what its callers were told: for a test that kills them.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

#include "engine/log/event_store.h"

namespace trede::crash {

// A file to which lines are added whole; what was added stays when the process is killed. Lines:
//   try N ID…        the append (or import) N, of these events in this order, is about to begin
//   ok N FIRST LAST  it was acknowledged at these positions
//   wrong WHAT       a promise was broken
// Threads: any.
class Diary {
 public:
  // `first` and what follows it must be no number of an earlier diary in the same file.
  Diary(const std::filesystem::path& file, std::uint64_t first);
  ~Diary();
  Diary(const Diary&) = delete;
  Diary& operator=(const Diary&) = delete;

  // Returns: N.
  std::uint64_t begin(const std::string& ids);
  void acknowledge(std::uint64_t number, Position first, Position last);
  void blame(std::string_view what);

 private:
  void write(const std::string& line);

  int file_;
  std::mutex mutex_;
  std::uint64_t next_;
};

// The ids of `streams` in order, each with a space before it.
std::string ids_of(std::span<const StreamAppend> streams);

// Passes everything on to `store` and writes each append down; every `again_every`th is handed in a
// second time, and must get its first answer. `store` and `diary` must outlive it.
class AcknowledgingStore final : public EventStore {
 public:
  AcknowledgingStore(EventStore& store, Diary& diary, std::size_t again_every)
      : store_(store), diary_(diary), again_every_(again_every) {}

  Result<Appended> append(std::span<const StreamAppend> streams,
                          const AppendOptions& options = {}) override;
  Position last_position() const override { return store_.last_position(); }
  Result<StreamVersion> version_of(const StreamId& stream) const override {
    return store_.version_of(stream);
  }
  Result<std::optional<Position>> find_event(const EventId& id) const override {
    return store_.find_event(id);
  }
  Result<StoredEvent> load(Position position) const override { return store_.load(position); }
  Result<std::vector<StoredEvent>> read_stream(const StreamId& stream, StreamVersion from,
                                               std::size_t limit) const override {
    return store_.read_stream(stream, from, limit);
  }
  Status scan(Position from, Position to, const Visitor& visit) const override {
    return store_.scan(from, to, visit);
  }

 private:
  void deliver_again(std::span<const StreamAppend> streams, const Appended& first);

  EventStore& store_;
  Diary& diary_;
  const std::size_t again_every_;
  std::size_t appends_ = 0;
};

}  // namespace trede::crash
