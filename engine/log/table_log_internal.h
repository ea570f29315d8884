// What the log of a writer and that of a reader share: everything that is read from the tables up
// to the last position that may be seen, and following it.
#pragma once

#include <atomic>
#include <memory>

#include "engine/event/event.h"
#include "engine/log/event_log.h"
#include "engine/log/rocks_tables_internal.h"

namespace trede {

class TableLog : public EventLog {
 public:
  Uuid identity() const override { return identity_; }
  Result<std::vector<Epoch>> epochs() const override { return tables()->load_epochs(); }
  Position last_position() const override { return Position{last_.load()}; }
  Result<StreamVersion> version_of(const StreamId& stream) const override;
  Result<std::optional<Position>> find_event(const EventId& id) const override;
  Result<StoredEvent> load(Position position) const override;
  Result<std::vector<StoredEvent>> read_stream(const StreamId& stream, StreamVersion from,
                                               std::size_t limit) const override;
  Status scan(Position from, Position to, const Visitor& visit) const override;
  Result<Position> position_at(Moment moment) const override;
  Result<Position> settle(Position position) const override;
  Result<Hash> root_at(Position position) const override;
  Result<Hash> subtree(unsigned height, std::uint64_t index) const override;
  Result<std::unique_ptr<Follower>> follow(Position after) override;

  // Waits until something stands beyond `position`, `stop` is requested or `patience` is over.
  virtual Status wait_beyond(Position position, std::chrono::milliseconds patience,
                             const std::stop_token& stop) = 0;

  // They hold at least everything up to `last_position` as it was before the call.
  virtual std::shared_ptr<const LogTables> tables() const = 0;

 protected:
  TableLog(const Uuid& identity, Position last) : identity_(identity), last_(last.value) {}
  // Lets everything up to `last` be seen. Requires: it is on disk.
  void show(Position last) { last_ = last.value; }

 private:
  Result<Envelope> envelope_at(Position position) const;

  Uuid identity_;
  std::atomic<std::uint64_t> last_;
};

}  // namespace trede
