// An event store in memory that keeps every promise of the interface but durability: for tests of
// what stands on a store.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/base/clock.h"
#include "engine/log/event_store.h"

namespace trede::test {

// `clock` must outlive it. Threads: any.
class MemoryStore final : public EventStore {
 public:
  explicit MemoryStore(const Clock& clock) : clock_(clock) {}

  Result<Appended> append(std::span<const StreamAppend> streams,
                          const AppendOptions& options = {}) override;
  Position last_position() const override;
  Result<StreamVersion> version_of(const StreamId& stream) const override;
  Result<std::optional<Position>> find_event(const EventId& id) const override;
  Result<StoredEvent> load(Position position) const override;
  Result<std::vector<StoredEvent>> read_stream(const StreamId& stream, StreamVersion from,
                                               std::size_t limit) const override;
  Status scan(Position from, Position to, const Visitor& visit) const override;

  // Called at the start of every append, before anything is checked; an error is its answer.
  // Another writer may append from inside it.
  void before_append(std::function<Status()> hook) { hook_ = std::move(hook); }
  // How often streams were read: what a cache must keep small.
  std::size_t reads() const;

 private:
  std::optional<Result<Appended>> find_redelivered(std::span<const StreamAppend> streams) const;
  Status check(std::span<const StreamAppend> streams) const;

  const Clock& clock_;
  std::function<Status()> hook_;
  mutable std::mutex mutex_;
  std::vector<std::string> events_;  // position - 1
  std::unordered_map<EventId, std::size_t> by_id_;
  std::map<StreamId, std::vector<std::size_t>> by_stream_;
  Moment last_moment_{};
  mutable std::size_t reads_ = 0;
};

}  // namespace trede::test
